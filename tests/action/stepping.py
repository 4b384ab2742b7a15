"""A job of the action with a verdict to tell, and the status that it posted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.action.conftest import HEAD, Job, pull
from tests.action.runs import go, no_go, write_run
from tests.action.stand_in import command

Make = Callable[..., Job]
VERDICTS = {
    0: go(),
    1: no_go(),
    3: go(verdict="CANNOT TELL", exit_code=3, counts={"failed": 2, "measured": 4}),
    4: no_go(exit_code=4, weakened=True, weakenings=[{"said": "a rule is weaker", "file": "gonogo.yaml"}]),
}


def set_up(job: Job, verdict: dict[str, Any] | None = None, **plan: Any) -> Job:
    """Let the command of `job` leave `verdict` and do what `plan` says."""
    if verdict is not None:
        plan.setdefault("leaves", write_run(job.folder / "made", verdict))
        plan.setdefault("code", verdict["exit_code"])
    job.command = command(job.folder, job.run, **plan)
    if not job.github.pulls:
        job.github.pulls = [pull()]
    return job


def status(job: Job) -> tuple[str, str]:
    posted = job.github.last_status(HEAD)
    assert posted is not None
    return posted["state"], posted["description"]


def posted_green(job: Job) -> bool:
    return any(one["state"] == "success" for posted in job.github.statuses.values() for one in posted)
