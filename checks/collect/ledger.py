"""The coverage ledger: what became of every address that was discovered.

In: `found` for each address and how it was come by, `settle` for what became of it. Out: one line for each address,
sorted by path. It lies on disk, for a site may have more addresses than memory should hold. An address that nobody
settled ends as `failed`: what was not measured is never a pass.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MEASURED, FAILED, EXCLUDED, REPRESENTED = "measured", "failed", "excluded", "represented"
LEFT_OUT = "left-out"
_UNSETTLED = "SELECT path FROM address WHERE state IS NULL AND kind = 'link' AND path > ? ORDER BY path LIMIT ?"
_AT_ONCE = 500
_REMEMBERED = 10_000
_NEVER_SETTLED = "it was discovered, but nothing measured it"
READ_ONLY = "read as it is delivered; no browser rendered it"
"""Why a page is called measured of which nobody knows what a browser shows."""


class Ledger:
    """A table of addresses in the scratch file `path`."""

    def __init__(self, path: Path) -> None:
        self._table = sqlite3.connect(path, isolation_level=None)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("PRAGMA synchronous = OFF")
        self._table.execute("PRAGMA cache_size = -500")  # KiB
        self._table.execute(
            "CREATE TABLE address (path TEXT PRIMARY KEY, kind TEXT, state TEXT, why TEXT, found_in TEXT, "
            "reused TEXT, stand TEXT) WITHOUT ROWID"
        )
        self._table.execute("BEGIN")
        self._noted: set[tuple[str, str, str]] = set()
        """Some of what was noted: the links of a site's navigation are found on every page of it."""

    def found(self, path: str, by: str, kind: str = "link") -> None:
        """Note that `path` was discovered in `by` (build, sitemap, link, ...) as a page, link or redirect.

        An address that is known already keeps its kind, unless it was only a link until now. To note the same again
        changes nothing.
        """
        if (path, by, kind) in self._noted:
            return
        if len(self._noted) >= _REMEMBERED:
            self._noted.clear()
        self._noted.add((path, by, kind))
        row = self._table.execute("SELECT kind, found_in FROM address WHERE path = ?", (path,)).fetchone()
        if row is None:
            self._table.execute(
                "INSERT INTO address (path, kind, why, found_in) VALUES (?, ?, '', ?)", (path, kind, json.dumps([by]))
            )
            return
        ways = sorted({*json.loads(row[1]), by})
        kept = kind if row[0] == "link" else row[0]
        self._table.execute("UPDATE address SET kind = ?, found_in = ? WHERE path = ?", (kept, json.dumps(ways), path))

    def settle(self, path: str, state: str, why: str = "") -> None:
        """Say what became of `path`: measured, represented, left out, failed (why) or excluded (by which rule)."""
        self._table.execute("UPDATE address SET state = ?, why = ? WHERE path = ?", (state, why, path))

    def reused(self, path: str, key: str, measured: str) -> None:
        """Say that `path` was measured by an earlier run, under `key`, at `measured`."""
        self.settle(path, MEASURED)
        said = json.dumps({"key": key, "measured": measured})
        self._table.execute("UPDATE address SET reused = ? WHERE path = ?", (said, path))

    def became(self, path: str) -> dict[str, Any]:
        """Return what became of the page at `path`: `state`, `why`, and `reused`, which is None where it was not."""
        found = self._table.execute("SELECT state, why, reused FROM address WHERE path = ?", (path,)).fetchone()
        state, why, reused = found or (None, "", None)
        said = (state, why) if state else (FAILED, _NEVER_SETTLED)
        return dict(zip(("state", "why"), said, strict=True)) | {"reused": json.loads(reused) if reused else None}

    def represented(self, path: str, stand: Sequence[str]) -> None:
        """Say that the page at `path` was read and not rendered, for those that `stand` for it were."""
        self.settle(path, REPRESENTED, f"read, and not rendered: it is built like {' and '.join(stand)}")
        self._table.execute("UPDATE address SET stand = ? WHERE path = ?", (json.dumps(stand), path))

    def promised(self) -> Iterator[str]:
        """Give the addresses that a sitemap or the config names."""
        for path, ways in self._table.execute("SELECT path, found_in FROM address ORDER BY path"):
            if {"sitemap", "config"} & {*json.loads(ways)}:
                yield path

    def page(self, path: str) -> None:
        """Say that `path`, which was found before, is a page."""
        self._table.execute("UPDATE address SET kind = 'page' WHERE path = ?", (path,))

    def unsettled_links(self) -> Iterator[str]:
        """Give the addresses that were only linked to and not looked at yet, sorted; they may be settled meanwhile."""
        last = ""
        while rows := self._table.execute(_UNSETTLED, (last, _AT_ONCE)).fetchall():
            yield from (path for (path,) in rows)
            last = rows[-1][0]

    def found_in(self, path: str) -> frozenset[str]:
        """Return in what `path` was discovered; empty: it was not."""
        row = self._table.execute("SELECT found_in FROM address WHERE path = ?", (path,)).fetchone()
        return frozenset(json.loads(row[0])) if row is not None else frozenset()

    def is_linked(self, path: str) -> bool:
        """Return whether a page links to `path`."""
        return "link" in self.found_in(path)

    def counts(self) -> dict[str, int]:
        """Return how many pages ended in each state, and how many were `discovered` in all."""
        rows = self._table.execute(
            "SELECT ifnull(state, ?), count(*) FROM address WHERE kind = 'page' GROUP BY 1", (FAILED,)
        )
        counts = {MEASURED: 0, REPRESENTED: 0, LEFT_OUT: 0, FAILED: 0, EXCLUDED: 0} | dict(rows.fetchall())
        return {**counts, "discovered": sum(counts.values())}

    def states(self) -> set[str]:
        """Return the states that pages ended in."""
        counts = self.counts()
        return {state for state in (MEASURED, REPRESENTED, LEFT_OUT, FAILED, EXCLUDED) if counts[state]}

    def lines(self) -> Iterator[dict[str, Any]]:
        """Give one line for each address, sorted by path, as `coverage.schema.json` has it."""
        for path, kind, state, why, found_in, reused, stand in self._table.execute(
            "SELECT path, kind, state, why, found_in, reused, stand FROM address ORDER BY path"
        ):
            line = {"path": path, "state": state or FAILED, "why": why if state else _NEVER_SETTLED}
            earlier = {"reused": json.loads(reused)} if reused is not None else {}
            others = {"represented_by": json.loads(stand)} if stand is not None else {}
            yield {**line, "found_in": json.loads(found_in), "kind": kind, **earlier, **others}

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()
