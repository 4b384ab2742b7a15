"""An export of an uptime monitor: percentages, downtime, or a log of when the site was up and down.

In: an opened export, what is the site's own. Out: what its monitors say together, and sentences about what was left
out; or a `UserError` with file, line and remedy.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.worth import sheet
from checks.worth.addresses import FOREIGN, NO_ADDRESS
from checks.worth.amounts import Amounts
from checks.worth.columns import BEGAN, DAY, EVENT, MONITOR, PAGE, STATES, TOTALS, UNITS, UPTIME
from checks.worth.reading import days_of, rows
from checks.worth.watches import Watch, Watches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.facts.uptime import Watched
    from checks.settings.exports import Export
    from checks.worth.addresses import Own
    from checks.worth.sheet import Row, Sheet

_TOTALS: Final = (TOTALS - {""}) | {"average", "overall", "mean", "all monitors", "all checks", "durchschnitt"}
_ISO_DAY: Final = re.compile(r"([0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?:[T ][0-9:.]+ ?(?:Z|UTC)?)?")
_HOST: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::[0-9]+)?(?:/\S*)?", re.IGNORECASE)
_DAY_S: Final = 86_400
_LONGEST: Final = 100
_ONE_EXPORT: Final = "Don't put two exports together."
_ONE_ROW: Final = "Export one row for each monitor, or one for each day of each, written as 2026-11-01."
_DAYS: Final = "Say in the config how many days it covers: `uptime: {file: ..., days: 30}`."
_SITE: Final = "the site"
"""What the monitor of a file is called that names none."""


def read(export: Export, file: Path, name: str, own: Own, scratch: Path) -> tuple[Watched, list[str]]:
    """Read the export in `file`, which errors call `name`; return what it says, and what a reader must know of it.

    Raises UserError for what is no such export, is about another site, or can be read in two ways.
    """
    opened = sheet.opened(file, name, UPTIME)
    with closing(Watches(scratch)) as watches:
        # What the site was before has an uptime of its own.
        reading = _Reading(export, opened, replace(own, moved_from=()), watches)
        for row in opened.rows():
            reading.row(row)
        return reading.watched(), list(reading.told())


class _Reading:
    """Takes one export's rows."""

    def __init__(self, export: Export, opened: Sheet, own: Own, watches: Watches) -> None:
        self._sheet, self._own, self._watches = opened, own, watches
        self._has_share = "uptime" in opened.columns
        self._is_log = not self._has_share and not {one for one, _ in UNITS["downtime"]} & {*opened.columns}
        self._days = days_of(export, opened)
        self._figures = Amounts(opened, export.decimal)
        self._kept = self._foreign = self._nameless = self._unknown = 0
        self._ups = 0

    def row(self, row: Row) -> None:
        """Take one row."""
        if not self._is_log and _is_total(row):
            return
        monitor = self._monitor(row)
        if monitor is None:
            return
        seen = self._logged(row) if self._is_log else self._summed(row)
        if seen is None:
            return
        up, down, longest = seen
        day = _ISO_DAY.fullmatch(row.cells.get(DAY, "") or row.cells.get(BEGAN, ""))
        watch = Watch(monitor, self._period(row, day), up, down, longest, day[1] if day else None)
        earlier = self._watches.add(watch, row.line)
        if earlier is not None:
            what = f"`{monitor}` stands on line {earlier}, too, and the two may be about the same time"
            raise self._sheet.wrong(row.line, what, _ONE_EXPORT if self._is_log else _ONE_ROW)
        self._kept += 1

    def _period(self, row: Row, day: re.Match[str] | None) -> str:
        if not self._is_log:
            return day[1] if day and row.cells.get(DAY) else ""
        began = row.cells.get(BEGAN) or row.cells.get(DAY)
        return f"{began or row.line} {row.cells[EVENT].lower()}"

    def _monitor(self, row: Row) -> str | None:
        """Return what the monitor of a row is called; None where it is another site's, or may be."""
        cell, name = row.cells.get(PAGE, ""), row.cells.get(MONITOR, "")[:_LONGEST]
        if PAGE not in row.cells and ("://" in name or _HOST.fullmatch(name)):
            cell, name = name, ""
        if not cell:
            self._nameless += 1
            return None if PAGE in row.cells else name or _SITE
        target, why = self._own.target(cell)
        if why == NO_ADDRESS and _HOST.fullmatch(cell):
            target, why = self._own.target(f"https://{cell}")
        if why == NO_ADDRESS:
            remedy = "Write the address that the monitor asks, such as https://www.example.com/."
            raise self._sheet.wrong(row.line, f"`{cell[:_LONGEST]}` is no address", remedy)
        if why == FOREIGN:
            self._foreign += 1
            return None
        # A query may hold what opens a closed page.
        path = target.partition("?")[0][:_LONGEST]
        return f"{path} ({name})" if name else path

    def _summed(self, row: Row) -> tuple[float, float, float | None] | None:
        """Return what a row says of its time: parts that the site was up and down, or seconds down; None: nothing."""
        longest = self._figures.seconds(row, "longest")
        if self._has_share:
            share = self._figures.share(row)
            found = None if share is None else (share, 1 - share, longest)
        else:
            down = self._figures.seconds(row, "downtime")
            found = None if down is None else (0.0, down, longest)
        self._unknown += found is None
        return found

    def _logged(self, row: Row) -> tuple[float, float, float | None] | None:
        """Return the seconds that the site was up and down by one line of a log; None: nobody looked."""
        state = row.cells[EVENT]
        if state.lower() not in STATES:
            remedy = f"There are: {', '.join(STATES)}."
            raise self._sheet.wrong(row.line, f"`{state[:_LONGEST]}` is no state of a site", remedy)
        is_up, length = STATES[state.lower()], self._figures.seconds(row, "duration")
        if is_up is False and length is None:
            remedy = "Write how long it lasted, or export the log again when it is over."
            raise self._sheet.wrong(row.line, "an outage has no duration", remedy)
        self._unknown += length is None and is_up is True
        self._ups += is_up is True
        if is_up is None or length is None:
            return None
        return (length, 0.0, 0.0) if is_up else (0.0, length, length)

    def watched(self) -> Watched:
        """Return what the monitors say. Raises UserError where nothing is left, or downtime is longer than the time."""
        name = self._sheet.name
        days: float | None = self._days
        # Where a log lists outages alone, the rest of the time is in no row.
        is_downtime = not self._has_share and not self._ups
        if is_downtime and not days and self._kept:
            raise UserError("it does not say of which period its downtime is", where=name, remedy=_DAYS)
        if not days:
            days = self._watches.seen() / _DAY_S if self._is_log else self._watches.days()
        found = self._watches.watched(days * _DAY_S if is_downtime and days else None, days)
        if found is None and self._foreign and not self._kept:
            remedy = "Is it the export of another site? Or is `site` another one?"
            raise UserError(f"none of its monitors is on {self._own.origin}", where=name, remedy=remedy)
        if found is None:
            remedy = "Export it again: no row does not mean that the site was up."
            raise UserError("it has no row that says how long the site was up", where=name, remedy=remedy)
        if found.monitors[0].share < 0:
            what = f"the downtime of `{found.monitors[0].name}` is longer than the {days} days that it covers"
            raise UserError(what, where=name, remedy="Say in `days` how many days the export covers.")
        return found

    def told(self) -> Iterator[str]:
        """Give what was left out, and what was taken on trust."""
        name, has_address = self._sheet.name, PAGE in self._sheet.columns
        if self._foreign:
            yield f"{name}: {rows(self._foreign)} of other hosts left out"
        if self._nameless and has_address:
            yield f"{name}: {rows(self._nameless)} without an address left out"
        if self._nameless and not has_address:
            yield f"{name}: no address in {rows(self._nameless)}: taken for this site's"
        if self._unknown:
            yield f"{name}: {rows(self._unknown)} without figures left out"


def _is_total(row: Row) -> bool:
    """Say whether a row is of no monitor and no day of its own; one with an address is, whatever its name."""
    cells = [row.cells[one] for one in (PAGE, MONITOR, DAY) if one in row.cells]
    named = row.cells.get(PAGE) or row.cells.get(MONITOR, "")
    return bool(cells) and (not any(cells) or {named.lower(), row.cells.get(DAY, "").lower()} & _TOTALS != set())
