"""The coverage ledger as a report shows it: how many addresses ended how, and the first that were not measured.

In: the lines of coverage.jsonl as a stream. Out: counts by state, and at most as many lines as asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.report.result import Document

PAGE = "page"
"""Kind of the lines about pages: what the verdict counts as measured, read and excluded."""
LAB = "lighthouse"
"""Kind of the lines about pages that were chosen for Lighthouse."""
BASELINE = "baseline"
"""Kind of the line about a baseline that could not be had."""
NOT_MEASURED = ("failed", "represented", "left-out", "excluded")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The coverage of a run, shortened."""

    counts: dict[str, int]
    """State -> number of addresses; each state is always there."""
    shown: dict[str, tuple[Document, ...]]
    """Each state of `NOT_MEASURED` -> the first lines."""
    pages: dict[str, int]
    """State -> how many of those addresses are pages, and not redirects or what pages link to."""

    def left_out(self, state: str) -> int:
        """How many addresses ended as `state` and are not in `shown`."""
        return self.counts[state] - len(self.shown[state])


def read(coverage: Iterable[Document], limit: int) -> Ledger:
    """Return the counts of a ledger and the first `limit` lines for each state that is not "measured"."""
    counts = {"measured": 0, "failed": 0, "represented": 0, "left-out": 0, "excluded": 0}
    pages = dict(counts)
    shown: dict[str, list[Document]] = {state: [] for state in NOT_MEASURED}
    for line in coverage:
        state = str(line.get("state"))
        if line.get("kind") == LAB:
            if state != "failed":
                continue  # told where all of Lighthouse is
            line = {**line, "path": f"{line.get('path', '')} (Lighthouse)"}  # noqa: PLW2901 - as it is shown
        if line.get("kind") == BASELINE:
            line = {**line, "path": f"{line.get('path', '')} (baseline)"}  # noqa: PLW2901 - as it is shown
        counts[state] = counts.get(state, 0) + 1
        pages[state] = pages.get(state, 0) + (line.get("kind") == PAGE)
        if state in shown and len(shown[state]) < limit:
            shown[state].append(line)
    return Ledger(counts, {state: tuple(lines) for state, lines in shown.items()}, pages)
