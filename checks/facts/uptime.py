"""What a monitor says of the site's uptime: the group `uptime` of the site document.

In: what an export says of each monitor. Out: the group. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_MONITORS: Final = 50
_DIGITS: Final = 6
"""Of a share: one second in a month still counts."""


@dataclass(frozen=True, slots=True)
class Monitor:
    """One check of the site, over the whole period."""

    name: str
    share: float
    """Of the time that it looked, in which the site was up."""
    longest_s: float | None
    """The longest outage; None: the export does not say."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What the monitors of one export say together."""

    monitors: Sequence[Monitor]
    """Those with the smallest share first, at most `MOST_MONITORS`."""
    total: int
    share: float
    """The mean of all monitors."""
    longest_s: float | None
    days: float | None
    """How many days they looked; None: the export does not say."""
    first: str | None
    """The first day that it names, as 2026-11-01."""
    last: str | None


def of_site(watched: Watched) -> dict[str, Any]:
    """Return the group `uptime`."""
    return {
        "share": _share(watched.share),
        "longest_outage_s": _seconds(watched.longest_s),
        "days": None if watched.days is None else round(watched.days, 2),
        "from": watched.first,
        "to": watched.last,
        "monitors": [
            {"monitor": one.name, "share": _share(one.share), "longest_outage_s": _seconds(one.longest_s)}
            for one in watched.monitors
        ],
        "monitors_total": watched.total,
    }


def _share(share: float) -> float:
    # Rounded down to 1 only where nothing was lost: the last outage must not vanish in rounding.
    rounded = round(share, _DIGITS)
    return rounded if rounded < 1 or share >= 1 else 1 - 10**-_DIGITS


def _seconds(length: float | None) -> int | None:
    return None if length is None else round(length)
