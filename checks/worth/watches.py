"""What monitors saw, row by row, in a scratch file; memory does not grow with the export.

In: rows of an export. Out: what they say of each monitor and of all together.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checks.facts.uptime import MOST_MONITORS, Monitor, Watched

if TYPE_CHECKING:
    from pathlib import Path

_TABLE: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE watch (monitor TEXT, period TEXT, up REAL, down REAL, longest REAL, day TEXT, line INT,
    PRIMARY KEY (monitor, period)) WITHOUT ROWID;
BEGIN;
"""
_EARLIER: Final = "SELECT line FROM watch WHERE monitor = ? AND (period = ? OR period = '' OR ? = '') LIMIT 1"
_VIEW: Final = """
CREATE TEMP VIEW monitors AS
    SELECT monitor, max(longest) AS longest, sum(up) AS up, sum(down) AS down, sum(up + down) AS seen
    FROM watch GROUP BY monitor;
"""
_SHARE: Final = """
CREATE TEMP TABLE shares AS
    SELECT monitor, longest, CASE WHEN ?1 IS NULL THEN up / nullif(seen, 0) ELSE 1 - down / ?1 END AS share
    FROM monitors
"""
_TOGETHER: Final = "SELECT count(share), avg(share), max(longest) FROM shares"
_WORST: Final = "SELECT monitor, share, longest FROM shares WHERE share IS NOT NULL ORDER BY share, monitor LIMIT ?"
_DAYS: Final = "SELECT count(*), count(day), min(day), max(day) FROM watch"


@dataclass(frozen=True, slots=True)
class Watch:
    """One row: a monitor over one time."""

    monitor: str
    period: str
    """What tells its times apart; nothing: it is the only one."""
    up: float
    down: float
    """In one unit: seconds, or parts of the time."""
    longest: float | None
    """The longest outage in it, in seconds."""
    day: str | None


class Watches:
    """The scratch file `path`."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_TABLE)
        self._db.execute(_VIEW)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, watch: Watch, line: int) -> int | None:
        """Keep what one line says; return the earlier line that may be about the same time of the same monitor."""
        row = self._db.execute(_EARLIER, (watch.monitor, watch.period, watch.period)).fetchone()
        if row is not None:
            return int(row[0])
        figures = (watch.up, watch.down, watch.longest, watch.day)
        self._db.execute(
            "INSERT INTO watch VALUES (?, ?, ?, ?, ?, ?, ?)", (watch.monitor, watch.period, *figures, line)
        )
        return None

    def watched(self, length: float | None, days: float | None) -> Watched | None:
        """Return what all rows say, of `days`; None: nothing.

        Of downtime alone, `length` says of how many seconds it is; what was up is known of no row then.
        """
        self._db.execute("DROP TABLE IF EXISTS shares")
        self._db.execute(_SHARE, (length,))
        total, share, longest = self._db.execute(_TOGETHER).fetchone()
        if not total:
            return None
        rows, dated, first, last = self._db.execute(_DAYS).fetchone()
        return Watched(
            monitors=[Monitor(*one) for one in self._db.execute(_WORST, (MOST_MONITORS,))],
            total=total,
            share=share,
            longest_s=longest,
            days=days,
            first=first if dated == rows else None,
            last=last if dated == rows else None,
        )

    def days(self) -> int | None:
        """Return how many days the rows name, where each names one, and they are more than one."""
        rows, dated, days = self._db.execute("SELECT count(*), count(day), count(DISTINCT day) FROM watch").fetchone()
        return int(days) if dated == rows and days > 1 else None

    def seen(self) -> float:
        """Return how long the monitor looked that looked longest."""
        return float(self._db.execute("SELECT max(seen) FROM monitors").fetchone()[0] or 0)
