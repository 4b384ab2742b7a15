"""An export as rows: its encoding, its delimiter, where its table begins, which of its columns are known.

In: a file and its kind. Out: a `Sheet`, whose rows are read as a stream, as often as somebody asks; or a `UserError`
with file, line and remedy. Notes before the table are read for the period that it covers, as analytics writes it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.worth import text
from checks.worth.columns import TOTALS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.worth.columns import Kind

DELIMITERS: Final = (",", ";", "\t", "|")
MOST_ROWS: Final = 1_000_000
MOST_COLUMNS: Final = 1_000
LONGEST_CELL: Final = 4_096
_HEAD_WITHIN: Final = 50
_DATE: Final = re.compile(r"(start|end) date\D{0,5}(\d{4})-?(\d{2})-?(\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    line: int
    cells: dict[str, str]
    """By column; white space at both ends taken away, empty where nothing was written."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One export, opened."""

    file: Path
    name: str
    """As errors call it."""
    encoding: str
    delimiter: str
    head: int
    """The line that names the columns."""
    columns: tuple[str | None, ...]
    days: int | None
    """How many days it covers, where its notes say so."""

    def rows(self) -> Iterator[Row]:
        """Give the rows. Raises UserError for what is no table."""
        with text.opened(self.file, self.encoding) as stream:
            lines = text.lines_of(stream, self.name)
            for _ in islice(lines, self.head):
                pass
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            line = self.head + 1
            try:
                for number, cells in enumerate(reader):
                    if number >= MOST_ROWS:
                        raise self.wrong(line, f"it has more than {MOST_ROWS:,} rows", "Export fewer rows.")
                    if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                        yield self._row(line, cells)
                    line = self.head + 1 + reader.line_num
            except csv.Error as error:
                remedy = "Put a cell that holds the delimiter or a quote between quotes, or export it again."
                raise self.wrong(line, f"it is no CSV: {error}", remedy) from error

    def wrong(self, line: int, what: str, remedy: str) -> UserError:
        """Return the error about one line."""
        return UserError(what, where=f"{self.name}:{line}", remedy=remedy)

    def _row(self, line: int, cells: list[str]) -> Row:
        # Analytics writes "Grand total" behind the last column.
        beyond = [cell for cell in cells[len(self.columns) :] if cell.strip().lower() not in TOTALS]
        if beyond:
            remedy = "Put a cell that holds the delimiter between quotes: a number such as 1,234 too."
            raise self.wrong(line, f"`{beyond[0][:40]}` stands in no column", remedy)
        named = {column: cell.strip() for column, cell in zip(self.columns, cells, strict=False) if column}
        if any(len(cell) > LONGEST_CELL for cell in named.values()):
            raise self.wrong(line, f"a cell has more than {LONGEST_CELL:,} characters", "Is this the right file?")
        return Row(line, {**{column: "" for column in self.columns if column}, **named})


def opened(file: Path, name: str, kind: Kind) -> Sheet:
    """Return the export in `file`, which errors call `name`. Raises UserError for one that is not of its kind."""
    encoding = text.encoding_of(file, name)
    with text.opened(file, encoding) as stream:
        begin = list(islice(text.lines_of(stream, name), _HEAD_WITHIN))
    for number, line in enumerate(begin, start=1):
        found = max(((_columns(line, one, kind), one) for one in DELIMITERS), key=lambda pair: _known(pair[0]))
        columns, delimiter = found
        if not _missing(kind, columns):
            twice = next((one for one in kind.names if columns.count(one) > 1), None)
            if twice:
                what = f"two columns can be the `{twice}`"
                raise UserError(what, where=f"{name}:{number}", remedy="Take the one out that is not meant.")
            return Sheet(file, name, encoding, delimiter, number, columns, _days(begin[: number - 1], name))
    best = max((_columns(line, one, kind) for line in begin for one in DELIMITERS), key=_known, default=())
    missing = _missing(kind, best)
    remedy = f"It should be {kind.title}. " + " ".join(
        f"`{one}` may be called: {', '.join(kind.names[one][:4])}." for one in missing
    )
    said = ", ".join(f"`{one}`" for one in missing)
    what = f"no line names {'one of the columns' if len(missing) > 1 and kind.one_of else 'the column'} {said}"
    raise UserError(what, where=name, remedy=remedy)


def _missing(kind: Kind, columns: tuple[str | None, ...]) -> tuple[str, ...]:
    """Return the columns that are needed and not there: all that are, or those of which one would do."""
    needed = tuple(one for one in kind.needed if one not in columns)
    if needed or not kind.one_of or any({*group} <= {*columns} for group in kind.one_of):
        return needed
    return tuple(dict.fromkeys(group[-1] for group in kind.one_of if len(group) == 1 or group[0] in columns))


def _columns(line: str, delimiter: str, kind: Kind) -> tuple[str | None, ...]:
    try:
        cells = next(iter(csv.reader([line], delimiter=delimiter)), [])
    except csv.Error:
        return ()
    if len(cells) > MOST_COLUMNS:
        return ()
    said = [" ".join(cell.lower().replace("_", " ").replace("\ufeff", "").split()) for cell in cells]
    # The first names of a column are the most telling: `landing page` wins over `page` in one table.
    best = {column: next((name for name in names if name in said), None) for column, names in kind.names.items()}
    return tuple(next((column for column, name in best.items() if name == cell), None) for cell in said)


def _known(columns: tuple[str | None, ...]) -> int:
    return sum(column is not None for column in columns)


def _days(notes: list[str], name: str) -> int | None:
    """Return how many days the notes before a table say that it covers."""
    said: dict[str, date] = {}
    for number, line in enumerate(notes, start=1):
        for which, year, month, day in _DATE.findall(line):
            try:
                said[which.lower()] = date(int(year), int(month), int(day))
            except ValueError as error:
                remedy = "Export it again."
                raise UserError(
                    f"there is no day {year}-{month}-{day}", where=f"{name}:{number}", remedy=remedy
                ) from error
    if set(said) != {"start", "end"}:
        return None
    return (said["end"] - said["start"]).days + 1
