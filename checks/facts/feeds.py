"""A feed (RSS or Atom): what is wrong with it.

In: its bytes, its address and the day. Out: problems in plain words, sorted; or None for XML that is no feed. Nothing
is fetched, no entity is expanded. https://www.rssboard.org/rss-specification and RFC 4287.
"""

from __future__ import annotations

from datetime import date, datetime
from email.utils import parsedate_to_datetime
from xml.parsers import expat

from checks.facts.texts import clip, collapse
from checks.facts.urls import parse

_ROOTS = frozenset({"rss", "feed", "RDF"})
_DATES = frozenset({"pubDate", "updated", "published", "date"})
_ENTRIES = frozenset({"item", "entry"})
_SHOWN = 200
_LONGEST = 2000


class _Stop(Exception):  # noqa: N818 - no error: what follows need not be read
    """Reading has come to an end."""


def feed_problems(body: bytes, url: str, today: date) -> list[str] | None:
    """Return what is wrong with a feed; None where the root element is not that of one."""
    reading = _Reading(url)
    try:
        reading.parser.Parse(body, True)  # noqa: FBT003 - takes it by position only
    except _Stop:
        pass
    except (expat.ExpatError, LookupError, ValueError) as error:
        reading.problems.add(f"it is not well-formed XML ({clip(collapse(str(error)), _SHOWN)})")
    if not reading.is_feed and reading.root:
        return None
    found = reading.problems
    if reading.is_feed and not reading.entries:
        found.add("it has no entry")
    newest = max(filter(None, map(_day, reading.dates)), default=None)
    if newest is not None and newest > today:
        found.add(f"its newest entry is dated {newest.isoformat()}, which is to come")
    return sorted(found)


class _Reading:
    def __init__(self, url: str) -> None:
        self.root = ""
        self.entries = 0
        self.dates: set[str] = set()
        self.problems: set[str] = set()
        self._url = url
        self._inside = 0
        self._text: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._entity

    @property
    def is_feed(self) -> bool:
        return self.root in _ROOTS

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if not self.root:
            self.root = local
            if local not in _ROOTS:
                raise _Stop
        if local in _ENTRIES:
            self.entries += 1
            self._inside += 1
        self._text = [] if local in _DATES or local == "link" else None
        if local == "link" and "href" in attributes:
            self._link(attributes["href"])

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local in _ENTRIES:
            self._inside -= 1
        text = "".join(self._text or ()).strip()
        if local in _DATES and self._inside and text:
            self.dates.add(text)
        elif local == "link" and text:
            self._link(text)
        self._text = None

    def _characters(self, text: str) -> None:
        if self._text is not None and len(self._text) < _LONGEST:
            self._text.append(text)

    def _link(self, href: str) -> None:
        if parse(href) is None and parse(href, self._url) is not None:
            self.problems.add(f"its address {clip(href, _SHOWN)} is not absolute")

    def _entity(self, *_rest: object) -> None:
        self.problems.add("it declares entities, which readers refuse")
        raise _Stop


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        try:
            return parsedate_to_datetime(text).date()
        except (ValueError, TypeError):
            return None
