"""What is asked of the pages of an index that name one another as versions in other languages.

In: the tables that `Index` fills. Out: answers, counted in SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.collect import index_sql as sql
from checks.facts.site_index import Annotation, Contradiction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

SHOWN = 20
"""Addresses that a shared value or a contradiction names."""


class AlternateQuestions:
    """The part of an index that knows alternates."""

    _db: sqlite3.Connection

    def unreturned(self) -> Iterator[Annotation]:
        """Annotations whose target is a measured page that does not name the page back."""
        return (Annotation(*row) for row in self._db.execute(sql.UNRETURNED))

    def annotations(self) -> Iterator[Annotation]:
        """Annotations of one page by another, one language for each pair of addresses."""
        return (Annotation(*row) for row in self._db.execute(sql.ANNOTATIONS))

    def told_differently(self) -> Iterator[str]:
        """Addresses whose alternates the page and a sitemap both name, and not the same ones."""
        return (url for (url,) in self._db.execute(sql.TOLD_DIFFERENTLY))

    def languages(self) -> Iterator[tuple[str, str, frozenset[str]]]:
        """(Path, address, languages in lower case) of indexable, self-canonical pages that lead to pages in them."""
        for path, url, langs in self._db.execute(sql.LANGUAGES):
            yield path, url, frozenset((langs or "").split(",")) - {""}

    def contradictions(self) -> Iterator[Contradiction]:
        """One language with several addresses, and one address with several languages."""
        for url, lang in self._db.execute(sql.SEVERAL_ADDRESSES):
            yield Contradiction(url, lang, self._strings(sql.ADDRESSES_OF, url, lang, SHOWN))
        for url, langs in self._db.execute(sql.SEVERAL_LANGUAGES):
            joined = ", ".join(sorted(langs.split(",")))
            yield Contradiction(url, joined, self._strings(sql.NAMED_BY, url, SHOWN))

    def _strings(self, query: str, *values: str | int) -> tuple[str, ...]:
        return tuple(text for (text,) in self._db.execute(query, values))
