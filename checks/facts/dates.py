"""When a page says it was published and changed, and years in it that look forgotten.

In: the groups of a page document that name dates and years, the things in its structured data, the day of the run.
Out: the group `dates`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checks.facts.sd_dates import day_of
from checks.facts.sd_graph import nodes_of
from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from checks.facts.sd_graph import Things

_PROPERTIES = {"published": "datePublished", "modified": "dateModified"}
_METAS = {"published": "published_time", "modified": "modified_time"}
_DATED = frozenset({"article", "news", "post"})
_YEAR = r"(?<![\d.,/#-])((?:19|20)\d\d)(?![\d,-]|\.\d)"
_IN_TITLE = re.compile(_YEAR)
_IN_SLUG = re.compile(r"[a-z]-((?:19|20)\d\d)(?=/?$|\.html?$)", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[©\s]*(?:\d{4}\s*[-\u2013\u2014/,]\s*)*((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_FAR = 1
"""Days by which two dates may differ: where the site is written, the day may be another one."""


def dates(document: Mapping[str, Any], things: Things, today: date | None) -> dict[str, Any]:
    """Return the group `dates`; `document` is the page document so far."""
    items = sorted(set(_items(document, things)))
    return {
        "items": [
            {"key": f"{what} {where} {day}", "what": what, "where": where, "date": day.isoformat()}
            for what, where, day in items
        ],
        "disagree": [{"what": what, "days": days} for what in _PROPERTIES if (days := _spread(items, what)) > _FAR],
        "future": [
            {"key": f"{what} {where}", "what": what, "where": where, "date": day.isoformat()}
            for what, where, day in items
            if today and (day - today).days > _FAR
        ],
        "stale_years": list(_stale(document, {day.year for _, _, day in items}, today)) if today else [],
    }


def depends_on_the_day(document: Mapping[str, Any]) -> bool:
    """Whether a page document says something that may be different tomorrow, the year being the same.

    What asks for `today` compares it with dates of the page, with those in its structured data, with the day that its
    robots name, or takes its year (`_stale`). Errs on the side of yes.
    """
    data = document["structured_data"]
    named = document["dates"]["items"] or data["items"] or data["blocks"]
    return bool(named) or document["robots"]["unavailable_after"] is not None


def _items(document: Mapping[str, Any], things: Things) -> Iterator[tuple[str, str, date]]:
    for what, name in _METAS.items():
        day = day_of(document["social"]["article"][name] or "")
        if day is not None:
            yield what, "meta", day
    articles = [node for node in nodes_of(things, "Article") if node.is_root]
    for node in articles if len(articles) == 1 else ():
        for what, name in _PROPERTIES.items():
            for text in things.texts(node.said, name):
                day = day_of(text)
                if day is not None:
                    yield what, node.format, day


def _spread(items: list[tuple[str, str, date]], what: str) -> int:
    days = [day for kind, _, day in items if kind == what]
    return (max(days) - min(days)).days if days else 0


def _stale(document: Mapping[str, Any], own: set[int], today: date) -> Iterator[dict[str, Any]]:
    """Give the years that look forgotten: none that the page is from, and none in the address of an archive."""
    title, path = document["title"]["text"] or "", document["path"]
    if document["page_type"] not in _DATED:
        for where, text, found in (
            ("title", title, _IN_TITLE.findall(title)),
            ("address", path, _IN_SLUG.findall(path)),
        ):
            year = max(map(int, found), default=today.year)
            archived = where == "title" and str(year) in path
            if year < today.year - 1 and year not in own and not archived:
                yield {"where": where, "year": year, "text": clip(text, 200)}
    marks = list(_COPYRIGHT.finditer(document["text"]["rest"]))
    year = max((int(mark.group(1)) for mark in marks), default=today.year)
    if year < today.year:
        yield {"where": "footer", "year": year, "text": clip(marks[0].group(), 200)}
