"""The entries of a feed (RSS or Atom), as feed readers know them: by their identifier.

In: its bytes. Out: identifier and link of its first entries, or None for XML that is no feed. Nothing is fetched, no
entity is expanded. https://www.rssboard.org/rss-specification#ltguidgtSubelementOfLtitemgt and RFC 4287, section 4.2.6.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final
from xml.parsers import expat

_ROOTS: Final = frozenset({"rss", "feed", "RDF"})
_ENTRIES: Final = frozenset({"item", "entry"})
_TEXTS: Final = {"guid": "id", "id": "id", "link": "link"}
MOST: Final = 50
"""Entries that are read; a feed shows the newest first."""
_LONGEST: Final = 500


class _Stop(Exception):  # noqa: N818 - no error: what follows need not be read
    """Reading has come to an end."""


def entries(body: bytes) -> list[dict[str, str]] | None:
    """Return `id` and `link` of each entry that has both, the first fifty; None for what is no feed."""
    reading = _Reading()
    # What stands before a fault counts: how a feed is written is another rule's business.
    with suppress(_Stop, expat.ExpatError, LookupError, ValueError):
        reading.parser.Parse(body, True)  # noqa: FBT003 - takes it by position only
    return reading.found if reading.is_feed else None


class _Reading:
    def __init__(self) -> None:
        self.found: list[dict[str, str]] = []
        self.is_feed = False
        self._root = ""
        self._entry: dict[str, str] | None = None
        self._depth = 0
        self._name = ""
        self._text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if not self._root:
            self._root, self.is_feed = local, local in _ROOTS
            if not self.is_feed:
                raise _Stop
        self._depth += self._entry is not None
        if local in _ENTRIES and self._entry is None:
            self._entry, self._depth = {}, 0
        elif self._entry is not None and self._depth == 1 and local in _TEXTS:
            self._name, self._text = _TEXTS[local], []
            if local == "link" and attributes.get("rel", "alternate") == "alternate" and attributes.get("href"):
                self._entry.setdefault("link", attributes["href"][:_LONGEST])

    def _end(self, name: str) -> None:
        if self._entry is None:
            return
        if self._name:
            text = "".join(self._text).strip()[:_LONGEST]
            if text:
                self._entry.setdefault(self._name, text)
            self._name = ""
        if self._depth == 0 and name.rpartition(" ")[2] in _ENTRIES:
            if {"id", "link"} <= self._entry.keys():
                self.found.append(self._entry)
            self._entry = None
            if len(self.found) >= MOST:
                raise _Stop
            return
        self._depth -= 1

    def _characters(self, text: str) -> None:
        if self._name and sum(map(len, self._text)) < _LONGEST:
            self._text.append(text)

    def _entity(self, *_rest: object) -> None:
        raise _Stop
