"""Both sides of a comparison, in tables on disk: memory is the same for ten pages and for ten thousand.

In: the ledgers' lines, page documents, and what the preview answers at the baseline's addresses. Out: answers to
questions, by address. The file is a temporary one of SQLite's own, which is gone when it is closed.
"""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final, Self

from checks import json_bytes
from checks.compare import sides_sql
from checks.compare.compared import cached_s, compared, linked, texture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Document = dict[str, Any]
BEFORE: Final = 0
AFTER: Final = 1
LEFT_OUT: Final = "left-out"
"""State of a page that nobody chose to leave out: a limit was reached before it was looked at."""
_LIMIT: Final = "`limits."
"""What the ledger's reason for that begins with."""
_AT_ONCE: Final = 5_000
"""Addresses whose links are counted in memory before they go to the table."""
_REMEMBERED: Final = 50_000
"""Linked addresses whose pages are remembered: navigations link to the same ones."""
_NOTHING: Final = frozenset({404, 410})
_ENDING: Final = re.compile(r"(?:/index\.html?|\.html?|/)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a page on one side."""

    path: str
    facts: Document
    page_type: str | None
    texture: frozenset[int]
    title: str | None
    h1: str | None


class Sides:
    """Fill it with both ledgers first, then with pages and answers; then ask."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.executescript(sides_sql.TABLES)
        self.db.execute("BEGIN")
        self.cached_s = 0
        """For how many seconds caches may go on showing a page of the baseline, at most."""
        self._links_unknown: set[int] = set()
        """Sides of which a page does not say where it links to."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def add_ledger(self, side: int, lines: Iterable[Mapping[str, Any]]) -> None:
        """Take the pages of a ledger: which there are, and which were measured.

        What a limit kept from being asked may be a page: the baseline's count, and the preview's where both have them.
        """
        pages = (
            (side, line["path"], _state(line), form(line["path"])) for line in lines if self._may_be_page(side, line)
        )
        self.db.executemany(sides_sql.ADD_LEDGER, pages)

    def add_pages(self, side: int, documents: Iterable[Mapping[str, Any]]) -> None:
        """Take the page documents of a side, and count the pages that link to each address."""
        links: Counter[str] = Counter()
        shown = lru_cache(_REMEMBERED)(partial(self._shown, side))
        for document in documents:
            self._add(side, document)
            if side == BEFORE:
                self.cached_s = max(self.cached_s, cached_s(document))
            leads = linked(document)
            if leads is None:
                self._links_unknown.add(side)
                continue
            links.update({shown(path, answers) for path, answers in leads.items()} - {document["path"]})
            if len(links) > _AT_ONCE:
                self._count(side, links)
        self._count(side, links)

    def add_answers(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Take what the preview answers at addresses of the baseline."""
        self.db.executemany(sides_sql.ADD_ANSWER, ((line["path"], json_bytes.encode(line)) for line in lines))

    def add_files(self, side: int, lines: Iterable[Mapping[str, Any]]) -> None:
        """Take the files that a side serves beside its pages."""
        names = ("path", "kind", "hashed", "bytes", "digest")
        rows = ((side, *(line[name] for name in names), json.dumps(line["entries"])) for line in lines)
        self.db.executemany(sides_sql.ADD_FILE, rows)
        self.db.execute(sides_sql.INDEX_FILES)

    def paths(self) -> Iterator[str]:
        """Give the address of every page of either side, sorted."""
        yield from (path for (path,) in self.db.execute(sides_sql.EVERY_PATH))

    def states(self, path: str) -> tuple[str | None, str | None]:
        """Return what became of a page in either ledger; None where it has no such page."""
        found: dict[int, str] = dict(self.db.execute(sides_sql.STATES, (path,)).fetchall())
        return found.get(BEFORE), found.get(AFTER)

    def page(self, side: int, path: str) -> Page | None:
        """Return the page at an address; None where there is none."""
        row = self.db.execute(sides_sql.PAGE, (side, path)).fetchone()
        if row is None:
            return None
        facts, page_type, sketched, title, h1 = row
        return Page(path, json_bytes.decode(facts), page_type, frozenset(array("I", sketched)), title, h1)

    def inlinks(self, side: int, path: str) -> int | None:
        """Return how many pages link to an address; None where a page does not say where it links to."""
        if side in self._links_unknown:
            return None
        row = self.db.execute(sides_sql.INLINKS, (side, path)).fetchone()
        return int(row[0]) if row else 0

    def answer(self, path: str) -> Document | None:
        """Return what the preview answers at an address of the baseline; None where it was not asked."""
        row = self.db.execute(sides_sql.ANSWER, (path,)).fetchone()
        return json_bytes.decode(row[0]) if row else None

    def moved_to(self, path: str) -> Document | None:
        """Return where a page of the baseline is now, and by what that is known; None where it did not move."""
        row = self.db.execute(sides_sql.MOVED_TO, (path,)).fetchone()
        return {"path": row[0], "by": row[1], "likeness": row[2]} if row else None

    def moved_from(self, path: str) -> Document | None:
        """Return where a page of the preview was, and by what that is known; None where it did not move."""
        row = self.db.execute(sides_sql.MOVED_FROM, (path,)).fetchone()
        return {"path": row[0], "by": row[1], "likeness": row[2]} if row else None

    def count(self, side: int, state: str) -> int:
        """Return how many pages of a side ended in a state."""
        (number,) = self.db.execute(sides_sql.COUNT_STATE, (side, state)).fetchone()
        return int(number)

    def _may_be_page(self, side: int, line: Mapping[str, Any]) -> bool:
        if line["kind"] == "page":
            return True
        return _state(line) == LEFT_OUT and (side == BEFORE or self.states(line["path"])[BEFORE] == LEFT_OUT)

    def _add(self, side: int, document: Mapping[str, Any]) -> None:
        path, facts = document["path"], compared(document)
        if facts.get("status") in _NOTHING:
            # A list promised it, and it is not there.
            self.db.execute(sides_sql.NO_PAGE, (side, path))
            return
        elsewhere = self.db.execute(sides_sql.ELSEWHERE, (1 - side, path)).fetchone()
        sketched = [] if elsewhere else texture(document)  # only what is on one side alone can have moved
        allowed = facts.get("robots_txt", {}).get("googlebot", True)
        indexability = facts.get("indexability", {})
        row = (
            *(side, path, json_bytes.encode(facts), document["page_type"], array("I", sketched).tobytes()),
            *(form(path), facts.get("title"), facts.get("description"), facts.get("h1")),
            *(indexability.get("indexable"), allowed, facts.get("canonical", {}).get("url"), name_of(path)),
            facts.get("text") or None,
        )
        self.db.execute(sides_sql.ADD_PAGE, row)

    def _shown(self, side: int, path: str, answers: bool) -> str:  # noqa: FBT001 - asked through a cache
        """Return the page that an address shows: hosts answer at `/a/index.html`, too, where the page is `/a/`."""
        if not answers or self.db.execute(sides_sql.ELSEWHERE, (side, path)).fetchone():
            return path
        row = self.db.execute(sides_sql.OF_FORM, (side, form(path))).fetchone()
        return str(row[0]) if row else path

    def _count(self, side: int, links: Counter[str]) -> None:
        self.db.executemany(sides_sql.ADD_LINKS, ((side, path, count) for path, count in links.items()))
        links.clear()


def is_left_out(line: Mapping[str, Any]) -> bool:
    """Whether a line of a ledger tells of what a limit kept from being looked at."""
    return bool(line["state"] == "excluded" and line["why"].startswith(_LIMIT))


def _state(line: Mapping[str, Any]) -> str:
    if line["state"] in {"represented", "left-out"}:  # its HTML was read, and what it lacks is not compared
        return "measured"
    return LEFT_OUT if is_left_out(line) else str(line["state"])


def form(path: str) -> str:
    """Return an address without what hosts take for a matter of form: case, ending, slash, `index.html`."""
    return _ENDING.sub("", path).lower()


def name_of(path: str) -> str:
    """Return the last part of an address, without its ending: what generators keep when a scheme changes."""
    return form(path).rpartition("/")[2]
