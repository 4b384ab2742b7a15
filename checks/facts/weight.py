"""Bytes and requests: what a page asks for, by kind and by party, and what weighs most of it.

In: the exchanges of a visit. Out: the group `requests`. Each address counts once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checks.facts.mime import fits, media_type
from checks.facts.repeated import duplicates
from checks.facts.texts import clip
from checks.facts.urls import MAX_URL, normalise_url, parse, without_fragment
from checks.facts.visit import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.facts.look import Site
    from checks.facts.urls import Address
    from checks.facts.visit import Visit

TYPES = ("document", "script", "style", "image", "font", "media", "fetch", "other")
MOST_NAMED = 3
"""Files that are named as the largest of their kind."""
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
        if item["party"] == "first" and has_failed(item) and normalise_url(item["url"]) not in own
    ]
    missing = {item["url"] for item in failed}
    held_up = {without_fragment(url) for url in visit.in_page.render_blocking} if visit.in_page else set()
    mixed = {
        kind: [{"url": item["url"], "type": item["type"]} for item in items if item["mixed"] == kind]
        for kind in ("active", "passive")
    }
    blocking = [item for item in items if item["url"] in held_up]
    return {
        "items": items,
        "count": len(items),
        "bytes_total": sum(item["transfer"] or 0 for item in items),
        "largest": _largest(items),
        "by_type": {
            kind: _weight(item for item in items if item["type"] == kind and item["url"] not in missing)
            for kind in TYPES
        },
        "by_party": {party: _weight(item for item in items if item["party"] == party) for party in ("first", "third")},
        "render_blocking": [{key: item[key] for key in ("url", "type", "party", "transfer")} for item in blocking],
        "blocking": _weight(blocking),
        "duplicates": duplicates(exchanges),
        "failed": failed,
        "mixed_active": mixed["active"],
        "mixed_passive": mixed["passive"],
    }


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


def has_failed(item: Mapping[str, Any]) -> bool:
    """Whether what a page asked for did not arrive; `item` is a member of `requests.items`."""
    if item["mixed"] is not None:
        return False  # blocked for being http, which is a fault of its own: `mixed_active`
    status = item["status"]
    return item["error"] is not None or (status is not None and status >= _ERROR)


def _largest(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return address and bytes of the items for which most bytes travel; of equals, the first by address."""
    heaviest = sorted((one for one in items if one["transfer"]), key=lambda one: (-one["transfer"], one["url"]))
    return [{"url": one["url"], "transfer": one["transfer"]} for one in heaviest[:MOST_NAMED]]


def _weight(items: Iterable[dict[str, Any]]) -> dict[str, Any]:
    counted = list(items)
    return {
        "count": len(counted),
        "bytes": sum(item["bytes"] or 0 for item in counted),
        "transfer": sum(item["transfer"] or 0 for item in counted),
        "largest": _largest(counted),
    }
