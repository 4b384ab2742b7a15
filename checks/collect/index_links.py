"""What is asked of the links between the pages of an index: who is linked to, from where, and how far away it is.

In: the tables that `Index` fills. Out: answers, counted in SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.collect import index_sql as sql
from checks.collect.index_rows import digest_of, plain
from checks.facts.site_index import LedElsewhere

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from checks.facts.digest import PageDigest


class LinkQuestions:
    """The part of an index that knows the link graph; `_resolved` is False when something was added since."""

    def __init__(self, db: sqlite3.Connection, home: str) -> None:
        self._db = db
        self._home = home
        self._resolved = False

    def internal_links(self) -> int:
        """Links from page to address within the site, each pair once."""
        return self._number("SELECT count(*) FROM links") or 0

    def links_of(self, path: str) -> Iterator[tuple[str, bool]]:
        """(Path with its query, followed?) of the links of the page at `path`, sorted."""
        return ((target, bool(followed)) for target, followed in self._db.execute(sql.LINKS_OF, (plain(path),)))

    def orphans(self) -> Iterator[PageDigest]:
        """Indexable pages, but for the home page, that no other page links to with a followed link."""
        self._resolve()
        return (digest_of(row) for row in self._db.execute(sql.ORPHANS, {"home": self._home}))

    def depths(self, *, beyond: int) -> Iterator[tuple[str, int]]:
        """(Address, clicks from the home page) of indexable pages more than `beyond` clicks away."""
        self._resolve()
        return iter(self._db.execute(sql.DEEP, (beyond,)))

    def max_depth(self) -> int | None:
        """Clicks to the farthest page that can be reached from the home page; None without a home page."""
        self._resolve()
        return self._number("SELECT max(depth) FROM depths")

    def within(self, clicks: int) -> int | None:
        """Indexable pages at most `clicks` away from the home page; None without a home page."""
        self._resolve()
        return None if self.max_depth() is None else self._number(sql.WITHIN, clicks)

    def few_inlinks(self) -> Iterator[tuple[str, str]]:
        """(Address, address of the page that links to it) of indexable pages that a single other page links to."""
        self._resolve()
        return iter(self._db.execute(sql.FEW_INLINKS))

    def led_elsewhere(self) -> Iterator[LedElsewhere]:
        """Pages that are linked to though they are canonical to another address, or forbid indexing."""
        self._resolve()
        rows = self._db.execute(sql.LED_ELSEWHERE)
        return (LedElsewhere(path, url, bool(noindex), links, example) for path, url, noindex, links, example in rows)

    def dead_ends(self) -> Iterator[str]:
        """Indexable pages without a link to another address of the site."""
        return (url for (url,) in self._db.execute(sql.DEAD_ENDS))

    def endless(self) -> Iterator[tuple[str, str]]:
        """(Path with its query, the first page) of followed links to what has a query or a date in its path, sorted."""
        return iter(self._db.execute(sql.ENDLESS))

    def _number(self, query: str, *values: int) -> int | None:
        found = self._db.execute(query, values).fetchone()[0]
        return None if found is None else int(found)

    def _resolve(self) -> None:
        """Let links lead to pages instead of addresses, then measure depth level by level."""
        if self._resolved:
            return
        for statement in sql.RESOLVE:
            self._db.execute(statement, {"home": self._home})
        depth = 0
        while self._db.execute(sql.NEXT_LEVEL, {"depth": depth}).rowcount > 0:
            depth += 1
        self._resolved = True
