"""A progress bar on a terminal, nothing in a pipe.

In: how many of how many pages are done. Out: stderr.
"""

from __future__ import annotations

import sys
from typing import Any, Self


class Progress:
    """A bar on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        self._shown: Any = None
        self._task: Any = None

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
            return
        if self._task is None:
            self._task = self._shown.add_task("", total=None)
        self._shown.update(self._task, description=f"Lighthouse: {what}")

    def show(self, done: int, total: int) -> None:
        """Say how many pages are done."""
        if self._shown is None:
            return
        if self._task is None:
            self._task = self._shown.add_task("rendering", total=total)
        self._shown.update(self._task, completed=done, total=total)
