"""Vitals of real visitors: an export of CrUX or of one's own measuring (RUM), read into a table.

In: an opened export, what is the site's own. Out: the 75th percentiles by address and kind of device; or a `UserError`
with file, line and remedy. They are never added up: percentiles of two addresses make none of both.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.worth import sheet
from checks.worth.addresses import FOREIGN, NO_ADDRESS
from checks.worth.columns import CHANNEL, FIELD, PAGE
from checks.worth.numbers import Decimal, NoNumberError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.settings.exports import Export
    from checks.worth.addresses import Own
    from checks.worth.sheet import Row, Sheet

_TABLE: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE field (path TEXT, device TEXT, lcp REAL, inp REAL, cls REAL, samples INT, line INT,
    PRIMARY KEY (path, device)) WITHOUT ROWID;
BEGIN;
"""
_LONGEST: Final = 100
_LEAST_LCP: Final = 50
"""Milliseconds: nothing is painted sooner, so that a smaller number is one of seconds."""
_MOST_CLS: Final = 20
_DEVICES: Final = {
    **dict.fromkeys(("phone", "mobile", "smartphone"), "phone"),
    **dict.fromkeys(("desktop", "computer"), "desktop"),
    "tablet": "tablet",
    **dict.fromkeys(("", "all", "all_form_factors", "all form factors"), "all"),
}


@dataclass(frozen=True, slots=True)
class Vitals:
    """What one address is like for three visits of four; None: the export does not say."""

    path: str
    device: str
    lcp_ms: float | None
    inp_ms: float | None
    cls: float | None
    samples: int | None


class FieldStore:
    """The scratch file `path`."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_TABLE)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, vitals: Vitals, line: int) -> int | None:
        """Keep what one line says; return the earlier line about the same address and device."""
        said = (vitals.path, vitals.device)
        row = self._db.execute("SELECT line FROM field WHERE path = ? AND device = ?", said).fetchone()
        if row is not None:
            return int(row[0])
        figures = (vitals.lcp_ms, vitals.inp_ms, vitals.cls, vitals.samples)
        self._db.execute("INSERT INTO field VALUES (?, ?, ?, ?, ?, ?, ?)", (*said, *figures, line))
        return None

    def of(self, path: str) -> Iterator[Vitals]:
        """Give what is known of one address, by device."""
        rows = self._db.execute(f"{_SELECT} WHERE path = ? ORDER BY device", (path,))
        return (Vitals(*row) for row in rows)

    def most_visited(self, most: int) -> list[Vitals]:
        """Return the addresses with most visits."""
        return [
            Vitals(*row) for row in self._db.execute(f"{_SELECT} ORDER BY samples DESC, path, device LIMIT ?", (most,))
        ]


_SELECT: Final = "SELECT path, device, lcp, inp, cls, samples FROM field"


def read(export: Export, file: Path, name: str, own: Own, store: FieldStore) -> list[str]:
    """Read the export in `file`, which errors call `name`; return what a reader must know of it. Raises UserError."""
    opened = sheet.opened(file, name, FIELD)
    decimal = Decimal(export.decimal)
    for row in opened.rows():
        for column in FIELD.numbers:
            _look(decimal, opened, row, column)
    kept = foreign = 0
    for row in opened.rows():
        target, why = own.target(row.cells[PAGE])
        if why == NO_ADDRESS:
            remedy = "Each row needs the address of a page; figures of a whole origin are of no page."
            raise opened.wrong(row.line, f"`{row.cells[PAGE][:_LONGEST]}` is no address", remedy)
        if why == FOREIGN:
            foreign += 1
            continue
        earlier = store.add(_vitals(opened, row, target, decimal), row.line)
        if earlier is not None:
            remedy = "Export one row for each page and device: percentiles can't be added up."
            raise opened.wrong(row.line, f"`{row.cells[PAGE][:_LONGEST]}` stands on line {earlier}, too", remedy)
        kept += 1
    if not kept:
        raise UserError(
            f"none of its addresses is on {own.origin}", where=name, remedy="Is it the export of this site?"
        )
    return [f"{name}: {foreign:,} rows of other hosts left out"] if foreign else []


def _look(decimal: Decimal, opened: Sheet, row: Row, column: str) -> None:
    try:
        decimal.look(row.cells.get(column, ""), row.line)
    except NoNumberError as error:
        raise opened.wrong(row.line, str(error), "Export the file again, all of it in one language.") from None


def _vitals(opened: Sheet, row: Row, target: str, decimal: Decimal) -> Vitals:
    device = row.cells.get(CHANNEL, "").lower()
    if device not in _DEVICES:
        remedy = "There are: phone, desktop, tablet and all."
        raise opened.wrong(row.line, f"`{device[:_LONGEST]}` is no kind of device", remedy)
    lcp, inp, cls, samples = (_figure(opened, row, name, decimal) for name in ("lcp", "inp", "cls", "samples"))
    if lcp is not None and lcp < _LEAST_LCP:
        raise opened.wrong(row.line, f"an LCP of {lcp:g} ms can't be", "Write milliseconds, and no seconds.")
    if cls is not None and cls > _MOST_CLS:
        raise opened.wrong(
            row.line, f"a CLS of {cls:g} can't be", "Write it as 0.1; `decimal` says which mark is meant."
        )
    return Vitals(target, _DEVICES[device], lcp, inp, cls, None if samples is None else round(samples))


def _figure(opened: Sheet, row: Row, name: str, decimal: Decimal) -> float | None:
    cell = row.cells.get(name, "")
    if not cell:
        return None
    try:
        return decimal.number(cell, whole=name == "samples")
    except NoNumberError as error:
        raise opened.wrong(row.line, str(error), f"The column `{name}` holds numbers alone.") from None
