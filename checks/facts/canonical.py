"""The canonical address and the language alternates: what a page says about which address stands for it.

In: a look at the page. Out: the groups `canonical` and `hreflang`. Link elements count in the head only, as browsers
and search engines read them; Link headers count as well (RFC 8288).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.facts.head import is_language
from checks.facts.reading import HEAD
from checks.facts.texts import tokens
from checks.facts.urls import is_absolute, normalise_url, without_fragment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.look import Look

_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_PARAMETER = re.compile(r";\s*([a-zA-Z*-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]*))")
_HREFLANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|419))?")
_IGNORED_WITH = ("hreflang", "lang", "media", "type")


@dataclass(frozen=True, slots=True)
class Declared:
    """One link of the document to another address, from an element or a header."""

    rels: tuple[str, ...]
    href: str
    hreflang: str | None
    attrs: tuple[str, ...] = ()


def declared(look: Look) -> list[Declared]:
    """Return the links of the head and of the Link headers, in this order."""
    found = [
        Declared(
            tuple(tokens(link.attrs.get("rel", ""))), link.get("href") or "", link.get("hreflang"), tuple(link.attrs)
        )
        for link in look.reading.all("link")
        if link.flags & HEAD and "href" in link.attrs
    ]
    for value in look.header_values("link"):
        found.extend(link_header(value))
    return found


def link_header(value: str) -> list[Declared]:
    """Return the links of one Link header; what cannot be read is left out."""
    found = []
    for match in _LINK.finditer(value):
        parameters = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(match.group(2))}
        found.append(
            Declared(tuple(tokens(parameters.get("rel", ""))), match.group(1).strip(), parameters.get("hreflang"))
        )
    return found


def canonical(look: Look, links: list[Declared]) -> dict[str, Any]:
    """Return the group `canonical`; its target and the comparison of the two looks are filled in later."""
    found = [link for link in links if "canonical" in link.rels]
    addresses = [address for link in found if (address := look.resolve(link.href)) is not None]
    first = addresses[0] if addresses else None
    values = sorted({address.url for address in addresses})
    return {
        "count": len(found),
        "values": values,
        "url": first.url if first else None,
        "conflicting": len({normalise_url(value) for value in values}) > 1,
        "absolute": all(is_absolute(link.href) for link in found) if found else None,
        "scheme": first.scheme if first else None,
        "host": first.netloc if first else None,
        "host_class": look.site.class_among(first, look.site.canonical_hosts),
        "has_fragment": any("#" in value for value in values),
        "extra_attrs": sorted({name for link in found for name in _IGNORED_WITH if name in link.attrs}),
        "is_self": bool(first and look.is_self(first.url)),
        "is_home": bool(first and without_fragment(first.url) == look.site.home),
        "target": None,
    }


def hreflang(look: Look, links: list[Declared]) -> dict[str, Any]:
    """Return the group `hreflang`."""
    entries: dict[tuple[str, str], dict[str, Any]] = {}
    for link in links:
        if "alternate" in link.rels and link.hreflang is not None:
            address = look.resolve(link.href)
            entries[link.hreflang, link.href] = {
                "lang": link.hreflang,
                "href": link.href,
                "url": address.url if address else None,
                "valid": is_hreflang(link.hreflang),
                "absolute": is_absolute(link.href),
                "host_class": look.site.host_class(address),
            }
    items = [entries[key] for key in sorted(entries)]
    return {"entries": items, "has_self": any(entry["url"] and look.is_self(entry["url"]) for entry in items)}


def language_relations(facts: Mapping[str, Any], own_url: str) -> dict[str, Any]:
    """Return the groups `canonical` and `hreflang` with what they say together, and beside the document's language.

    `facts` are the groups of one look, `own_url` is the page's address, normalised.
    """
    canonical_group, alternates = facts["canonical"], facts["hreflang"]
    named: dict[str, set[str]] = {}
    for entry in alternates["entries"]:
        if entry["url"] and entry["lang"].lower() != "x-default":
            named.setdefault(normalise_url(entry["url"]), set()).add(_primary(entry["lang"]))
    # The page is in the language that its alternates give it, else in that of its html element.
    own = named.get(own_url, set())
    html = facts["lang"]["html"]
    spoken = own or ({_primary(html)} if html and facts["lang"]["valid"] else set())
    target = canonical_group["url"]
    there = named.get(normalise_url(target), set()) if target and not canonical_group["is_self"] else set()
    return {
        "canonical": {**canonical_group, "is_other_language": bool(there and spoken and not there & spoken)},
        "hreflang": {
            **alternates,
            "lang_agrees": _primary(html) in own if own and html and facts["lang"]["valid"] else None,
        },
    }


def _primary(tag: str) -> str:
    """Return the language of a tag, without script and region."""
    return tag.lower().partition("-")[0]


def is_hreflang(tag: str) -> bool:
    """Whether search engines understand a value: x-default, or language, script and region that exist."""
    return tag.lower() == "x-default" or (_HREFLANG.fullmatch(tag) is not None and is_language(tag))
