"""The dates in structured data: whether they can be read, lie in the future, contradict one another or have passed.

In: the things of a page, and the day of the run. Out: lists of the group `structured_data`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from checks.facts.sd_graph import kinds
from checks.facts.texts import clip, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.sd_graph import Node, Things

_PAST = ("dateCreated", "dateModified", "datePosted", "datePublished", "uploadDate")
"""What has happened when it is told of."""
_TO_COME = ("endDate", "expires", "priceValidUntil", "startDate", "validFrom", "validThrough")
_ENDS = {"Event": "endDate", "JobPosting": "validThrough", "Offer": "priceValidUntil"}
_YEAR, _MONTH = 4, 7
"""Characters of a year, and of a year with its month."""
_MOST = 50


def wrong_dates(things: Things, today: date | None) -> list[dict[str, str]]:
    """Return the dates that can't be right, each with what is wrong."""
    found = {}
    for node, name, text in _dates(things, (*_PAST, *_TO_COME)):
        problem = _problem(things, node, name, text, today)
        if problem:
            key = f"{node.types[0]}.{name} {text}"
            found[key] = {"key": key, "type": node.types[0], "property": name, "text": text, "problem": problem}
    return [found[key] for key in sorted(found)[:_MOST]]


def expired(things: Things, today: date | None) -> list[dict[str, str]]:
    """Return the events, jobs and prices whose last day has passed."""
    found = {}
    for kind, name in _ENDS.items():
        for node, _, text in _dates(things, (name,)):
            day = day_of(text)
            if today and day and day < today and any(kind in kinds(one) for one in node.types):
                key = f"{node.types[0]}.{name} {text}"
                found[key] = {"key": key, "type": node.types[0], "property": name, "date": day.isoformat()}
    return [found[key] for key in sorted(found)[:_MOST]]


def day_of(text: str) -> date | None:
    """Read a date or time of ISO 8601, also a year or a month alone; None for anything else."""
    if len(text) in {_YEAR, _MONTH}:
        text = f"{text}-01-01"[:10]
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _dates(things: Things, names: tuple[str, ...]) -> Iterator[tuple[Node, str, str]]:
    for node in things.nodes:
        for name in names:
            if name in node.said:
                yield from (
                    (node, name, clip(well_formed(text), 100)) for text in things.texts(node.said, name) if text
                )


def _problem(things: Things, node: Node, name: str, text: str, today: date | None) -> str | None:
    day = day_of(text)
    if day is None:
        return "is no date of ISO 8601"
    # Where the site is written, the day may have begun already.
    if name in _PAST and today and (day - today).days > 1:
        return "lies in the future"
    first = next((day_of(one) for one in things.texts(node.said, "datePublished")), None)
    if name == "dateModified" and first is not None and day < first:
        return "is before datePublished"
    return None
