"""What a monitor's export says in figures: which part of the time the site was up, and how long something took.

In: an opened export and its rows. Out: a part of 1, or seconds; or a `UserError` with file, line and remedy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from checks.worth import durations
from checks.worth.columns import UNITS
from checks.worth.numbers import Decimal, NoNumberError

if TYPE_CHECKING:
    from checks.worth.sheet import Row, Sheet

_NOTHING: Final = frozenset({"", "-", "\u2013", "\u2014", "n/a", "null", "none", "no data"})
_NUMBER: Final = re.compile("[0-9][0-9.,' \u00a0\u202f]*")
_ALL: Final = 100
_LONGEST: Final = 100


class Amounts:
    """Reads the figures of one export; looks it through first for the mark before decimals."""

    def __init__(self, opened: Sheet, decimal: str | None) -> None:
        self._sheet, self._decimal = opened, Decimal(decimal)
        lengths = [column for columns in UNITS.values() for column, _ in columns if column in opened.columns]
        for row in opened.rows():
            self._look(row, row.cells.get("uptime", ""), thousands=False)
            for column in lengths:
                self._look(row, row.cells[column], thousands=True)

    def _look(self, row: Row, cell: str, *, thousands: bool) -> None:
        try:
            self._decimal.look(cell, row.line, thousands=thousands)
        except NoNumberError as error:
            raise self._sheet.wrong(row.line, str(error), "Export it again, all of it in one language.") from None

    def share(self, row: Row) -> float | None:
        """Return the part of the time that the site was up; None where the row does not say."""
        cell = row.cells["uptime"]
        if cell.lower() in _NOTHING:
            return None
        percent = self._number(row, cell, "Write how long the site was up in percent, such as 99.98%.")
        if percent > _ALL:
            raise self._sheet.wrong(row.line, f"`{cell[:_LONGEST]}` is more than all the time", "Write percentages.")
        if 0 < percent <= 1 and not cell.endswith("%"):
            what = f"`{cell[:_LONGEST]}` can be a share or a percentage"
            raise self._sheet.wrong(row.line, what, "Write percentages, with their sign: 99.98%.")
        return percent / _ALL

    def seconds(self, row: Row, what: str) -> float | None:
        """Return a length of time; None where the row does not say."""
        for column, unit in UNITS[what]:
            cell = row.cells.get(column, "")
            if cell.lower() in _NOTHING:
                continue
            if not _NUMBER.fullmatch(cell):
                return self._length(row, cell)
            number = self._number(row, cell, f"The column `{column}` holds numbers alone.")
            if unit is None and number:
                remedy = f"Name the column `{what} (seconds)` or `{what} (minutes)`, or write 1h 5m 3s."
                raise self._sheet.wrong(row.line, f"`{cell[:_LONGEST]}` has no unit", remedy)
            return number * (unit or 0)
        return None

    def _length(self, row: Row, cell: str) -> float:
        try:
            return durations.seconds(cell)
        except NoNumberError as error:
            raise self._sheet.wrong(row.line, str(error), "Write 1h 5m 3s, 01:05:03, or seconds.") from None

    def _number(self, row: Row, cell: str, remedy: str) -> float:
        try:
            return self._decimal.number(cell, whole=False)
        except NoNumberError as error:
            raise self._sheet.wrong(row.line, str(error), remedy) from None
