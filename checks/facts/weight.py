"""Bytes and requests: what a page asks for, by kind and by party.

In: the exchanges of a visit. Out: the groups `requests`, `third_parties`, `console`, `cookies` and `storage`. Each
address counts once.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from checks.facts.mime import fits, media_type
from checks.facts.texts import clip, collapse, well_formed
from checks.facts.trackers import category
from checks.facts.urls import MAX_URL, normalise_url, parse, registrable_domain, within, without_fragment
from checks.facts.visit import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.facts.look import Site
    from checks.facts.urls import Address
    from checks.facts.visit import Visit

TYPES = ("document", "script", "style", "image", "font", "media", "fetch", "other")
MAX_MESSAGE = 500
_ERROR, _OK = 400, 200
_DEV_SERVER = re.compile(
    r"/@vite/client|/@react-refresh|/__vite_ping|/@id/__x00__|webpack-dev-server|/sockjs-node|/__webpack_hmr|\.hot-update\."
    r"|/_next/webpack-hmr|__next_hmr|/livereload(?:\.js|$|\?)|:35729(?:/|$)|browser-sync-client|/__livereload|/_astro/hmr"
)


def by_address(visit: Visit) -> dict[str, Exchange]:
    """Return the exchanges by address, without fragments; the page itself is always there, inline data never."""
    found: dict[str, Exchange] = {}
    for exchange in visit.exchanges:
        url = without_fragment(exchange.url)
        if url.startswith(("http:", "https:", "ws:", "wss:")):
            found.setdefault(url, exchange)
    found.setdefault(without_fragment(visit.final_url or visit.url), _page_itself(visit))
    return found


def requests(visit: Visit, site: Site, exchanges: dict[str, Exchange]) -> dict[str, Any]:
    """Return the group `requests`."""
    items = [_item(url, exchanges[url], site) for url in sorted(exchanges)]
    own = {normalise_url(visit.url), normalise_url(visit.final_url)}
    failed = [
        {key: item[key] for key in ("url", "type", "status", "error")}
        for item in items
        if item["party"] == "first" and _has_failed(item) and normalise_url(item["url"]) not in own
    ]
    mixed = {
        kind: [{"url": item["url"], "type": item["type"]} for item in items if item["mixed"] == kind]
        for kind in ("active", "passive")
    }
    return {
        "items": items,
        "count": len(items),
        "bytes_total": sum(item["transfer"] or 0 for item in items),
        "heaviest": _heaviest(items),
        "by_type": {kind: _weight(item for item in items if item["type"] == kind) for kind in TYPES},
        "by_party": {party: _weight(item for item in items if item["party"] == party) for party in ("first", "third")},
        "failed": failed,
        "mixed_active": mixed["active"],
        "mixed_passive": mixed["passive"],
    }


def third_parties(items: list[dict[str, Any]], site: Site) -> dict[str, Any]:
    """Return the group `third_parties` from the members of `requests.items`."""
    hosts: Counter[str] = Counter()
    transfer = 0
    for item in items:
        if item["party"] == "third":
            address = parse(item["url"])
            hosts[address.host if address else ""] += 1
            transfer += item["transfer"] or 0
    return {
        "items": [
            {
                "host": host,
                "domain": registrable_domain(host),
                "category": category(host),
                "requests": hosts[host],
                "allowed": within(host, site.third_parties),
            }
            for host in sorted(hosts)
        ],
        "hosts": len(hosts),
        "bytes": transfer,
    }


def console(visit: Visit, site: Site) -> dict[str, Any]:
    """Return the group `console`; messages without an address are the page's own."""
    kinds: dict[str, dict[str, dict[str, Any]]] = {"error": {}, "exception": {}}
    third_party = 0
    for message in visit.console:
        address = parse(message.url) if message.url else None
        if address is not None and address.is_web and not site.is_first_party(address):
            third_party += 1
            continue
        text = clip(collapse(well_formed(message.text)), MAX_MESSAGE)
        found = {"text": text, "url": message.url, "party": "first"}
        kinds.setdefault(message.kind, {}).setdefault(text, found)
    errors, exceptions = ([kinds[kind][text] for text in sorted(kinds[kind])] for kind in ("error", "exception"))
    return {"errors": errors, "exceptions": exceptions, "third_party": third_party}


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


def _page_itself(visit: Visit) -> Exchange:
    headers = {name.lower(): value for name, value in visit.headers}
    size = len(visit.body)
    return Exchange(
        url=visit.final_url or visit.url,
        type="document",
        method="GET",
        status=visit.status,
        error=None,
        content_type=headers.get("content-type"),
        body_bytes=size,
        transfer_bytes=visit.transfer_bytes,
        answered="preview",
    )


def _item(url: str, exchange: Exchange, site: Site) -> dict[str, Any]:
    address = parse(url)
    kind = exchange.type if exchange.type in TYPES else "other"
    answered = exchange.status is not None and exchange.status == _OK and exchange.answered in {"preview", "allowed"}
    return {
        "url": clip(url, MAX_URL),
        "type": kind,
        "method": exchange.method,
        "party": "first" if address is not None and site.is_first_party(address) else "third",
        "status": exchange.status,
        "error": exchange.error,
        "bytes": exchange.body_bytes,
        "transfer": exchange.transfer_bytes,
        "content_type": media_type(exchange.content_type),
        "mime_ok": fits(kind, address.path, exchange.content_type) if answered and address else None,
        "robots_allowed": None,
        "answered": exchange.answered,
        "mixed": exchange.mixed,
        "dev_server": _is_dev_server(url, address),
    }


def _is_dev_server(url: str, address: Address | None) -> bool:
    return address is not None and _DEV_SERVER.search(url) is not None


def _has_failed(item: dict[str, Any]) -> bool:
    if item["mixed"] is not None:
        return False  # blocked for being http, which is a fault of its own: `mixed_active`
    status = item["status"]
    return item["error"] is not None or (status is not None and status >= _ERROR)


def _heaviest(items: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the first of the items with most bytes; the page itself is always among them."""
    item = max(items, key=lambda one: one["transfer"] or 0)
    return {"url": item["url"], "type": item["type"], "transfer": item["transfer"] or 0}


def _weight(items: Iterable[dict[str, Any]]) -> dict[str, int]:
    count = size = transfer = 0
    for item in items:
        count += 1
        size += item["bytes"] or 0
        transfer += item["transfer"] or 0
    return {"count": count, "bytes": size, "transfer": transfer}
