"""The HTML of pages as it was delivered, in one file of the run folder.

In: the path of a page, its bytes and their encoding. Out: both again, offline, for snippets. After judging, only the
pages that are illustrated are kept, compressed.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FAST = 1
_TABLE = "CREATE TABLE IF NOT EXISTS page (path TEXT PRIMARY KEY, charset TEXT, compressed INTEGER, body BLOB)"


class Page(NamedTuple):
    """One page as it was delivered."""

    body: bytes
    charset: str | None
    """The encoding that it declares; None: none."""


class Delivered:
    """A store of pages in the file `path`; made where it is not there."""

    def __init__(self, path: Path) -> None:
        self._file = path
        self._table = _opened(path)

    def put(self, path: str, body: bytes, charset: str | None, *, compress: bool = True) -> None:
        """Keep what was delivered for `path`. To compress costs more than all else that is done with a reused page."""
        kept = zlib.compress(body, _FAST) if compress else body
        self._table.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", (path, charset, compress, kept))

    def get(self, path: str) -> Page | None:
        """Return what was delivered for `path`, or None where it was not kept."""
        row = self._table.execute("SELECT body, compressed, charset FROM page WHERE path = ?", (path,)).fetchone()
        return Page(zlib.decompress(row[0]) if row[1] else row[0], row[2]) if row else None

    def keep_only(self, paths: Iterable[str], scratch: Path) -> None:
        """Forget every page but those in `paths`. What stays is written anew in the folder `scratch`, on the same disk.

        It is little of a large site; to take all others out of the file costs more than it did to put them in.
        """
        with closing(Delivered(scratch / self._file.name)) as kept:
            for path in sorted(set(paths)):
                if page := self.get(path):
                    kept.put(path, *page)
        (scratch / self._file.name).replace(self._file)
        self._table.close()
        self._table = _opened(self._file)

    def close(self) -> None:
        """Write what was put, and let go of the file."""
        try:
            if self._table.in_transaction:  # not where the disk was full: what that means was told already
                self._table.execute("COMMIT")
        finally:
            self._table.close()


def _opened(path: Path) -> sqlite3.Connection:
    table = sqlite3.connect(path, isolation_level=None)
    table.execute("PRAGMA synchronous = OFF")
    table.execute("PRAGMA journal_mode = MEMORY")
    table.execute("PRAGMA cache_size = -500")  # KiB
    table.execute(_TABLE)
    # One transaction for all pages: another for each takes as long as to write it.
    table.execute("BEGIN")
    return table
