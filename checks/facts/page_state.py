"""What a page says and keeps while it runs, and what is kept from it: messages on the console, cookies, violations.

In: the visit. Out: the groups `bfcache`, `console`, `cookies`, `csp_violations` and `service_workers`, and what
permission was asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checks.facts.texts import clip, collapse, well_formed
from checks.facts.urls import MAX_URL, parse, within

if TYPE_CHECKING:
    from checks.facts.look import Site
    from checks.facts.visit import InPage, Visit

MAX_MESSAGE = 500
MAX_BLOCKED = 300
# The browser says so in the page's name, where the other site does not answer, or lets nobody read its answer.
_REFUSED = re.compile(r"Access to .{1,80}? at '([^']+)'")


def console(visit: Visit, site: Site) -> dict[str, Any]:
    """Return the group `console`; messages without an address are the page's own."""
    kinds: dict[str, dict[str, dict[str, Any]]] = {"error": {}, "exception": {}}
    third_party = 0
    for message in visit.console:
        refused = _REFUSED.match(message.text)
        url = refused[1] if refused else message.url
        address = parse(url) if url else None
        if address is not None and address.is_web and not site.is_first_party(address):
            third_party += 1
            continue
        text = clip(collapse(well_formed(message.text)), MAX_MESSAGE)
        found = {"text": text, "url": message.url, "party": "first"}
        kinds.setdefault(message.kind, {}).setdefault(text, found)
    errors, exceptions = ([kinds[kind][text] for text in sorted(kinds[kind])] for kind in ("error", "exception"))
    return {
        "errors": errors,
        "exceptions": exceptions,
        "third_party": third_party,
        "deprecations": _deprecations(visit, site),
    }


def _deprecations(visit: Visit, site: Site) -> list[dict[str, Any]]:
    """Return what the browser says it will drop and the site's own code uses, each kind once."""
    found: dict[str, dict[str, Any]] = {}
    for report in visit.in_page.reports if visit.in_page else ():
        address = parse(report.url) if report.url else None
        if address is None or not address.is_web or site.is_first_party(address):
            text = clip(collapse(well_formed(report.message)), MAX_MESSAGE)
            url = clip(address.url, MAX_URL) if address else None
            found.setdefault(report.id, {"id": report.id, "type": report.type, "text": text, "url": url})
    return [found[name] for name in sorted(found)]


def bfcache(visit: Visit, site: Site) -> dict[str, Any]:
    """Return the group `bfcache`: the browser itself says whether something listens to `unload`."""
    control = ",".join(value for name, value in visit.headers if name.lower() == "cache-control")
    no_store = "no-store" in [part.strip().lower() for part in control.split(",")]
    handlers = [one["url"] for one in _deprecations(visit, site) if one["id"] == "UnloadHandler"]
    found = [("Cache-Control: no-store", None)] * no_store + [("a handler of unload", url) for url in handlers]
    return {"hindrances": [{"what": what, "url": url} for what, url in found]}


def permission_prompts(visit: Visit, site: Site) -> list[dict[str, str]]:
    """Return what the page asked the visitor's permission for while it loaded, each kind once."""
    parties = {
        (what, "first" if address is None or not address.is_web or site.is_first_party(address) else "third")
        for what, url in visit.prompts
        for address in [parse(url)]
    }
    return [{"key": f"{what} {party}", "what": what, "party": party} for what, party in sorted(parties)]


def csp_violations(in_page: InPage, site: Site) -> list[dict[str, Any]]:
    """Return the group `csp_violations`: what the page's own policy kept from it, each kind once."""
    found: dict[str, dict[str, Any]] = {}
    for one in in_page.violations:
        blocked = clip(well_formed(one.blocked), MAX_BLOCKED)
        address = parse(one.blocked) if "://" in one.blocked else None
        third = address is not None and address.is_web and not site.is_first_party(address)
        key = f"{one.directive} {blocked}"
        if key not in found or (one.enforced and not found[key]["enforced"]):
            found[key] = {
                "key": key,
                "directive": one.directive,
                "blocked": blocked,
                "party": "third" if third else "first",
                "allowed": not third or (address is not None and within(address.host, site.third_parties)),
                "enforced": one.enforced,
                "sample": clip(collapse(well_formed(one.sample)), MAX_BLOCKED),
                "source": clip(one.source, MAX_BLOCKED) or None,
            }
    return [found[key] for key in sorted(found)]


def service_workers(in_page: InPage, site: Site) -> list[dict[str, Any]]:
    """Return the group `service_workers`: what stays in the visitor's browser when the page is long gone."""
    declared = {site.origin + path for path in site.settings.service_workers}
    found = {one.url: one.scope for one in in_page.workers if one.url}
    return [
        {"url": clip(url, MAX_URL), "scope": clip(found[url], MAX_URL), "declared": url.partition("?")[0] in declared}
        for url in sorted(found)
    ]


def cookies(visit: Visit, site: Site) -> list[dict[str, Any]]:
    """Return the group `cookies`."""
    found = [
        {
            "name": well_formed(cookie.name),
            "domain": cookie.domain,
            "path": cookie.path,
            "secure": cookie.secure,
            "http_only": cookie.http_only,
            "same_site": cookie.same_site,
            "party": "first" if within(cookie.domain.lstrip("."), site.first_party) else "third",
            "prefix_ok": prefix_ok(cookie.name, cookie.domain, cookie.path, secure=cookie.secure),
        }
        for cookie in visit.cookies
    ]
    return sorted(found, key=lambda one: (one["name"], one["domain"], one["path"]))


def prefix_ok(name: str, domain: str, path: str, *, secure: bool) -> bool:
    """Whether what the name of a cookie promises holds (RFC 6265bis, section 4.1.3)."""
    lower = name.lower()
    if lower.startswith("__host-"):
        return secure and path == "/" and not domain.startswith(".")
    return secure or not lower.startswith("__secure-")
