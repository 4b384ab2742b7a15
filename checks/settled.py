"""Which pages of a run ended in a state, on disk: a site may have more of them than memory should hold.

In: a run folder, a state of its ledger. Out: `Settled`, which is asked for paths.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from checks import kept_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.run_folder import RunFolder

_ADD: Final = "INSERT OR IGNORE INTO page VALUES (?)"


class Settled:
    """The paths of the addresses that ended in one state."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __contains__(self, path: str) -> bool:
        return self._db.execute("SELECT 1 FROM page WHERE path = ?", (path,)).fetchone() is not None

    @property
    def is_empty(self) -> bool:
        """Whether no address ended so."""
        return self._db.execute("SELECT 1 FROM page").fetchone() is None


@contextmanager
def settled(run: RunFolder, state: str) -> Iterator[Settled]:
    """Give the addresses of `run` that ended in `state`."""
    db = sqlite3.connect("", isolation_level=None)
    try:
        db.execute("PRAGMA cache_size = -500")  # KiB
        db.execute("CREATE TABLE page (path TEXT PRIMARY KEY) WITHOUT ROWID")
        db.execute("BEGIN")
        lines = (line for line in kept_facts.coverage(run) if line["state"] == state)
        db.executemany(_ADD, ((line["path"],) for line in lines))
        yield Settled(db)
    finally:
        db.close()
