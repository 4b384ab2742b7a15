"""What the saved runs of a folder say of the site, the oldest first: the course that its shares have taken.

In: a folder of saved baselines. Out: points, as `checks/course.py` makes them, up to the run that is compared with:
what was taken back is no part of the course. What can't be read is a gap in it, for it decides nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from checks import course, run_folder
from checks.baseline import store
from checks.baseline.ages import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a document, as in the store."""


def points(folder: Path) -> Iterator[dict[str, Any]]:
    """Give a point for each of the newest saved runs. Raises CannotMeasureError where the folder names no latest."""
    latest = store.latest(folder)
    until_now = [name for name in store.names(folder) if name <= latest]
    for name in until_now[-course.MOST :]:
        about = _read(store.file_of(folder, name, run_folder.RUN))
        day, commit = day_of(about), about.get("commit")
        if day is not None:
            site = _read(store.file_of(folder, name, run_folder.SITE))
            yield course.point(day, site, name, commit if isinstance(commit, str) else None)


def _read(file: Path) -> dict[str, Any]:
    if file.is_symlink() or not file.is_file() or file.stat().st_size > _LARGEST:
        return {}
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
