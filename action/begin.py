"""The first step: the pull request shows that it is being checked, so that no older answer is taken for this one's.

In: a job with the token. Out: the status `pending`, a line in the comment that is there, and what the check must know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from action import comment, fetch, follow_up, handover, status, sticky
from action.github import ForbiddenError, GithubError
from action.handover import Handover
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
    told = _told(job, github)
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


def _post(job: Job, github: Github, number: int | None) -> None:
    if not job.inputs.advisory:
        sticky.post_status(github, job.event.head_sha, status.pending(job.inputs.site_id), job.run_url)
    if number is not None and job.inputs.comment:
        sticky.amend(github, number, job.inputs.site_id, lambda body: comment.superseded(body, job.event.head_sha))
