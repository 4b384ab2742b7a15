"""Measurements in one SQLite file: bounded, safe for several processes, thrown away when it is broken.

In: for a place, a trace (what the measurement depended on) and a body. Out: the traces of a place, and the body of one.
The file is hostile input: a row that was not sealed with our secret is dropped unread, a file with another schema than
ours is replaced, and no trouble with it ever ends a run; then there is nothing kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILE: Final = "measurements-1.sqlite"
LIMIT: Final = 1_000_000_000
"""Bytes that are kept; beyond them, what was not used for longest goes first."""
_LARGEST = 32_000_000
"""Bytes of one row."""
_TRACES = 4
"""So many measurements of one place are compared: those of other branches, and of the build before."""
_AT_ONCE = 64
_PATIENCE_S = 60
"""Seconds that another process may hold the file, for it may be stalled; waited for once."""
_DAY = 86_400
_TABLES = (
    "CREATE TABLE trace (key BLOB PRIMARY KEY, place BLOB, used INTEGER, size INTEGER, trace BLOB, seal BLOB)",
    "CREATE TABLE body (key BLOB PRIMARY KEY, body BLOB, seal BLOB)",
    "CREATE INDEX by_place ON trace (place, used)",
    "CREATE INDEX by_use ON trace (used, size)",
)
_TRACES_OF = """
    SELECT key, trace, seal FROM trace
    WHERE place = ? AND length(trace) < ? ORDER BY used DESC, rowid DESC LIMIT ?
