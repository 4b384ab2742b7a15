"""A redirect map as people keep it: a sheet with the columns from, to and, where they like, status.

In: a CSV file, the origin of the site. Out: one `Line` for each row; or a `UserError` with file, line and remedy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.facts.urls import normalise_url, parse, without_fragment
from checks.worth import sheet
from checks.worth.columns import STATUS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.worth.sheet import Row, Sheet

MOST: Final = 200_000
FROM, TO = "from", "to"
MAP: Final = Kind(
    "map",
    "a sheet of redirects",
    {
        FROM: ("from", "source", "old", "old url", "redirect from", "source url", "from url", "von", "alt", "alte url"),
        TO: ("to", "target", "new", "new url", "redirect to", "destination", "target url", "to url", "nach", "neu"),
        STATUS: ("status", "status code", "code", "type", "http status", "redirect type"),
    },
    needed=(FROM, TO),
)
GONE: Final = frozenset({404, 410})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_DEFAULT: Final = 301
_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One redirect of the map."""

    line: int
    source: str
    """Normalised address."""
    target: str | None
    """Normalised address, fragment and all; None: the page is gone on purpose."""
    status: int


def read(file: Path, name: str, origin: str) -> list[Line]:
    """Return the lines of the map in `file`. Raises UserError for what is no map."""
    opened = sheet.opened(file, name, MAP)
    found = list(_lines(opened, origin))
    if not found:
        raise UserError("it has no redirect", where=name, remedy="Each row needs an address in `from` and in `to`.")
    return found


def _lines(opened: Sheet, origin: str) -> Iterator[Line]:
    for number, row in enumerate(opened.rows()):
        if number >= MOST:
            remedy = "Write one rule for what many rows have in common, such as /old/* to /new/:splat."
            raise opened.wrong(row.line, f"it has more than {MOST:,} redirects", remedy)
        status = _status(opened, row)
        source = _address(opened, row, FROM, origin)
        if status in GONE:
            yield Line(row.line, source, None, status)
            continue
        yield Line(row.line, source, _address(opened, row, TO, origin), status)


def _status(opened: Sheet, row: Row) -> int:
    text = row.cells.get(STATUS, "")
    if not text:
        return _DEFAULT
    if not (text.isascii() and text.isdecimal() and int(text[:4]) in REDIRECTS | GONE):
        remedy = "Write 301 or 308 for good, 302 or 307 for now, 410 for what is gone; or leave it empty for 301."
        raise opened.wrong(row.line, f"`{text[:_SHOWN]}` is no status of a redirect", remedy)
    return int(text)


def _address(opened: Sheet, row: Row, column: str, origin: str) -> str:
    text = row.cells[column]
    whole = text.startswith(("https://", "http://"))
    address = parse(text, f"{origin}/") if whole or (text.startswith("/") and not text.startswith("//")) else None
    if address is None or not address.host:
        remedy = (
            "Write a path such as /prices/, or a whole address with https://. A pattern is judged where it is a rule."
        )
        what = f"`{text[:_SHOWN]}` in `{column}` is no address" if text else f"`{column}` is empty"
        raise opened.wrong(row.line, what, remedy)
    if "*" in address.path or "/:" in address.path:
        remedy = "Write the addresses out; `gonogo check` judges patterns, as rules of the host."
        raise opened.wrong(row.line, f"`{text[:_SHOWN]}` in `{column}` is a pattern", remedy)
    return normalise_url(without_fragment(address.url))
