"""Patterns of addresses without an end that pages link to: results of the site's search, calendars, facets.

In: the link targets that have a query or a date in their path, and the day. Out: `url_patterns` of the site document,
each pattern once. https://developers.google.com/crawling/docs/faceted-navigation
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.facts.campaigns import parameters
from checks.facts.texts import clip
from checks.facts.urls import MAX_URL, normalise_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from checks.facts.robots_txt import Robots
    from checks.facts.site_index import SiteIndex

MANY = 20
"""Addresses of one path from which on filters that are combined have no end."""
_SEARCH = frozenset({"q", "query", "search", "search_query", "searchterm", "keyword", "keywords", "suche", "recherche"})
_CALENDAR = frozenset({"month", "year", "date", "day", "week", "tribe-bar-date", "eventdate", "calendar"})
_NO_FACETS = frozenset({"page", "paged", "p", "v", "ver", "version", "lang", "hl", "ref"})
_FUTURE = re.compile(r"^(.*/)(20\d\d)/(?:0[1-9]|1[0-2])(?:/|$)")
_YEARS_AHEAD = 2
_MOST_PATTERNS, _MOST_TOLD = 2_000, 200
_NAMES_SHOWN = 8


@dataclass(slots=True)
class _Pattern:
    kind: str
    example: str
    source: str
    count: int = 0
    names: set[str] = field(default_factory=set)
    combined: bool = False
    """Whether one address carries several filters."""

    @property
    def is_endless(self) -> bool:
        """Whether this many addresses speak for a pattern: one result of a search does, filters have to be combined."""
        return {"search": True, "calendar": self.count > 1}.get(self.kind, self.combined and self.count >= MANY)


def url_patterns(
    targets: Iterable[tuple[str, str]], is_open: Callable[[str], bool], today: date | None
) -> list[dict[str, Any]]:
    """Return the patterns that crawlers may follow; `targets` are (path with query, first page that links there)."""
    found: dict[tuple[str, str], _Pattern] = {}
    for target, source in targets:
        for kind, shape, names in _kinds(target, today):
            if (kind, shape) not in found and len(found) >= _MOST_PATTERNS:
                continue
            pattern = found.setdefault((kind, shape), _Pattern(kind, target, source))
            pattern.count += 1
            pattern.combined = pattern.combined or len(names) > 1
            if len(pattern.names) < _NAMES_SHOWN:
                pattern.names |= names
    told = [_told(shape, one) for (_, shape), one in found.items() if one.is_endless and is_open(one.example)]
    return sorted(told, key=lambda one: str(one["pattern"]))[:_MOST_TOLD]


def openness(index: SiteIndex, robots: Robots, origin: str) -> Callable[[str], bool]:
    """A function from path and query to whether search engines may crawl and index what is there."""

    def is_open(target: str) -> bool:
        pages = (index.page(normalise_url(origin + path)) for path in (target, target.partition("?")[0]))
        page = next((page for page in pages if page is not None), None)
        return robots.allowed("googlebot", origin + target) and not (page is not None and page.noindex)

    return is_open


def _kinds(target: str, today: date | None) -> Iterator[tuple[str, str, set[str]]]:
    """Give of what kinds an address is: kind, path, and the names of its parameters that count."""
    path, _, query = target.partition("?")
    campaign = set(parameters(query))
    # What has no value yet is an address to copy, or to fill in.
    names = {name.lower() for name, _, value in (one.partition("=") for one in query.split("&")) if value} - campaign
    ahead = _FUTURE.match(path)
    if ahead and today is not None and int(ahead[2]) >= today.year + _YEARS_AHEAD:
        yield "calendar", f"{ahead[1]}*", set()
    if names & _SEARCH or (path == "/" and "s" in names):
        yield "search", path, names & (_SEARCH | {"s"})
    elif names & _CALENDAR:
        yield "calendar", path, names & _CALENDAR
    elif names - _NO_FACETS:
        yield "facets", path, names - _NO_FACETS


def _told(shape: str, one: _Pattern) -> dict[str, Any]:
    names = "&".join(f"{name}=*" for name in sorted(one.names))
    return {
        "pattern": clip(f"{shape}?{names}" if names else shape, MAX_URL),
        "kind": one.kind,
        "count": one.count,
        "example": clip(one.example, MAX_URL),
        "source": clip(one.source, MAX_URL),
    }