"""
_BODY = "SELECT body, seal FROM body WHERE key = ? AND length(body) < ?"
_PUT_TRACE = "REPLACE INTO trace VALUES (?, ?, ?, ?, ?, ?)"
_PUT_BODY = "REPLACE INTO body VALUES (?, ?, ?)"
_USED = "UPDATE trace SET used = ? WHERE key = ? AND used < ?"
_OLDEST = "SELECT key, size FROM trace ORDER BY used"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Trace:
    """What a measurement depended on, and the key that its body lies under."""

    key: bytes
    text: bytes


class Store:
    """The file in `folder`; `secret` seals what is written, `now` (seconds) says what was used when."""

    def __init__(self, folder: Path, secret: bytes, now: int, limit: int = LIMIT) -> None:
        self._file = folder / FILE
        self._secret = secret
        self._now = now
        self._limit = limit
        self._waiting: dict[bytes, tuple[bytes, bytes, bytes]] = {}
        self._used: set[bytes] = set()
        self._db: sqlite3.Connection | None = None
        self.troubles: set[str] = set()
        """What was wrong with the file, in words for the report."""
        self._trying(self._open, None)

    def traces(self, place: bytes) -> list[Trace]:
        """Return what is known of a place, what was used last first; only what we have sealed."""
        if any(one == place for one, _, _ in self._waiting.values()):
            self._flush()
        rows: list[tuple[Any, ...]] = self._trying(
            lambda db: db.execute(_TRACES_OF, (place, _LARGEST, _TRACES)).fetchall(), []
        )
        return [Trace(key, text) for key, text, seal in rows if self._is_ours(b"trace", key, text, seal)]

    def body(self, key: bytes) -> bytes | None:
        """Return what lies under `key`, and note that it is used; None where it is gone or not ours."""
        if key in self._waiting:
            self._flush()
        row = self._trying(lambda db: db.execute(_BODY, (key, _LARGEST)).fetchone(), None)
        if row is None or not self._is_ours(b"body", key, *row):
            return None
        self._used.add(key)
        if len(self._used) >= _AT_ONCE:
            self._flush()
        return bytes(row[0])

    def put(self, place: bytes, trace: Trace, body: bytes) -> None:
        """Keep a measurement."""
        self._waiting[trace.key] = (place, trace.text, body)
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def put_again(self, key: bytes, body: bytes) -> None:
        """Put another body under `key`, which was put before."""
        self._flush()
        row = (key, body, self._seal(b"body", key, body))
        self._trying(lambda db: db.execute(_PUT_BODY, row), None)

    def close(self) -> None:
        """Write what waits, drop what is too much, and let go of the file."""
        self._flush()
        self._trying(self._shrink, None)
        self._let_go()

    def _trying(self, work: Callable[[sqlite3.Connection], Answer], otherwise: Answer) -> Answer:
        """Do `work`; where the file is broken, begin a new one; where it is busy or can't be written, do without."""
        try:
            return work(self._db or self._connected())
        except sqlite3.OperationalError as error:
            self.troubles.add(f"it can't be used now ({error})")
            self._lose_patience()
        except (sqlite3.DatabaseError, _ForeignError):
            self._begin_anew()
        return otherwise

    def _lose_patience(self) -> None:
        """Never wait again: who holds the file may hold it for ever, and a run has many things to keep."""
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("PRAGMA busy_timeout = 0")

    def _begin_anew(self) -> None:
        self._let_go()
        self.troubles.add("it was broken, and begun anew")
        # Renamed before it is removed: another process may have begun a new one under the name meanwhile.
        trash = self._file.with_name(f"{self._file.name}.{secrets.token_hex(8)}")
        with contextlib.suppress(OSError):
            self._file.rename(trash)
            trash.unlink()
            for ending in ("-wal", "-shm"):
                self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
        with contextlib.suppress(sqlite3.Error, _ForeignError):
            self._open(self._connected())

    def _connected(self) -> sqlite3.Connection:
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(self._file, _PATIENCE_S, isolation_level=None)
        return self._db

    def _open(self, db: sqlite3.Connection) -> None:
        # What a schema that is not ours would compute is not computed (https://www.sqlite.org/security.html).
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        with _transaction(db):
            there = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")]
            if not there:
                for table in _TABLES:
                    db.execute(table)
            elif there != list(_TABLES):
                raise _ForeignError

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, {}
        used, self._used = self._used, set()
        traces = [
            (key, place, self._now, len(trace) + len(body), trace, self._seal(b"trace", key, trace))
            for key, (place, trace, body) in waiting.items()
        ]
        bodies = [(key, body, self._seal(b"body", key, body)) for key, (_, _, body) in waiting.items()]

        def write(db: sqlite3.Connection) -> None:
            with _transaction(db):
                db.executemany(_PUT_TRACE, traces)
                db.executemany(_PUT_BODY, bodies)
                # To write a row again costs something, and which day it was used is enough.
                db.executemany(_USED, ((self._now, key, self._now - _DAY) for key in used))

        if traces or used:
            self._trying(write, None)

    def _shrink(self, db: sqlite3.Connection) -> None:
        total = db.execute("SELECT ifnull(sum(size), 0) FROM trace").fetchone()[0]
        if total <= self._limit:
            return
        gone = []
        for key, size in db.execute(_OLDEST):
            if total <= self._limit * 0.8:
                break
            gone.append((key,))
            total -= size
        with _transaction(db):
            for delete in ("DELETE FROM trace WHERE key = ?", "DELETE FROM body WHERE key = ?"):
                db.executemany(delete, gone)
        # Not `execute`, which does one step of it: a single page.
        db.executescript("PRAGMA incremental_vacuum")

    def _let_go(self) -> None:
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
        self._db = None

    def _seal(self, what: bytes, key: bytes, text: bytes) -> bytes:
        return hashlib.blake2b(b"%b %b %b" % (what, key, text), key=self._secret, digest_size=32).digest()

    def _is_ours(self, what: bytes, key: object, text: object, seal: object) -> bool:
        if isinstance(key, bytes) and isinstance(text, bytes) and isinstance(seal, bytes):
            if hmac.compare_digest(seal, self._seal(what, key, text)):
                return True
            self.troubles.add("it holds what was not written with this key")
        return False


class _ForeignError(Exception):
    """Tables that are not ours."""


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    with db:  # commits, or rolls back
        db.execute("BEGIN IMMEDIATE")
        yield
