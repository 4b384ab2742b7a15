"""What a page should not have published: hosts of other environments, and secrets in addresses.

In: the looks at a page and its requests. Out: the group `leaks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.host_class import UNPUBLISHABLE, is_documentation, is_workbench
from checks.facts.reading import CODE
from checks.facts.texts import clip, tokens
from checks.facts.url_credentials import has_credentials, masked
from checks.facts.urls import MAX_URL, Address, parse, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.facts.look import Look, Site
    from checks.facts.reading import Element

_RESOURCES = ("audio", "embed", "iframe", "img", "script", "source", "track", "video")
_IMAGE_METAS = ("og:", "twitter:")
_RANK = {"suspect": 0, "certain": 1}
_CANONICAL = "canonical"
"""The kind of place that is metadata, and that the group `canonical` may tell already."""
_MAX_ADDRESS = 200


def leaks(
    looks: Iterable[Look],
    sd_urls: Iterable[str],
    request_urls: Iterable[str],
    site: Site,
    judged_canonical: str | None,
) -> dict[str, Any]:
    """Return the group `leaks` for all looks at a page together.

    `judged_canonical` is the canonical address whose host is judged by itself; None where that can't be.
    """
    hosts: dict[str, dict[str, Any]] = {}
    credentials: set[str] = set()
    for place, address, in_code in _places(looks, sd_urls, request_urls):
        where = "metadata" if place == _CANONICAL else place
        if where in {"link", "resource"} and has_credentials(address) and not is_documentation(address.host):
            credentials.add(masked(address)[:MAX_URL])
        found = _objection(where, address, site, in_code=in_code)
        if found:
            one = _named(where, address, found, only_canonical=place == _CANONICAL and address.url == judged_canonical)
            known = hosts.get(one["key"])
            if known is None or _gravity(one) > _gravity(known):
                hosts[one["key"]] = one
    return {
        "hosts": [hosts[key] for key in sorted(hosts)],
        "url_credentials": [{"url_masked": url} for url in sorted(credentials)],
    }


def _named(where: str, address: Address, found: tuple[str, str], *, only_canonical: bool) -> dict[str, Any]:
    return {
        "key": f"{where}:{address.netloc or address.scheme}",
        "host": address.netloc or f"{address.scheme}:",
        "address": clip(masked(address), _MAX_ADDRESS),
        "class": found[0],
        "certainty": found[1],
        "where": where,
        "only_canonical": only_canonical,
    }


def _gravity(one: dict[str, Any]) -> tuple[bool, int]:
    """Rank what names one host in one kind of place: of all, the gravest is told."""
    return not one["only_canonical"], _RANK[one["certainty"]]


def _objection(where: str, address: Address, site: Site, *, in_code: bool) -> tuple[str, str] | None:
    """Return class and certainty of a host that must not be named here; None when it may be.

    People link to other people's demos and project pages, and documentation to example.com: a mere suspicion counts
    in links only on the site's own domain and for workspaces of editors, which nobody publishes.
    """
    if not (address.is_web or address.scheme in {"ws", "wss", "file"}):
        return None
    name, certainty = site.classify(address)
    if name not in UNPUBLISHABLE or (in_code and is_documentation(address.host)):
        return None
    if is_workbench(address.host):
        return name, "suspect" if where == "link" else "certain"
    if where == "link" and certainty == "suspect" and not within(address.host, site.first_party):
        return None
    return name, certainty or "suspect"


def _places(
    looks: Iterable[Look], sd_urls: Iterable[str], request_urls: Iterable[str]
) -> Iterator[tuple[str, Address, bool]]:
    for look in looks:
        seen: set[tuple[str, str, bool]] = set()
        for where, href, in_code in _hrefs(look):
            if href and (where, href, in_code) not in seen:
                seen.add((where, href, in_code))
                address = look.resolve(href)
                if address is not None:
                    yield where, address, in_code
    for where, urls in (("structured-data", sd_urls), ("resource", request_urls)):
        for url in urls:
            address = parse(url)
            if address is not None:
                yield where, address, False


def _hrefs(look: Look) -> Iterator[tuple[str, str, bool]]:
    """Give every address that the document names: kind of place, address as written, whether it is shown as code."""
    reading = look.reading
    for element in reading.all("a", "area"):
        yield "link", (element.get("href") or ""), bool(element.flags & CODE)
    for element in reading.all("form"):
        yield "link", (element.get("action") or ""), False
    for element in reading.all(*_RESOURCES):
        yield "resource", (element.get("src") or ""), False
        for candidate in element.attrs.get("srcset", "").split(","):
            yield "resource", candidate.strip().partition(" ")[0], False
    for element in reading.all("link", "base"):
        yield _kind_of_link(element), (element.get("href") or ""), False
    for element in reading.all("meta"):
        name = (element.attrs.get("property") or element.attrs.get("name") or "").lower()
        content = element.get("content") or ""
        if name.startswith(_IMAGE_METAS) and "://" in content:
            yield "metadata", content, False


def _kind_of_link(element: Element) -> str:
    rel = element.attrs.get("rel", "")
    if "stylesheet" in rel.lower():
        return "resource"
    return _CANONICAL if _CANONICAL in tokens(rel) else "metadata"
