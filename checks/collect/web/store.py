"""What a preview answered, written down once for each address: a table on disk, and the bodies as files beside it.

In: replies, and reasons why there is none. Out: the record of an address, and the files under the names that a build
would have. It is written by the thread that fetches and read by others. Memory grows with the number of files only.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import threading
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote

from checks.collect.addresses import NOT_FOUND_FILE, is_html, is_spelling
from checks.collect.hosts import BuildFiles
from checks.collect.web.sifting import is_html as is_html_reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.collect.web.client import Reply

CATCH_ALL_FILE = "_gonogo-catch-all.html"
_GAPS = "SELECT target, why, excluded FROM answer WHERE why IS NOT NULL AND target > ? ORDER BY target LIMIT ?"
_GAPS_AT_ONCE = 500
_LONGEST_NAME, _LONGEST_PATH = 120, 700
_UNSAFE = re.compile(r"[\x00-\x1f\\:*?\"<>|]")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one address."""

    status: int
    headers: tuple[tuple[str, str], ...]
    file: str | None
    """Where the body lies under the root."""
    transfer: int
    location: str | None
    why: str | None
    """Why there is no answer; then all else says nothing."""


class Store:
    """The record of one preview: bodies in `root`, the table in the file `table`; `base` is the site's own path."""

    def __init__(self, root: Path, table: Path, base: str) -> None:
        self.root = root
        self.files = BuildFiles({})
        self._base = base
        self._lock = threading.Lock()
        self._folded: set[str] = set()
        self._table = sqlite3.connect(table, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500"):
            self._table.execute(f"PRAGMA {pragma}")
        self._table.execute(
            "CREATE TABLE answer (target TEXT PRIMARY KEY, status INT, headers TEXT, file TEXT, transfer INT,"
            " location TEXT, why TEXT, excluded INT) WITHOUT ROWID"
        )
        self._table.execute("CREATE TABLE body (file TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID")
        self._table.execute("CREATE INDEX digests ON body (digest)")
        self._everywhere: tuple[str, str] | None = None
        """Digest and file of what answers wrong addresses."""

    def get(self, target: str) -> Record | None:
        """Return what is known of `target`, path and query; None where nobody asked."""
        with self._lock:
            row = self._table.execute(
                "SELECT status, headers, file, transfer, location, why FROM answer WHERE target = ?", (target,)
            ).fetchone()
        if row is None:
            return None
        headers = tuple((name, value) for name, value in json.loads(row[1]))
        return Record(row[0], headers, row[2], row[3], row[4], row[5])

    def put(self, target: str, reply: Reply, location: str | None, *, probe: bool = False) -> Record:
        """Keep an answer; `probe` says that its address is a wrong one."""
        with self._lock:
            file = None if location is not None else self._filed(target, reply, probe=probe)
            reply.file.unlink(missing_ok=True)
            record = Record(reply.status, reply.headers, file, reply.transfer, location, None)
            self._insert(target, record)
            return record

    def fail(self, target: str, why: str, *, excluded: bool = False) -> Record:
        """Keep why there is no answer; `excluded`: because a limit leaves the address out. An answer is forgotten."""
        with self._lock:
            row = self._table.execute("SELECT file FROM answer WHERE target = ?", (target,)).fetchone()
            self.files.sizes.pop(row[0] if row else "", None)
            record = Record(0, (), None, 0, None, why)
            self._insert(target, record, excluded=excluded)
            return record

    def gaps(self) -> Iterator[tuple[str, str, bool]]:
        """Give the addresses that have no answer, why, and whether a limit leaves them out; sorted."""
        last = ""
        while rows := self._gaps_after(last):
            yield from ((target, why, bool(excluded)) for target, why, excluded in rows)
            last = rows[-1][0]

    def redirects(self) -> list[str]:
        """Return the addresses that redirect, sorted."""
        with self._lock:
            rows = self._table.execute("SELECT target FROM answer WHERE location IS NOT NULL ORDER BY target")
            return [target for (target,) in rows]

    def _gaps_after(self, last: str) -> list[tuple[str, str, int]]:
        with self._lock:
            return self._table.execute(_GAPS, (last, _GAPS_AT_ONCE)).fetchall()

    def close(self) -> None:
        """Let go of the table."""
        self._table.close()

    def _insert(self, target: str, record: Record, *, excluded: bool = False) -> None:
        row = (target, record.status, json.dumps(record.headers), record.file, record.transfer)
        more = (record.location, record.why, int(excluded))
        self._table.execute("INSERT OR REPLACE INTO answer VALUES (?,?,?,?,?,?,?,?)", (*row, *more))

    def _filed(self, target: str, reply: Reply, *, probe: bool) -> str | None:
        """Return the name of the file with this body, which is there already where the same page has two spellings."""
        if self._everywhere is not None and self._everywhere[0] == reply.digest:
            return self._everywhere[1]
        path, _, query = target.partition("?")
        names = self._table.execute("SELECT file FROM body WHERE digest = ?", (reply.digest,)).fetchall()
        for (name,) in names:
            if probe or is_spelling(path, name, self._base):
                return self._seen_everywhere(reply, name) if probe else str(name)
        if probe:
            missing = reply.status >= HTTPStatus.BAD_REQUEST
            return self._seen_everywhere(reply, self._move(reply, NOT_FOUND_FILE if missing else CATCH_ALL_FILE))
        if reply.status >= HTTPStatus.BAD_REQUEST:
            return None
        return self._move(reply, file_name(path.removeprefix(self._base.rstrip("/")), query, html=is_html_reply(reply)))

    def _seen_everywhere(self, reply: Reply, name: str) -> str:
        self._everywhere = (reply.digest, name)
        return name

    def _move(self, reply: Reply, name: str) -> str:
        """Move the body to `name`, or to a name of its own where that is taken, by a folder or in another case."""
        while self._is_taken(name):
            name = _own_name(name)
        place = self.root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        reply.file.replace(place)
        self._folded.add(name.casefold())
        self._table.execute("INSERT OR REPLACE INTO body VALUES (?, ?)", (name, reply.digest))
        self.files.sizes[name] = reply.size
        return name

    def _is_taken(self, name: str) -> bool:
        place = self.root / name
        return name.casefold() in self._folded or place.is_dir() or any(one.is_file() for one in place.parents)


def file_name(path: str, query: str, *, html: bool) -> str:
    """Return the name that the body at a path would have in a build; one that no file may have gets one of its own."""
    plain = unquote(path, errors="replace").lstrip("/")
    name = plain + "index.html" if not plain or plain.endswith("/") else plain
    if html and not is_html(name):
        name += ".html"
    if query:
        suffix = _SUFFIX.search(name)
        end = suffix.group() if suffix else ""
        name = f"{name.removesuffix(end)}~{_short(query)}{end}"
    parts = name.split("/")
    unsafe = _UNSAFE.search(name) is not None or {"", ".", ".."} & set(parts)
    too_long = len(name.encode()) > _LONGEST_PATH or any(len(part.encode()) > _LONGEST_NAME for part in parts)
    return _own_name(name) if unsafe or too_long else name


def _own_name(name: str) -> str:
    suffix = _SUFFIX.search(name)
    return f"_gonogo/{_short(name)}{suffix.group() if suffix else ''}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
