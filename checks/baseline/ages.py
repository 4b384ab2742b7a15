"""Since when each finding of what is live is known: a list within a saved run, carried on to the next that is saved.

In: a finished run, and the list as it was; or a list. Out: the list as it is from then on. It holds days and no
judgement: a finding counts as existing because the baseline is judged again, and is dated by this list. What is gone
is left out, so that a fault which comes back is young again; what nobody could look for stays.
"""

from __future__ import annotations

import datetime as dt
import gzip
import shutil
import sqlite3
import zlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

from checks import json_bytes, run_folder
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from checks.run_folder import RunFolder

FILE: Final = "ages.jsonl.gz"
"""The list in the folder of a saved run."""
_DATED: Final = frozenset({"page", "site"})
"""Kinds of documents that a baseline holds, and is judged again by."""
_LARGEST: Final = 1024 * 1024 * 1024
"""Bytes of the list; a finding takes 150, and some bytes can be made to hold gigabytes."""
_TABLE: Final = """
PRAGMA journal_mode = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -4000;  -- KiB: the same for a site of any size
CREATE TABLE ages (
    fingerprint TEXT PRIMARY KEY, policy TEXT, page TEXT, day TEXT, at_least INTEGER, seen INTEGER DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE unseen (path TEXT PRIMARY KEY) WITHOUT ROWID;
BEGIN;
"""
_KEEP: Final = """
INSERT INTO ages VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET
    at_least = CASE WHEN excluded.day < day THEN excluded.at_least ELSE at_least END, day = min(day, excluded.day),
    seen = 1
"""
_LEFT: Final = "SELECT fingerprint, policy, page, day, at_least, seen, page IN (SELECT path FROM unseen) FROM ages"


@dataclass(frozen=True, slots=True)
class Age:
    """Since when one finding is known."""

    fingerprint: str
    policy: str
    page: str | None
    """None for the site."""
    day: dt.date
    at_least: bool
    """Whether it may be older."""

    def to_document(self) -> dict[str, Any]:
        """Return its line of the list."""
        return {
            "fingerprint": self.fingerprint,
            "policy": self.policy,
            "page": self.page,
            "day": self.day.isoformat(),
            "at_least": self.at_least,
        }


def of(run: RunFolder) -> Iterator[Age]:
    """Give the list that a run folder holds, or nothing. Raises CannotMeasureError where it can't be read."""
    file = run.file(run_folder.AGES)
    if file.is_file():
        for number, line in enumerate(run.lines(run_folder.AGES), start=1):
            yield _age(line, f"{file}:{number}")


def day_of(about: Mapping[str, Any]) -> dt.date | None:
    """Return the day (UTC) of what run.json, or its member `baseline`, tells of; None where it tells none."""
    try:
        moment = dt.datetime.fromisoformat(str(about.get("started") or about.get("finished")))
    except ValueError:
        return None
    return moment.astimezone(dt.UTC).date()


def is_judged(run: RunFolder) -> bool:
    """Return whether a run says which findings there were, and on which day."""
    there = all(run.file(name).is_file() for name in (run_folder.FINDINGS, run_folder.VERDICT))
    return there and day_of(run.read(run_folder.RUN)) is not None


def carry(former: Path | None, run: RunFolder, saved: Path) -> None:
    """Write the list into the folder of a run that is saved: the `former` one, brought up to what is live from now on.

    A run that was not judged says nothing about findings, and takes the list over as it is.
    """
    if not is_judged(run):
        if former is not None:
            shutil.copyfile(former, saved / FILE)
    else:
        with closing(sqlite3.connect("", isolation_level=None)) as db:
            db.executescript(_TABLE)
            db.executemany("INSERT OR REPLACE INTO ages VALUES (?, ?, ?, ?, ?, 0)", map(_row, _listed(former)))
            db.executemany(_KEEP, map(_row, from_findings(run)))
            db.executemany("INSERT OR IGNORE INTO unseen VALUES (?)", _unseen(run))
            _write(saved / FILE, _left(db, _judged(run)))


def load(file: Path | None, run: RunFolder) -> None:
    """Fill a run folder with a list, where there is one."""
    if file is not None:
        run.write_lines(run_folder.AGES, (age.to_document() for age in _listed(file)))


def from_findings(run: RunFolder) -> Iterator[Age]:
    """Give since when the findings of a run are known: at least since its own day; nothing where it was not judged.

    Who compared a run with what was live before knows that what is new was not there.
    """
    day = day_of(run.read(run_folder.RUN))
    if day is None or not is_judged(run):
        return
    compared = run.read(run_folder.VERDICT).get("compared") is not None
    for finding in run.lines(run_folder.FINDINGS):
        if finding["reads"] in _DATED:
            known = finding.get("since")
            first = dt.date.fromisoformat(known["day"]) if known else day
            at_least = known["at_least"] if known else not (compared and finding["state"] == "new")
            yield Age(finding["fingerprint"], finding["policy"], finding.get("page"), first, at_least)


def _row(age: Age) -> tuple[str, str, str | None, str, bool]:
    return age.fingerprint, age.policy, age.page, age.day.isoformat(), age.at_least


def _judged(run: RunFolder) -> frozenset[str]:
    """Return the policies that could be judged wherever they apply: what they no longer find is gone."""
    said = run.read(run_folder.VERDICT)["policies"]
    return frozenset(one["id"] for one in said if not one["cannot_tell"])


def _unseen(run: RunFolder) -> Iterator[tuple[str]]:
    """Give the pages that were not measured, whatever the reason."""
    for line in run.lines(run_folder.COVERAGE):
        if line["kind"] == "page" and line["state"] != "measured":
            yield (line["path"],)


def _left(db: sqlite3.Connection, judged: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    for fingerprint, policy, page, day, at_least, seen, unseen in db.execute(_LEFT):
        if seen or unseen or policy not in judged:
            yield Age(fingerprint, policy, page, dt.date.fromisoformat(day), bool(at_least)).to_document()


def _listed(file: Path | None) -> Iterator[Age]:
    if file is None:
        return
    read = 0
    try:
        with gzip.open(file) as lines:
            for number, line in enumerate(lines, start=1):
                read += len(line)
                if read > _LARGEST:
                    _refuse(str(file), f"holds more than {_LARGEST:,} bytes")
                yield _age(json_bytes.decode(line), f"{file}:{number}")
    except (OSError, EOFError, zlib.error, ValueError) as error:
        _refuse(str(file), f"can't be read: {error}")


def _age(line: Any, where: str) -> Age:
    try:
        day = dt.date.fromisoformat(line["day"])
        page = None if line["page"] is None else str(line["page"])
        return Age(str(line["fingerprint"]), str(line["policy"]), page, day, bool(line["at_least"]))
    except (KeyError, TypeError, ValueError):
        _refuse(where, "is no line about the age of a finding")


def _write(file: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    with file.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as out:
        for line in lines:
            out.write(json_bytes.encode(line) + b"\n")


def _refuse(where: str, what: str) -> NoReturn:
    remedy = "Restore the folder of baselines as it was saved."
    raise CannotMeasureError(what, where=where, remedy=remedy)
