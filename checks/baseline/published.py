"""The ledger of every address ever published, with its last day: each must go on leading somewhere.

In: the ledger so far, a run that was launched, its day. Out: the ledger with it, sorted by path. An address that the
launch publishes itself is `live`; one at which it still answers has that day as its last; one at which it was asked and
does not is `gone` from then on, and `retired` where the project declares that it is meant to be gone. It lies in a
table on disk meanwhile: memory does not grow with the ledger.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any, Final

from checks import run_folder
from checks.facts.leading import is_declared, leads_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from checks.run_folder import RunFolder

Document = dict[str, Any]
PAGE, REDIRECT, FILE = "page", "redirect", "file"
_OK: Final = 200
_NOTHING: Final = frozenset({404, 410})
_KEPT_KINDS: Final = frozenset({"document", "feed", "image", "media"})
"""Kinds of files that others link to; code, fonts and data are the site's own business."""
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -4000;  -- KiB: the same for a ledger of any length
CREATE TABLE published (
    path TEXT PRIMARY KEY, kind TEXT, first TEXT, last TEXT, gone TEXT, retired INTEGER, live INTEGER
) WITHOUT ROWID;
"""
_FORMER: Final = "INSERT OR REPLACE INTO published VALUES (?, ?, ?, ?, ?, ?, 0)"
_LIVE: Final = """
INSERT INTO published VALUES (:path, :kind, :day, :day, NULL, 0, 1)
ON CONFLICT DO UPDATE SET kind = :kind, first = min(first, :day), last = max(last, :day), gone = NULL, retired = 0,
    live = 1
"""
_ANSWERS: Final = "UPDATE published SET last = max(last, ?), gone = NULL, retired = 0 WHERE path = ? AND NOT live"
_LOST: Final = "UPDATE published SET gone = coalesce(gone, ?), retired = retired OR ? WHERE path = ? AND NOT live"
_ALL: Final = "SELECT path, kind, first, last, gone, retired, live FROM published ORDER BY path"


def merged(
    former: Iterable[Mapping[str, Any]],
    own: Iterable[tuple[str, str]],
    answers: Iterable[Mapping[str, Any]],
    day: str,
    expected: Callable[[str], int | None],
) -> Iterator[Document]:
    """Give the ledger after a launch; `own`: address and kind of what it publishes itself."""
    with contextlib.closing(sqlite3.connect("", isolation_level=None)) as table:
        table.executescript(_TABLES)
        table.execute("BEGIN")
        fields = ("path", "kind", "first", "last", "gone", "retired")
        table.executemany(_FORMER, (tuple(one[name] for name in fields) for one in former))
        table.executemany(_LIVE, ({"path": path, "kind": kind, "day": day} for path, kind in own))
        for answer in answers:
            if not answer["known"]:
                continue
            path = answer["path"]
            if leads_on(answer):
                table.execute(_ANSWERS, (day, path))
            else:
                table.execute(_LOST, (day, is_declared(answer, expected(path)), path))
        for row in table.execute(_ALL):
            entry = dict(zip((*fields, "live"), row, strict=True))
            yield {**entry, "retired": bool(entry["retired"]), "live": bool(entry["live"])}


def own(run: RunFolder, not_there: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Give address and kind of what a run publishes itself; `not_there`: pages of its ledger that answer 404."""
    missing = frozenset(not_there)
    site = run.read(run_folder.SITE)
    origin = site.get("config", {}).get("production_origin", "")
    for rule in site.get("redirects", {}).get("rules", ()):
        source, to = str(rule["from"]).removeprefix(origin), str(rule.get("to", ""))
        # A loop has no status at its end either.
        leads = rule.get("final_status") == _OK or (rule.get("final_status") is None and not to.startswith(origin))
        if source.startswith("/") and not {"*", ":"} & {*source} and leads:
            yield source, REDIRECT
    for line in run.lines_or_none(run_folder.FILES):
        if line["kind"] in _KEPT_KINDS and not line["hashed"]:
            yield line["path"], FILE
    for line in run.lines(run_folder.COVERAGE):
        if line["kind"] == PAGE and line["state"] == "measured" and line["path"] not in missing:
            yield line["path"], PAGE


def is_not_there(page: Mapping[str, Any]) -> bool:
    """Return whether a list promised a page, and nothing is there."""
    return page.get("http", {}).get("status") in _NOTHING


def day(about: Mapping[str, Any]) -> str:
    """Return the day of a run, by its run.json."""
    return str(about.get("finished") or about.get("started") or "")[:10]
