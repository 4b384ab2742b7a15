"""The HTML of pages as it was delivered, in one file of the run folder.

In: the path of a page, its bytes and their encoding. Out: both again, offline, for snippets. After judging, only the
pages that are illustrated are kept, compressed.
"""

from __future__ import annotations

import sqlite3
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FAST = 1
_TABLE = "CREATE TABLE IF NOT EXISTS page (path TEXT PRIMARY KEY, charset TEXT, compressed INTEGER, body BLOB)"
_COMPRESSED = "UPDATE page SET compressed = 1, body = ? WHERE path = ?"
_AT_ONCE = 200
_FORGET = """
DELETE FROM page WHERE rowid IN (SELECT rowid FROM page WHERE path NOT IN (SELECT path FROM kept) LIMIT ?)
"""


class Page(NamedTuple):
    """One page as it was delivered."""

    body: bytes
    charset: str | None
    """The encoding that it declares; None: none."""


class Delivered:
    """A store of pages in the file `path`; made where it is not there."""

    def __init__(self, path: Path) -> None:
        self._table = sqlite3.connect(path, isolation_level=None)
        self._table.execute("PRAGMA synchronous = OFF")
        self._table.execute("PRAGMA journal_mode = MEMORY")
        self._table.execute("PRAGMA cache_size = -500")  # KiB
        self._table.execute(_TABLE)

    def put(self, path: str, body: bytes, charset: str | None, *, compress: bool = True) -> None:
        """Keep what was delivered for `path`. To compress costs more than all else that is done with a reused page."""
        kept = zlib.compress(body, _FAST) if compress else body
        self._table.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", (path, charset, compress, kept))

    def get(self, path: str) -> Page | None:
        """Return what was delivered for `path`, or None where it was not kept."""
        row = self._table.execute("SELECT body, compressed, charset FROM page WHERE path = ?", (path,)).fetchone()
        return Page(zlib.decompress(row[0]) if row[1] else row[0], row[2]) if row else None

    def keep_only(self, paths: Iterable[str]) -> None:
        """Forget every page but those in `paths`, and give the space back."""
        self._table.execute("CREATE TEMP TABLE kept (path TEXT PRIMARY KEY)")
        self._table.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((path,) for path in paths))
        # A few at a time: the journal, which is in memory, holds what one statement has changed.
        while self._table.execute(_FORGET, (_AT_ONCE,)).rowcount > 0:
            pass
        self._table.execute("DROP TABLE kept")
        for (path,) in self._table.execute("SELECT path FROM page WHERE NOT compressed").fetchall():
            (body,) = self._table.execute("SELECT body FROM page WHERE path = ?", (path,)).fetchone()
            self._table.execute(_COMPRESSED, (zlib.compress(body, _FAST), path))
        self._table.execute("VACUUM")

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()
