"""The first step: the pull request shows that it is being checked, so that no older answer is taken for this one's.

In: a job with the token. Out: the status `pending`, a line in the comment that is there, and what the check must know:
who made the change, and what reviews say of sign-offs.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from action import comment, fetch, follow_up, handover, launches, status, sticky
from action import context as makers
from action.handover import Handover
from action.inputs import LAUNCH
from action.transport import ForbiddenError, GithubError
from checks import errors

if TYPE_CHECKING:
    from action.github import Github
    from action.job import Job


def begin(job: Job) -> int:
    """Say that the check has begun; what can't be posted does not stop it.

    Raises CannotMeasureError where no one pull request belongs to the facts of a fork, or its commit can't be fetched.
    """
    handover.forget(job.handover)
    github = job.github()
    told = replace(_told(job, github), launch=_launch(job, github))
    _context(job, github, told.pull_request)
    handover.write(job.handover, told)
    try:
        _post(job, github, told.pull_request)
    except ForbiddenError:
        # Whether that is as it should be is said once, at the end.
        job.surroundings.say("The token of this job may not post.")
    except GithubError as error:
        job.surroundings.say(f"Not posted: {error}")
    return errors.EXIT_GO


def _told(job: Job, github: Github) -> Handover:
    if job.event.rules_ref is not None:
        return Handover(job.event.rules_ref, job.event.pull_request)
    found = follow_up.find(github, job.event)
    fetch.head(job)
    return Handover(found.base_sha, found.number)


def _launch(job: Job, github: Github) -> str | None:
    """Put the last launch where the check finds it, which holds no token; the verdict tells where it can't be had."""
    if job.inputs.baseline != LAUNCH:
        return None
    folder = handover.launch_folder(job.handover)
    name = launches.name_of(job.inputs.site_id)
    found = launches.bring(github, name, folder, folder.with_suffix(".lost.txt"))
    job.surroundings.say(f"The last launch ({name}): {found}")
    return found


def _context(job: Job, github: Github, number: int | None) -> None:
    """Leave what the API says of the change; what is not known of it makes sign-offs count less, never more."""
    try:
        told, missing = makers.of(job.event, github, number, job.surroundings.now())
    except GithubError as error:
        job.surroundings.say(f"No sign-off counts, for who made the change is not known: {error}")
        return
    if missing:
        job.surroundings.say(f"Reviews that sign off are left out: {missing}")
    file = handover.context_file(job.handover)
    file.write_text(json.dumps(told), encoding="utf-8")


def _post(job: Job, github: Github, number: int | None) -> None:
    if not job.inputs.advisory:
        for context in job.contexts:
            sticky.post_status(github, job.event.head_sha, status.pending(context), job.run_url)
    if number is not None and job.inputs.comment:
        sticky.amend(github, number, job.inputs.site_id, lambda body: comment.superseded(body, job.event.head_sha))
