"""One export, read into the store: every row is an address of the site, a total, or something that is told.

In: an opened file, what is the site's own. Out: the store, filled, and sentences about what was left out; or a
`UserError` with file, line and remedy.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.worth import sheet
from checks.worth.addresses import FOREIGN, NO_ADDRESS
from checks.worth.columns import CHANNEL, COUNT, KIND_BY_NAME, LOG, NO_PAGE, PAGE, SEARCH, STATUS, TOTALS
from checks.worth.numbers import Decimal, NoNumberError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.settings.exports import Export
    from checks.worth.addresses import Own
    from checks.worth.columns import Kind
    from checks.worth.sheet import Row, Sheet
    from checks.worth.store import Store

MONTH: Final = 30
"""Days that figures are brought to."""
_EXPORT_ENDS: Final = 1_000
"""Rows after which Search Console's own export stops (https://support.google.com/webmasters/answer/12919192)."""
_ANSWERED: Final = range(200, 400)
_NAMED: Final = 3
_LONGEST: Final = 100


def read(export: Export, file: Path, name: str, own: Own, store: Store) -> list[str]:
    """Read the export in `file`, which errors call `name`, into `store`; return what a reader must know of it.

    Raises UserError for what is not an export of its kind, is about another site, or can be read in two ways.
    """
    kind = KIND_BY_NAME[export.kind]
    opened = sheet.opened(file, name, kind)
    reading = _Reading(kind, opened, own, store, _decimal(export, kind, opened), _factor(export, opened))
    for row in opened.rows():
        reading.row(row)
    return list(reading.told())


def _decimal(export: Export, kind: Kind, opened: Sheet) -> Decimal:
    """Look through the whole file for the mark before decimals."""
    decimal = Decimal(export.decimal)
    for row in opened.rows():
        for column in kind.numbers:
            try:
                decimal.look(row.cells.get(column, ""), row.line)
            except NoNumberError as error:
                remedy = "Export the file again, all of it in one language; don't put two exports together."
                raise opened.wrong(row.line, str(error), remedy) from None
    return decimal


def _factor(export: Export, opened: Sheet) -> float:
    """Return what figures are multiplied by, so that they are those of a month."""
    if export.kind not in {"search", "analytics"}:
        return 1.0
    days = days_of(export, opened)
    if not days or days < 1:
        remedy = f"Say in the config how many days it covers: `{export.kind}: {{file: ..., days: 28}}`."
        raise UserError("it does not say which period it covers", where=opened.name, remedy=remedy)
    return MONTH / days


def days_of(export: Export, opened: Sheet) -> int | None:
    """Return how many days an export covers. Raises UserError where its notes and the config differ."""
    if export.days and opened.days and export.days != opened.days:
        what = f"it says that it covers {opened.days} days, and the config says {export.days}"
        raise UserError(what, where=opened.name, remedy=f"Write `days: {opened.days}`, or leave `days` out.")
    return export.days or opened.days


