"""What several commands ask for: a finished run, and the day.

In: a path. Out: a run folder that somebody collected into, or an error that says what to name.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from checks import errors, run_folder
from checks.run_folder import RunFolder
from checks.verdict import LAUNCH

if TYPE_CHECKING:
    from pathlib import Path


def finished(path: Path) -> RunFolder:
    """Return the run in the folder `path`; raises UserError where nobody has collected into it."""
    run = RunFolder(path)
    if run.file(run_folder.MEASURED).is_file() and run.file(run_folder.RUN).is_file():
        raise errors.UserError(
            f"holds one shard of a site ({_shard(run)}), which gets no verdict alone",
            where=str(path),
            remedy="Put all shards together: `gonogo merge RUN... --run DIR`, then `gonogo judge DIR`.",
        )
    if not run.exists():
        raise errors.UserError(
            "holds no finished run",
            where=str(path),
            remedy="Name the folder that `gonogo check --run DIR` wrote (gonogo-run).",
        )
    return run


def _shard(run: RunFolder) -> str:
    said = run.read(run_folder.RUN).get("shard")
    return f"{said.get('number')}/{said.get('of')}" if isinstance(said, dict) else "nobody knows which"


def launched(path: Path) -> RunFolder:
    """Return the run in the folder `path`, likewise; raises UserError for one of which some pages were only read."""
    run = finished(path)
    about = run.read(run_folder.RUN)
    if about.get("gate", LAUNCH) != LAUNCH:
        raise errors.UserError(
            "the review gate collected it, and rendered some pages only",
            where=str(path),
            remedy="Name a run of the launch gate: `gonogo check` without `--gate review`.",
        )
    if about.get("only"):
        raise errors.UserError(
            f"some of its pages only were judged ({', '.join(about['only'])})",
            where=str(path),
            remedy="Name a run of all pages: `gonogo check` without `--only`.",
        )
    return run


def today() -> dt.date:
    """Return the day in UTC."""
    return dt.datetime.now(dt.UTC).date()
