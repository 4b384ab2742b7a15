"""The last step: the verdict on the commit, and the comment on the pull request.

In: a job with the token, what the check has handed over, and its run folder. Out: requests, and an exit code that turns
a GO which nobody could be told into exit 3. Green is posted for one thing: a GO that the check itself ended with.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from action import comment, handover, status, sticky
from action.annotations import command
from action.finished import verdict_of
from action.transport import ForbiddenError, GithubError
from checks import errors
from checks.run_folder import RunFolder
from checks.run_result import result_of

if TYPE_CHECKING:
    from action.github import Github
    from action.job import Job
    from checks.report.result import Result

_LEFT = "Posting is left to the follow-up job."
_LEFT_WHY = (
    "The token of this job may not post, as is right for a fork: the status and the comment come from the job that "
    "docs/workflows/fork-report.yml shows. For a branch of this repository, give the job `statuses: write` and "
    "`pull-requests: write`."
)


def publish(job: Job) -> int:
    """Post the status and the comment; return 0, or 3 where a GO could not be posted."""
    told = handover.read(job.handover)
    code = told.exit_code if told else None
    result = _result(job, code)
    github = job.github()
    said = _status(job, result, code)
    number = told.pull_request if told else job.event.pull_request
    try:
        if not job.inputs.advisory:
            for context in job.contexts:
                sticky.post_status(github, job.event.head_sha, replace(said, context=context), job.run_url)
    except ForbiddenError as error:
        # Only the token of a pull request may be without rights on purpose: a fork's, and Dependabot's.
        if job.event.pull_request is None:
            return _unposted(job, said, error)
        job.surroundings.tell([command("notice", _LEFT, _LEFT_WHY)])
        return errors.EXIT_GO
    except GithubError as error:
        return _unposted(job, said, error)
    body = comment.text(result, job.place) if result else comment.without_verdict(code, job.place)
    _comment(job, github, number, body)
    job.surroundings.say(f"{said.state}: {said.description}")
    return errors.EXIT_GO


def _result(job: Job, code: int | None) -> Result | None:
    """Return the finished run, if what lies in its folder is what the check ended with."""
    run = RunFolder(job.inputs.run)
    return result_of(run) if code is not None and verdict_of(run, code) is not None else None


def _status(job: Job, result: Result | None, code: int | None) -> status.Status:
    if result is None:
        return status.without_verdict(code, job.contexts[0], unverified=job.unverified)
    may_wait = job.event.pull_request is not None or job.event.is_follow_up
    return status.of_verdict(result.verdict, job.contexts[0], unverified=job.unverified, may_wait=may_wait)


def _unposted(job: Job, said: status.Status, error: GithubError) -> int:
    job.surroundings.tell([command("error", "The status could not be posted", str(error))])
    return errors.EXIT_CANNOT_TELL if said.state == status.SUCCESS else errors.EXIT_GO


def _comment(job: Job, github: Github, number: int | None, body: str) -> None:
    """Post the comment. It gates nothing, so what keeps it from being posted is a warning."""
    if number is None or not job.inputs.comment:
        return
    try:
        head = (github.pull_request(number).get("head") or {}).get("sha")
        if head != job.event.head_sha:
            job.surroundings.say("The pull request has a newer commit; the comment is left to its check.")
            return
        sticky.put(github, number, job.inputs.site_id, body)
    except ForbiddenError:
        job.surroundings.tell([command("notice", _LEFT, _LEFT_WHY)])
    except GithubError as error:
        job.surroundings.tell([command("warning", "The comment could not be posted", str(error))])