class _Reading:
    """Takes one export's rows."""

    def __init__(self, kind: Kind, opened: Sheet, own: Own, store: Store, decimal: Decimal, factor: float) -> None:
        self._kind, self._sheet, self._own, self._store = kind, opened, own, store
        self._decimal, self._factor = decimal, factor
        self._kept = self._rows = self._twice = self._unknown = self._gone = 0
        self._foreign: Counter[str] = Counter()

    def row(self, row: Row) -> None:
        """Take one row."""
        cell = row.cells[PAGE]
        if cell.lower() in TOTALS:
            return
        self._rows += 1
        if cell.lower() in NO_PAGE:
            self._unknown += 1
            return
        figures = {name: self._number(row, name) for name in self._kind.numbers}
        if self._kind is LOG and int(figures.pop(STATUS)) not in _ANSWERED:
            # What did not answer before is no loss: scanners ask for much that was never there.
            self._gone += 1
            return
        target, why = self._own.target(cell)
        if why == NO_ADDRESS:
            remedy = "Each row begins with an address of the site, such as https://www.example.com/prices/ or /prices/."
            raise self._sheet.wrong(row.line, f"`{self._shown(cell)}` is no address", remedy)
        if why == FOREIGN:
            if len(self._foreign) < _EXPORT_ENDS or target in self._foreign:
                self._foreign[target] += 1
            return
        channel = row.cells.get(CHANNEL, "")[:_LONGEST]
        if self._kind.once and self._is_double(row, cell, channel, figures):
            return
        self._kept += 1
        if self._kind.own_visits:
            # A name, a token or an address of mail must not end in a report.
            target = target.partition("?")[0]
        self._store.add(target, self._kind.name, channel, self._monthly(figures, row))

    def _monthly(self, figures: dict[str, float], row: Row) -> dict[str, float]:
        position = figures.pop("position", 0.0)
        if COUNT in figures and not row.cells.get(COUNT):
            figures[COUNT] = 1.0  # a row for each request or link
        if COUNT not in figures and not self._kind.once:
            figures[COUNT] = 1.0
        monthly = {name: value * self._factor for name, value in figures.items()}
        return {**monthly, "weighted": position * monthly.get("impressions", 0.0)}

    def _number(self, row: Row, name: str) -> float:
        cell = row.cells.get(name, "")
        if name in self._kind.needed and not cell:
            remedy = "Write 0 where there were none, or export the file again."
            raise self._sheet.wrong(row.line, f"its column `{name}` is empty", remedy)
        try:
            return self._decimal.number(cell, whole=name not in self._kind.fractions)
        except NoNumberError as error:
            remedy = f"The column `{name}` holds numbers alone. Export the file again, and change nothing in it."
            raise self._sheet.wrong(row.line, str(error), remedy) from None

    def _is_double(self, row: Row, cell: str, channel: str, figures: dict[str, float]) -> bool:
        before = self._store.seen(self._kind.name, cell, channel, row.line, repr(sorted(figures.items())))
        if before is None:
            return False
        line, said = before
        if said != repr(sorted(figures.items())):
            by = " by page and channel, with no other dimension" if CHANNEL in self._kind.names else " by page alone"
            what = f"`{self._shown(cell)}` stands on line {line}, too, with other figures"
            raise self._sheet.wrong(row.line, what, f"Export it{by}; don't put two exports together.")
        self._twice += 1
        return True

    def _shown(self, cell: str) -> str:
        """Return what an error says of an address: no query of a visitor."""
        return (cell.partition("?")[0] if self._kind.own_visits else cell)[:_LONGEST]

    def told(self) -> Iterator[str]:
        """Give what was left out. Raises UserError where nothing is left."""
        name = self._sheet.name
        hosts = ", ".join(host[:_LONGEST] for host, _ in self._foreign.most_common(_NAMED))
        if self._foreign and not self._kept:
            what = f"none of its addresses is on {self._own.origin}: they are on {hosts}"
            raise UserError(what, where=name, remedy="Is it the export of another property? Or is `site` another one?")
        if not self._kept and not self._gone:
            remedy = "Export it again: no row does not mean that no page is worth anything."
            raise UserError("it has no row with an address", where=name, remedy=remedy)
        if self._foreign:
            yield f"{name}: {rows(self._foreign.total())} of other hosts left out ({hosts})"
        if self._unknown:
            yield f"{name}: {rows(self._unknown)} without a page left out"
        if self._twice:
            yield f"{name}: {rows(self._twice)} that stood there before counted once"
        if self._kind is SEARCH and self._rows == _EXPORT_ENDS:
            ends = f"{name} ends after {_EXPORT_ENDS:,} rows, as exports of Search Console do"
            yield f"{ends}: what other pages are worth is not known"


def rows(number: int) -> str:
    """Return how many rows, in words."""
    return f"{number:,} {'row' if number == 1 else 'rows'}"
