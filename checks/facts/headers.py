"""The answer's headers, and what they and the document say about security.

In: the headers as sent, and the delivered document. Out: parts of the group `http` and the group `security`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checks.facts.csp import assess
from checks.facts.csp_hashes import hashes
from checks.facts.csp_vendors import blocked
from checks.facts.head import metas, pragmas
from checks.facts.header_names import header_names
from checks.facts.texts import collapse, tokens, well_formed
from checks.facts.urls import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.look import Look

_IGNORED_IN_META = ("frame-ancestors", "report-uri", "sandbox")
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,18})\"?")
_SOURCES = ("audio", "embed", "iframe", "img", "script", "source", "track", "video")
_FETCHED_RELS = frozenset({"icon", "manifest", "modulepreload", "prefetch", "preload", "stylesheet"})


def joined(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return headers by lower-case name, sorted; the values of repeats joined by a comma."""
    found: dict[str, list[str]] = {}
    for name, value in headers:
        found.setdefault(well_formed(name.strip().lower()), []).append(well_formed(value.strip()))
    return {name: ", ".join(found[name]) for name in sorted(found)}


def security(look: Look) -> dict[str, Any]:
    """Return the group `security` from a look at the delivered document."""
    headers = joined(look.headers)
    policies = tuple(look.header_values("content-security-policy"))
    in_meta = tuple(one.attrs.get("content", "") for one in pragmas(look.reading, "content-security-policy"))
    referrer = headers.get("referrer-policy") or next(
        (one.attrs.get("content", "") for one in metas(look.reading, "referrer")), None
    )
    return {
        "hsts": _hsts(list(look.header_values("strict-transport-security")), look.site.settings.hsts),
        "nosniff": headers.get("x-content-type-options", "").partition(",")[0].strip().lower() == "nosniff",
        "csp": {
            "present": bool(policies or in_meta),
            "source": "header" if policies else "meta" if in_meta else None,
            "ignored_in_meta": _ignored(look, in_meta),
            **assess(policies, in_meta, look.site),
            "hashes": hashes(look, policies, in_meta),
            "blocked": blocked(policies, in_meta, look.site),
        },
        "frame_protection": _frames_are_refused(headers.get("x-frame-options", ""), policies),
        "referrer_policy": collapse(referrer).lower() if referrer else None,
        "permissions_policy": headers.get("permissions-policy"),
        **header_names(headers),
        "http_refs": http_refs(look),
    }


def directives(policy: str) -> dict[str, str]:
    """Return the directives of a content security policy; of repeats the first counts (CSP3, section 2.2.1)."""
    found: dict[str, str] = {}
    for part in policy.split(";"):
        name, _, value = collapse(part).partition(" ")
        if name:
            found.setdefault(name.lower(), value)
    return found


def http_refs(look: Look) -> list[dict[str, str]]:
    """Return what an https page names by http for the browser to fetch or send to."""
    if not look.site.secure:
        return []
    found: dict[str, str] = {}
    for href, tag in _fetched(look):
        if href[:5].lower() == "http:" or (href[:2] == "//" and look.resolver.base[:5] == "http:"):
            address = look.resolve(href)
            if address is not None and address.scheme == "http":
                found.setdefault(address.url[:MAX_URL], tag)
    return [{"url": url, "tag": found[url]} for url in sorted(found)]


def _fetched(look: Look) -> Iterator[tuple[str, str]]:
    for element in look.reading.all(*_SOURCES, "object", "link", "form"):
        attrs, tag = element.attrs, element.tag
        if tag == "link":
            if _FETCHED_RELS & set(tokens(attrs.get("rel", ""))):
                yield attrs.get("href", "").strip(), tag
            continue
        name = {"object": "data", "form": "action"}.get(tag, "src")
        yield attrs.get(name, "").strip(), tag
        if tag == "video":
            yield attrs.get("poster", "").strip(), tag
        for candidate in attrs.get("srcset", "").split(","):
            yield candidate.strip().partition(" ")[0], tag


def _hsts(values: list[str], declared: tuple[str, ...]) -> dict[str, Any] | None:
    if not values:
        return None
    # Of several headers only the first counts (RFC 6797, section 8.1).
    parts = [part.strip().lower() for part in values[0].split(";")]
    ages = [match for part in parts if (match := _MAX_AGE.fullmatch(part))]
    wider = {"subdomains": "includesubdomains" in parts, "preload": "preload" in parts}
    return {
        "max_age": int(ages[0].group(1)) if ages else None,
        "include_subdomains": wider["subdomains"],
        "preload": wider["preload"],
        "undeclared": [name for name, is_there in wider.items() if is_there and name not in declared],
        "count": len(values),
    }


def _ignored(look: Look, policies: tuple[str, ...]) -> list[str]:
    found = {name for policy in policies for name in _IGNORED_IN_META if name in directives(policy)}
    if pragmas(look.reading, "content-security-policy-report-only"):
        found.add("content-security-policy-report-only")
    return sorted(found)


def _frames_are_refused(x_frame_options: str, policies: tuple[str, ...]) -> bool:
    values = {value.strip().lower() for value in x_frame_options.split(",")}
    # Two policies in one header are separated by a comma (CSP3, section 2.2.2).
    return bool(values & {"deny", "sameorigin"}) or any(
        "frame-ancestors" in directives(policy) for value in policies for policy in value.split(",")
    )
