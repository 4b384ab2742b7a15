"""How far a run has come: a bar on a terminal, and in a pipe, as in the log of CI, a line a minute.

In: how many of how many pages are done. Out: stderr.
"""

from __future__ import annotations

import sys
from time import monotonic
from typing import Any, Final, Self

from checks.report.escape import terminal_line

_EVERY_S: Final = 60
"""Seconds between two lines. Most runs end before the first."""


class Progress:
    """A bar on a terminal, now and then a line elsewhere."""

    def __init__(self) -> None:
        self._shown: Any = None
        self._task: Any = None
        self._told = monotonic()

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._shown = Progress(*columns, console=Console(stderr=True), transient=True)
            self._shown.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()

    def say(self, what: str) -> None:
        """Say what Lighthouse does."""
        if self._shown is None:
            self._line(f"Lighthouse: {what}")
            return
        if self._task is None:
            self._task = self._shown.add_task("", total=None)
        self._shown.update(self._task, description=f"Lighthouse: {what}")

    def show(self, done: int, total: int) -> None:
        """Say how many pages are done."""
        if self._shown is None:
            self._line(f"{done:,} of {total:,} pages")
            return
        if self._task is None:
            self._task = self._shown.add_task("rendering", total=total)
        self._shown.update(self._task, completed=done, total=total)

    def _line(self, text: str) -> None:
        if monotonic() - self._told >= _EVERY_S:
            self._told = monotonic()
            print(f"gonogo: {terminal_line(text)}", file=sys.stderr, flush=True)
