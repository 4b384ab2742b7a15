"""The pages of one run on disk: digests, documents, anchors and links, so that memory does not grow with the site.

In: each page once, in any order, from one thread. Out: documents sorted by path, and the answers that
`checks.facts.site` and `checks.facts.complete` ask for (it is a `SiteIndex`), counted in SQL. The file is scratch: it
is written without a journal, and lost when the machine stops. The tables and the questions asked of them are in
`index_sql.py`.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Self

from checks.collect import index_sql as sql
from checks.collect.index_alternates import SHOWN, AlternateQuestions
from checks.collect.index_links import LinkQuestions
from checks.collect.index_near import LEAST, near
from checks.collect.index_rows import (
    digest_of,
    packed_document,
    plain,
    row_of,
    unpacked,
    unpacked_anchors,
    unpacked_document,
)
from checks.facts import templates
from checks.facts.site_index import Near, PageCounts, Shared, SharedField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from checks.facts.digest import PageDigest

ANCHORS_KEPT = 256
"""Pages whose anchors stay in memory; a page may have thousands, and links go to few pages at a time."""

IDS_KEPT = 10_000
"""Paths whose numbers stay in memory: the links of a site's navigation stand on every page of it."""


class Index(LinkQuestions, AlternateQuestions):
    """One run's pages, kept in an SQLite file at `path`; a context manager."""

    def __init__(self, path: Path, home: str = "/") -> None:
        super().__init__(sqlite3.connect(path, isolation_level=None), home)
        self._db.executescript(sql.TABLES)
        self._db.execute("BEGIN")
        self._anchors: OrderedDict[str, frozenset[str] | None] = OrderedDict()
        self._ids: dict[str, int] = {}
        self._templates_told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what it holds is not needed any more."""
        self._db.close()

    def add_page(
        self,
        path: str,
        document: bytes,
        digest: PageDigest,
        anchors: bytes,
        links: Iterable[tuple[str, bool]],
    ) -> None:
        """Keep a page; a page that is there already is replaced.

        `document` and `anchors` are packed (`index_rows`), which others can do at the same time. `links` are
        (production path with query but without fragment, followed?) of links within the site.
        """
        page = self._path_id(path)
        self._db.execute(sql.KEEP_DOCUMENT, (page, document))
        self._db.execute("REPLACE INTO anchors VALUES (?, ?)", (page, anchors))
        self._db.execute("DELETE FROM links WHERE source = ?", (page,))
        self._db.executemany(sql.ADD_LINK, ((page, self._path_id(target), followed) for target, followed in links))
        self._anchors.pop(path, None)
        self._keep_digest(page, digest)

    def document(self, path: str) -> dict[str, Any]:
        """Return the document of the page at `path`, as it was added; for a page that is there."""
        (body,) = self._db.execute(sql.DOCUMENT, (plain(path),)).fetchone()
        return unpacked_document(body)

    def amend(self, path: str, groups: Mapping[str, Any], *, config: Mapping[str, Any] | None = None) -> None:
        """Put `groups`, and `config`, into the document of the page at `path`, in place of what is there."""
        document = {**self.document(path), **groups}
        if config is not None:
            document["config"] = {**document["config"], **config}
        document["measured"] = sorted({*document["measured"], *groups})
        self._db.execute(sql.KEEP_DOCUMENT, (self._path_id(path), packed_document(document)))

    def add_alias(self, path: str, page_path: str) -> None:
        """Note that links to `path` reach the page at `page_path`, by a redirect or because the host serves both."""
        self._resolved = False
        self._db.execute("REPLACE INTO aliases VALUES (?, ?)", (self._path_id(path), self._path_id(page_path)))

    def add_listed(self, url: str) -> None:
        """Note that a sitemap lists `url` (normalised)."""
        self._db.execute(sql.ADD_LISTED, (plain(url),))

    def add_hreflang(self, url: str, alternates: Iterable[tuple[str, str]]) -> None:
        """Note that a sitemap names `alternates` of `url`: (language tag, normalised URL)."""
        self._name_alternates(url, alternates, "sitemap")

    def documents(self) -> Iterator[dict[str, Any]]:
        """The documents as they were added, sorted by path (by code point)."""
        return (unpacked_document(body) for (body,) in self._db.execute(sql.DOCUMENTS))

    def packed(self) -> Iterator[tuple[str, str, bytes]]:
        """(Path, template, packed document) of every page, in the same order."""
        return iter(self._db.execute(sql.PACKED))

    def told_to_others(self) -> Iterator[tuple[object, ...]]:
        """Give all that `page`, `anchors` and `is_listed` can say to `complete`, which reads nothing else of others."""
        for query in sql.TOLD_TO_OTHERS:
            yield from self._db.execute(query)

    def paths(self) -> Iterator[str]:
        """The paths of all pages, sorted."""
        return (path for (path,) in self._db.execute(sql.PATHS))

    def tell_templates(self) -> None:
        """Find out which pages are built alike; for when all pages are there. Where nothing is new, it is known."""
        if self._templates_told:
            return
        pages = ((path, unpacked(skeleton)) for path, skeleton in self._db.execute(sql.SKELETONS))
        self._db.executemany("REPLACE INTO templates VALUES (?, ?)", templates.alike(pages))
        self._templates_told = True

    def largest_templates(self, most: int) -> list[str]:
        """The paths of the first pages of the largest templates, as far as they were told."""
        return [path for (path,) in self._db.execute(sql.LARGEST_TEMPLATES, (most,))]

    def template(self, path: str) -> str:
        """The path of the first page that is built like the one at `path`; that path itself where nothing is known."""
        row = self._db.execute("SELECT template FROM templates WHERE path = ?", (plain(path),)).fetchone()
        return path if row is None else str(row[0])

    def digest(self, path: str) -> PageDigest | None:
        """The page measured at `path`."""
        return self._one_digest("path = ?", path)

    def page(self, url: str) -> PageDigest | None:
        """The page measured at the normalised address `url`."""
        return self._one_digest("url = ?", url)

    def anchors(self, path: str) -> frozenset[str] | None:
        """The names that a fragment may point at in the page at `path`; None when no page was measured there."""
        if path in self._anchors:
            self._anchors.move_to_end(path)
            return self._anchors[path]
        row = self._db.execute(sql.ANCHORS, (plain(path),)).fetchone()
        found = None if row is None else unpacked_anchors(row[0])
        self._anchors[path] = found
        if len(self._anchors) > ANCHORS_KEPT:
            self._anchors.popitem(last=False)
        return found

    def counts(self) -> PageCounts:
        """How many pages are what."""
        return PageCounts(*(int(number or 0) for number in self._db.execute(sql.COUNTS).fetchone()))

    def shared(self, field: SharedField) -> Iterator[Shared]:
        """Values that several indexable, self-canonical pages share; versions of one page count once."""
        for value, count in self._db.execute(sql.SHARED[field]):
            urls = self._db.execute(sql.SHARERS[field], (value, SHOWN))
            yield Shared(value, tuple(url for (url,) in urls), count)

    def near(self) -> Iterator[Near]:
        """Groups of indexable, self-canonical pages with almost the same main text, but not the very same."""
        return near(self._db)

    def listed(self) -> Iterator[tuple[str, int]]:
        """(Address, how often) of what sitemaps list."""
        return iter(self._db.execute("SELECT url, times FROM listed ORDER BY url"))

    def is_listed(self, url: str) -> bool:
        """Whether a sitemap lists `url` (normalised)."""
        return self._db.execute("SELECT 1 FROM listed WHERE url = ?", (plain(url),)).fetchone() is not None

    def listed_total(self) -> int:
        """How many different addresses sitemaps list."""
        return self._number("SELECT count(*) FROM listed") or 0

    def unlisted(self) -> Iterator[str]:
        """Indexable pages that no sitemap lists."""
        return (url for (url,) in self._db.execute(sql.UNLISTED))

    def _keep_digest(self, page: int, digest: PageDigest) -> None:
        self._resolved = self._templates_told = False
        self._db.execute(sql.KEEP_PAGE, (page, *row_of(digest)))
        self._db.execute("DELETE FROM sketched WHERE path = ?", (plain(digest.path),))
        least = ((value, plain(digest.path)) for value in sorted(digest.sketch)[:LEAST])
        self._db.executemany("INSERT INTO sketched VALUES (?, ?)", least)
        self._db.execute("DELETE FROM hreflang WHERE url = ? AND method = 'page'", (plain(digest.url),))
        self._name_alternates(digest.url, digest.hreflang, "page")

    def _name_alternates(self, url: str, alternates: Iterable[tuple[str, str]], method: str) -> None:
        rows = ((plain(url), plain(lang), plain(target), method) for lang, target in alternates)
        self._db.executemany("INSERT OR IGNORE INTO hreflang VALUES (?, ?, ?, ?)", rows)

    def _path_id(self, path: str) -> int:
        known = self._ids.get(path)
        if known is not None:
            return known
        if len(self._ids) >= IDS_KEPT:
            self._ids.clear()
        found = self._db.execute("SELECT id FROM paths WHERE path = ?", (plain(path),)).fetchone()
        if found is None:
            found = (self._db.execute("INSERT INTO paths (path) VALUES (?)", (plain(path),)).lastrowid,)
        number = self._ids[path] = int(found[0])
        return number

    def _one_digest(self, where: str, value: str) -> PageDigest | None:
        row = self._db.execute(f"{sql.PAGE} WHERE {where}", (plain(value),)).fetchone()
        return None if row is None else digest_of(row)
