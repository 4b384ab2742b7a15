"""The review gate beyond collecting: who may ask for it, and which pages of a run were read and not rendered.

In: rules and the gate that was asked for; a run folder. Out: an error where the gate can't be had; `Represented`.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from checks import kept_facts
from checks.errors import UserError
from checks.trust.rules import WORKING_TREE
from checks.verdict import LAUNCH, REVIEW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.run_folder import RunFolder
    from checks.trust.rules import Rules

_WHERE: Final = "--gate review"
_ADD: Final = "INSERT OR IGNORE INTO page VALUES (?)"


class Represented:
    """The paths of pages that others stand for, on disk."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __contains__(self, path: str) -> bool:
        return self._db.execute("SELECT 1 FROM page WHERE path = ?", (path,)).fetchone() is not None


@contextmanager
def represented(run: RunFolder) -> Iterator[Represented]:
    """Give the pages of `run` that were read and not rendered."""
    db = sqlite3.connect("", isolation_level=None)
    try:
        db.execute("PRAGMA cache_size = -500")  # KiB
        db.execute("CREATE TABLE page (path TEXT PRIMARY KEY) WITHOUT ROWID")
        db.execute("BEGIN")
        lines = (line for line in kept_facts.coverage(run) if line["state"] == "represented")
        db.executemany(_ADD, ((line["path"],) for line in lines))
        yield Represented(db)
    finally:
        db.close()


def require(rules: Rules, gate: str, *, render: bool = True) -> None:
    """Raise UserError where the review gate was asked for and the rules, the preview or another flag forbid it.

    Who judges others by it must have chosen so where the rules come from; on a desk, whoever asks may have it.
    """
    if gate == LAUNCH:
        return
    settings = rules.settings
    if rules.trust.root != WORKING_TREE and settings.pull_request_gate != REVIEW:
        raise UserError(
            "the rules that decide do not let a change pass by the review gate",
            where=_WHERE,
            remedy="Leave it out, or write `pull-request-gate: review` where they come from.",
        )
    if settings.preview_url is not None:
        raise UserError(
            "needs a folder: pages of a preview that is a URL are known when they are rendered",
            where=_WHERE,
            remedy="Check the folder that the build writes, or leave it out.",
        )
    if not render:
        raise UserError("renders some pages", where=f"{_WHERE}, --no-render", remedy="Leave one of them out.")
