"""The known addresses on disk: what each is worth, who knows it, and which page it leads to.

In: rows of exports, then where each address leads. Out: the figures of a page, and the addresses in order of worth.
The file is scratch; nothing is held in memory, for an export may have a million rows.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -2000;
CREATE TABLE seen (kind TEXT, raw TEXT, channel TEXT, line INT, figures TEXT, PRIMARY KEY (kind, raw, channel))
    WITHOUT ROWID;
CREATE TABLE fact (target TEXT, kind TEXT, channel TEXT, clicks REAL, impressions REAL, weighted REAL, sessions REAL,
    conversions REAL, count REAL, PRIMARY KEY (target, kind, channel)) WITHOUT ROWID;
CREATE TABLE leads (target TEXT PRIMARY KEY, page TEXT) WITHOUT ROWID;
CREATE INDEX by_page ON leads (page);
BEGIN;
"""
_ADD: Final = """
INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET clicks = clicks + excluded.clicks,
    impressions = impressions + excluded.impressions, weighted = weighted + excluded.weighted,
    sessions = sessions + excluded.sessions, conversions = conversions + excluded.conversions,
    count = count + excluded.count
"""
_OF_PAGE: Final = """
SELECT sum(clicks), sum(impressions), sum(weighted), sum(sessions), sum(conversions) FROM fact
    JOIN leads USING (target) WHERE page = ? AND kind = ?
"""
_CHANNELS: Final = """
SELECT channel, sum(sessions), sum(conversions) FROM fact JOIN leads USING (target)
    WHERE page = ? AND kind = 'analytics' GROUP BY channel ORDER BY 2 DESC, 1 LIMIT ?
"""
_ADDRESSES: Final = """
SELECT target, group_concat(DISTINCT kind), sum(clicks), sum(sessions), sum(conversions), sum(count) FROM fact
    GROUP BY target ORDER BY sum(clicks) DESC, sum(conversions) DESC, sum(sessions) DESC, sum(count) DESC, target
"""
_FIGURES: Final = ("clicks", "impressions", "weighted", "sessions", "conversions", "count")


@dataclass(frozen=True, slots=True)
class Known:
    """One known address and what it is worth, in months."""

    target: str
    """Path and query on the production origin; the whole address on an origin that the site has moved from."""
    known_by: tuple[str, ...]
    clicks: float
    sessions: float
    conversions: float
    count: float
    """Requests, links or visits that other lists tell of; in no period."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the addresses of one page come to."""

    clicks: float
    impressions: float
    weighted: float
    """Positions, each as often as it was shown."""
    sessions: float
    conversions: float


class Store:
    """The scratch file `path`."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def seen(self, kind: str, raw: str, channel: str, line: int, figures: str) -> tuple[int, str] | None:
        """Note a row as it is written; return the line and the figures of an earlier one of the same address."""
        row = self._db.execute(
            "SELECT line, figures FROM seen WHERE kind = ? AND raw = ? AND channel = ?", (kind, raw, channel)
        ).fetchone()
        if row is None:
            self._db.execute("INSERT INTO seen VALUES (?, ?, ?, ?, ?)", (kind, raw, channel, line, figures))
            return None
        return int(row[0]), str(row[1])

    def add(self, target: str, kind: str, channel: str, figures: Mapping[str, float]) -> None:
        """Add to what is known of an address."""
        self._db.execute(_ADD, (target, kind, channel, *(figures.get(name, 0.0) for name in _FIGURES)))

    def addresses(self) -> Iterator[Known]:
        """Give every address, those that are worth most first."""
        for target, kinds, clicks, sessions, conversions, count in self._db.execute(_ADDRESSES):
            yield Known(target, tuple(sorted(kinds.split(","))), clicks, sessions, conversions, count)

    def total(self) -> int:
        """Return how many addresses there are."""
        return int(self._db.execute("SELECT count(DISTINCT target) FROM fact").fetchone()[0])

    def by_kind(self) -> dict[str, int]:
        """Return how many addresses of the production origin each kind of export knows."""
        return dict(
            self._db.execute("SELECT kind, count(DISTINCT target) FROM fact WHERE target LIKE '/%' GROUP BY kind")
        )

    def lead(self, target: str, page: str) -> None:
        """Note to which page, by its production path, an address leads."""
        self._db.execute("INSERT OR REPLACE INTO leads VALUES (?, ?)", (target, page))

    def figures(self, page: str, kind: str) -> Figures:
        """Return what one kind of export says of a page."""
        row = self._db.execute(_OF_PAGE, (page, kind)).fetchone()
        return Figures(*(float(one or 0) for one in row))

    def channels(self, page: str, most: int) -> list[tuple[str, float, float]]:
        """Return the channels by which people come to a page, with sessions and conversions; the largest first."""
        return list(self._db.execute(_CHANNELS, (page, most)))
