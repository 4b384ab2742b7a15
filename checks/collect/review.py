"""The review gate: which pages a browser renders, and which are only read, for others stand for them.

In: the pages of a build, as delivered, and what was measured of each before. Out: the pages to render; for each of the
others, the two pages of its template that stand for it. What nobody knows to be as it was is rendered
(docs/decisions/0041).
"""

from __future__ import annotations

import asyncio
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self

from checks.collect.visits import delivered_only
from checks.facts import nesting, outline, templates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.collect.pages import Pages
    from checks.settings import Settings

Document = Mapping[str, Any]
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -2000;  -- KiB: the same for a site of any size
CREATE TABLE before (path TEXT PRIMARY KEY, main TEXT) WITHOUT ROWID;
CREATE TABLE page (path TEXT PRIMARY KEY, type TEXT, skeleton BLOB, rendered INTEGER) WITHOUT ROWID;
CREATE TABLE template (path TEXT PRIMARY KEY, template TEXT) WITHOUT ROWID;
"""
_SKELETONS = "SELECT path, skeleton FROM page ORDER BY path"
_BY_TEMPLATE = "SELECT path, type, template, skeleton FROM page JOIN template USING (path) ORDER BY path"
_REPRESENTED = "SELECT path, type, template FROM page JOIN template USING (path) WHERE NOT rendered ORDER BY path"


@dataclass(frozen=True, slots=True)
class Before:
    """What was measured of pages before."""

    live: Callable[[], Iterable[Document]] | None = None
    """Gives the page documents of the baseline; None: there is none, and the cache tells of the last run."""


@dataclass(slots=True)
class Group:
    """Pages of one template and one type, and the two that stand for the others."""

    first: str
    skeleton: frozenset[int]
    second: str | None = None
    likeness: float = 2.0

    def look(self, path: str, skeleton: frozenset[int]) -> None:
        """Take the page that is least like the first as the second: the two see most of what the template can be."""
        likeness = templates.jaccard(skeleton, self.skeleton)
        if path != self.first and likeness < self.likeness:
            self.second, self.likeness = path, likeness

    @property
    def stand(self) -> tuple[str, ...]:
        """The pages that stand for the others."""
        return (self.first,) if self.second is None else (self.first, self.second)


@dataclass(slots=True)
class Review:
    """A context manager: the tables lie in a temporary file of SQLite's own."""

    settings: Settings
    pages: Pages
    before: Before
    _db: sqlite3.Connection = field(init=False)
    _groups: dict[tuple[str, str], Group] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    async def choose(self, paths: Sequence[str]) -> None:
        """Find out which of `paths` are rendered."""
        if self.before.live is not None:
            rows = ((one["path"], _main_before(one)) for one in self.before.live())
            self._db.executemany("INSERT OR REPLACE INTO before VALUES (?, ?)", rows)
        always = {self.pages.found.preview.base, *self.settings.key_pages}
        for path in paths:
            read = await self._read(path)
            rendered = path in always or read is None or read.main is None or read.main != self._main_of(path)
            skeleton = array("I", sorted(read.skeleton)).tobytes() if read else b""
            kind = self.settings.page_types.type_of(path) or ""
            self._db.execute("INSERT INTO page VALUES (?, ?, ?, ?)", (path, kind, skeleton, rendered))
        skeletons = ((path, frozenset(array("I", packed))) for path, packed in self._db.execute(_SKELETONS))
        self._db.executemany("INSERT INTO template VALUES (?, ?)", templates.alike(skeletons))
        for path, kind, template, packed in self._db.execute(_BY_TEMPLATE):
            ways = frozenset(array("I", packed))
            self._groups.setdefault((template, kind), Group(path, ways)).look(path, ways)
        for group in self._groups.values():
            self._db.executemany("UPDATE page SET rendered = 1 WHERE path = ?", ((path,) for path in group.stand))

    def rendered(self) -> Iterator[str]:
        """Give the pages to render, sorted."""
        return (path for (path,) in self._db.execute("SELECT path FROM page WHERE rendered ORDER BY path"))

    def represented(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give each page that is only read, sorted, and those that stand for it."""
        for path, kind, template in self._db.execute(_REPRESENTED):
            yield path, self._groups[template, kind].stand

    async def _read(self, path: str) -> outline.Outline | None:
        """Return what the delivered HTML of a page says; None where it must be rendered whatever it says."""
        preview = self.pages.found.preview
        url = preview.origin + path
        visit = delivered_only(url, path, preview, preview.served(url))
        if visit.status != HTTPStatus.OK or visit.redirects or nesting.too_deep(visit.body):
            return None
        content_type = next((value for name, value in visit.headers if name.lower() == "content-type"), None)
        return await asyncio.wrap_future(self.pages.extraction.start(outline.outline, visit.body, content_type))

    def _main_of(self, path: str) -> str | None:
        """Return a digest of the main text that the page had before; None where nobody knows."""
        if self.before.live is None:
            last = self.pages.reuse.last(path)
            return None if last is None else _main_before(last)
        row = self._db.execute("SELECT main FROM before WHERE path = ?", (path,)).fetchone()
        return None if row is None else row[0]


async def reviewed(
    settings: Settings, pages: Pages, paths: Sequence[str], before: Before, after_each: Callable[[], None]
) -> list[str]:
    """Read the pages for which others stand, and return those that are to be rendered."""
    with Review(settings, pages, before) as review:
        await review.choose(paths)
        for path, stand in review.represented():
            await pages.read(path)
            pages.ledger.represented(path, stand)
            after_each()
        return list(review.rendered())


def _main_before(document: Document) -> str | None:
    """Return a digest of the main text, where a browser rendered it and scripts changed nothing that the page says."""
    groups = {"text", "render", "js_diff", "http"}
    if not groups <= {*document["measured"]} or document["js_diff"] or document["text"]["is_cut"]:
        return None
    return outline.digest(document["text"]["main"]) if document["http"]["status"] == HTTPStatus.OK else None
