"""What a page loads more than once: the same bytes under several addresses, the same library in several copies.

In: the requests of a visit. Out: `requests.duplicates` and the group `libraries`. Files of others are known by their
addresses only.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from checks.facts.advisories import advisories, retired
from checks.facts.libraries import Library, library_at
from checks.facts.texts import clip
from checks.facts.urls import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.facts.visit import Exchange

LEAST = 1000
"""Bytes below which a copy is not worth a word."""
_KINDS = frozenset({"script", "style", "font", "image"})
_OK = 200


def duplicates(exchanges: Mapping[str, Exchange]) -> list[dict[str, Any]]:
    """Return the list `requests.duplicates`: files that are loaded under several addresses."""
    by_content: dict[tuple[str, str], list[str]] = defaultdict(list)
    for url in sorted(exchanges):
        one = exchanges[url]
        if one.asset is not None and one.type in _KINDS and one.status == _OK and (one.body_bytes or 0) >= LEAST:
            by_content[one.type, one.asset.digest].append(url)
    found = []
    for (kind, _), urls in by_content.items():
        first, *copies = urls
        if copies:
            wasted = sum(exchanges[url].transfer_bytes or 0 for url in copies)
            found.append({"url": clip(first, MAX_URL), "type": kind, "copies": copies, "transfer": wasted})
    return sorted(found, key=lambda one: str(one["url"]))


def libraries(exchanges: Mapping[str, Exchange]) -> dict[str, Any]:
    """Return the group `libraries`: those of scripts, and which of them come several times."""
    found: dict[tuple[Library, str], str] = {}
    for url in sorted(exchanges):
        if exchanges[url].type == "script":
            for library in _of(url, exchanges[url]):
                found.setdefault((library, url), url)
    items = [
        {
            "key": f"{library.name}@{library.version} {clip(url, MAX_URL)}",
            "name": library.name,
            "version": library.version,
            "url": clip(url, MAX_URL),
            "advisories": advisories(library.name, library.version),
            "retired": retired(library.name, library.version),
        }
        for library, url in sorted(found)
    ]
    return {"items": items, "repeated": _repeated(items), "development": _development(exchanges)}


def _development(exchanges: Mapping[str, Exchange]) -> list[dict[str, Any]]:
    return [
        {"url": clip(url, MAX_URL), "builds": list(asset.development)}
        for url in sorted(exchanges)
        if (asset := exchanges[url].asset) is not None and asset.development
    ]


def _of(url: str, exchange: Exchange) -> tuple[Library, ...]:
    """Return the libraries of a script; where it says nothing of itself, its address may."""
    if exchange.asset is not None and exchange.asset.libraries:
        return exchange.asset.libraries
    named = library_at(url)
    return (named,) if named is not None else ()


def _repeated(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    by_name: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for item in items:
        by_name[item["name"]].append(item)
    return [
        {
            "name": name,
            "versions": sorted({one["version"] for one in copies}),
            "urls": sorted({one["url"] for one in copies}),
        }
        for name, copies in sorted(by_name.items())
        if len({(one["version"], one["url"]) for one in copies}) > 1
    ]
