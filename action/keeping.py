"""What got GO on the default branch, kept as the last launch for later runs to be compared with.

In: the job, its finished run, the exit code. Out: the folder to upload as an artifact, or None. It holds the launches
before it, too, as far as they were there: the newest is the one that counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from action import handover
from action.annotations import command
from action.finished import verdict_of
from action.inputs import LAUNCH
from checks import errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from action.job import Job
    from checks.run_folder import RunFolder

KEPT: Final = 20
"""Launches that are kept; so an artifact does not grow with the age of a project."""


def keep(job: Job, run: RunFolder, code: int, process: Callable[[Job, list[str]], tuple[int, str]]) -> Path | None:
    """Add the run to the launches that were brought, where it may be one; `process` runs the command.

    Whether it is launched is for the workflow to say: it uploads the folder after that.
    """
    if job.inputs.baseline != LAUNCH or not _may_be_launched(job, run, code):
        return None
    folder = handover.launch_folder(job.handover)
    made = ["baseline", "save", str(run.path), str(folder), "--keep", str(KEPT)]
    ended, said = process(job, [*job.surroundings.command, *made])
    if ended == errors.EXIT_GO:
        return folder
    job.surroundings.tell([command("error", "This launch can't be kept as baseline", said)])
    return None


def _may_be_launched(job: Job, run: RunFolder, code: int) -> bool:
    """Whether a run is a GO for what stands on the default branch; an advisory run has asked nobody."""
    if code != errors.EXIT_GO or job.inputs.advisory or not job.event.is_on_default_branch:
        return False
    verdict = verdict_of(run, code)
    return verdict is not None and verdict.get("verdict") == "GO" and not verdict.get("advisory")
