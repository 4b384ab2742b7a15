"""A table as a spreadsheet exports it: any of the usual encodings and delimiters.

In: the bytes of a file. Out: its rows as cells by column, each with the line it begins on; or what keeps it from being
read. What comes in may be hostile: sizes are bounded, and nothing is guessed that the header does not say.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import Final

from checks.judge.problems import Problem
from checks.nearest import nearest

LARGEST: Final = 256 * 1024
MOST_ROWS: Final = 500
LONGEST_CELL: Final = 1000
DELIMITERS: Final = (",", ";", "\t")
COLUMNS: Final = {
    "pages": ("url or pattern", "url", "pattern", "page", "pages", "where"),
    "must": ("what must hold", "must", "must hold", "expectation", "rule"),
    "value": ("value",),
    "owner": ("owner", "whose"),
    "why": ("why", "reason"),
    "severity": ("severity", "how bad"),
}
"""Column -> what its head may say, in small letters."""
NEEDED: Final = ("pages", "must", "owner", "why")
_REMEDY: Final = "The first line names the columns: URL or pattern, what must hold, value, owner, why, severity."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet."""

    line: int
    """On which it begins, from 1."""
    cells: dict[str, str]
    """By column; white space collapsed, empty where nothing was written."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What could be read, and what is wrong."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read(data: bytes) -> Sheet:
    """Return the rows of a sheet; never raises for what it holds."""
    if len(data) > LARGEST:
        return _refused(f"it has more than {LARGEST:,} bytes", "Split it, or take out what no longer holds.")
    text = decoded(data)
    if "\0" in text:
        return _refused("it is no text", "Export the sheet as CSV, in UTF-8.")
    begin, text = _after_hint(text)
    delimiter = _delimiter(text)
    try:
        records = _records(text, delimiter, begin)
    except csv.Error as error:
        return _refused(f"it is no CSV: {error}", "Export the sheet again as CSV, in UTF-8.")
    if not records:
        return Sheet((), ())
    columns, problems = _columns(records[0])
    if problems:
        return Sheet((), problems)
    if len(records) > MOST_ROWS + 1:
        return _refused(f"it has {len(records) - 1:,} rows", f"At most {MOST_ROWS} are read.")
    return _sheet(records[1:], columns)


def decoded(data: bytes) -> str:
    """Return the text: by its byte order mark, else as UTF-16 that has none, as UTF-8, or as Windows wrote it."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    if data[1::2][:50].count(0) > len(data[1::2][:50]) / 2:
        return data.decode("utf-16-le", "replace")
    for name in ("utf-8", "cp1252"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _after_hint(text: str) -> tuple[int, str]:
    """Skip Excel's `sep=;`, which stands before the header; the header says the same."""
    first, end, rest = text.partition("\n")
    hint = first.strip().lower()
    return (1, rest) if end and hint.startswith("sep=") and len(hint) == len("sep=;") else (0, text)


def _delimiter(text: str) -> str:
    """Return the delimiter that divides the first line into most columns that are known."""
    first = next((line for line in text.splitlines() if _says(line)), "")

    def known(delimiter: str) -> int:
        return sum(_column(cell) is not None for cell in next(iter(csv.reader([first], delimiter=delimiter)), []))

    try:
        return max(DELIMITERS, key=known)
    except csv.Error:
        return ","


def _records(text: str, delimiter: str, begin: int) -> list[tuple[int, list[str]]]:
    """Return what is no blank line and no note, with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    line = begin + 1
    for cells in reader:
        if any(_says(cell) for cell in cells) and not cells[0].lstrip().startswith("#"):
            found.append((line, cells))
        line = begin + reader.line_num + 1
    return found


def _says(text: str) -> bool:
    return bool(text.strip(" \t\r\n,;\ufeff"))


def _column(cell: str) -> str | None:
    name = " ".join(cell.lower().replace("_", " ").replace("\ufeff", "").split())
    return next((column for column, names in COLUMNS.items() if name in names), None)


def _columns(record: tuple[int, list[str]]) -> tuple[list[str | None], tuple[Problem, ...]]:
    line, cells = record
    columns = [_column(cell) for cell in cells]
    known = [name for names in COLUMNS.values() for name in names]
    problems = [
        Problem(f"no column `{cell[:60]}`{nearest(cell.lower().strip(), known)}", line=line, remedy=_REMEDY)
        for cell, column in zip(cells, columns, strict=True)
        if column is None and cell.strip()
    ]
    for column, names in COLUMNS.items():
        if columns.count(column) > 1:
            problems.append(Problem(f"the column `{names[0]}` stands twice", line=line, remedy=_REMEDY))
        if column in NEEDED and column not in columns:
            problems.append(Problem(f"there is no column `{names[0]}`", line=line, remedy=_REMEDY))
    return columns, tuple(problems)


def _sheet(records: list[tuple[int, list[str]]], columns: list[str | None]) -> Sheet:
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, cells in records:
        beyond = [cell for cell in cells[len(columns) :] if cell.strip()]
        unnamed = [cell for cell, column in zip(cells, columns, strict=False) if column is None and cell.strip()]
        if beyond or unnamed:
            what = f"`{(beyond or unnamed)[0][:60]}` stands in no column"
            problems.append(Problem(what, line=line, remedy="Put a cell that holds the delimiter between quotes."))
        elif any(len(cell) > LONGEST_CELL for cell in cells):
            problems.append(Problem("a cell is too long", line=line, remedy=f"At most {LONGEST_CELL:,} characters."))
        else:
            named = {column: " ".join(cell.split()) for column, cell in zip(columns, cells, strict=False) if column}
            rows.append(Row(line, {**dict.fromkeys(COLUMNS, ""), **named}))
    return Sheet(tuple(rows), tuple(problems))


def _refused(what: str, remedy: str) -> Sheet:
    return Sheet((), (Problem(what, remedy=remedy),))
