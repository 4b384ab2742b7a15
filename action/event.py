"""The event that started the workflow: which commit is judged, by whose rules, and for which pull request.

In: the environment of a step and the payload document of the event. Out: one frozen `Event`, or an error that says
which trigger to use. Nothing else reads a payload.
https://docs.github.com/webhooks/webhook-events-and-payloads
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from action import fields
from checks.errors import UserError
from checks.report.escape import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from action.fields import Payload

_NO_COMMIT: Final = "0" * 40
_BRANCH_REF: Final = "refs/heads/"
_OF_FORKS: Final = frozenset({"pull_request", "pull_request_review"})
"""Events whose token may only read where the pull request comes from a fork."""
_LARGEST: Final = 32 * 1024 * 1024  # bytes; GitHub delivers no payload above 25 MB
_USE_PULL_REQUEST: Final = "See docs/workflows/pull-request.yml, and fork-report.yml for forks."


@dataclass(frozen=True, slots=True)
class Event:
    """What GitHub says has happened."""

    kind: str
    repository: str
    repository_id: int
    head_sha: str
    """The commit that is judged and that gets the status."""
    rules_ref: str | None
    """The commit or ref whose rules decide; None where only the API knows (`workflow_run`)."""
    base_sha: str | None = None
    """The tip of the base branch; for a push, the commit before it."""
    base_branch: str | None = None
    pull_request: int | None = None
    sender_id: int | None = None
    author_id: int | None = None
    is_fork: bool = False
    head_repository: str | None = None
    head_repository_id: int | None = None
    head_branch: str | None = None
    action: str = ""
    """What of its kind has happened, such as `synchronize`."""
    before: str | None = None
    """The head of the pull request before it was pushed to."""

    @property
    def is_merged(self) -> bool:
        """Whether what was pushed stands on the branch whose rules decide: then its own rules are in force already."""
        return self.kind == "push" and self.rules_ref == self.head_sha

    @property
    def is_on_default_branch(self) -> bool:
        """Whether what is judged stands on the default branch, whoever or whatever started the run there."""
        return self.kind in {"push", "schedule", "workflow_dispatch"} and self.rules_ref == self.head_sha

    @property
    def is_follow_up(self) -> bool:
        """Whether this is the half that may write, after one that may not."""
        return self.kind == "workflow_run"


def read(environment: Mapping[str, str]) -> Event:
    """Return the event of this job. Raises UserError where it can't be judged, or is not told."""
    name, file = environment.get("GITHUB_EVENT_NAME", ""), environment.get("GITHUB_EVENT_PATH", "")
    if not name or not file:
        raise UserError(
            "GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are not set", remedy="This runs in GitHub Actions only."
        )
    try:
        with Path(file).open("rb") as stream:
            payload = json.loads(stream.read(_LARGEST))
    except (OSError, ValueError) as error:
        raise UserError(f"can't be read: {error}", where="GITHUB_EVENT_PATH", remedy="Run the job again.") from None
    if not isinstance(payload, dict):
        raise UserError("is not a JSON object", where="GITHUB_EVENT_PATH", remedy="Run the job again.")
    return of(name, payload, environment)


def of(name: str, payload: Payload, environment: Mapping[str, str]) -> Event:
    """Return the event called `name` with its `payload`; `environment` says what some payloads do not."""
    if name == "pull_request_target":
        raise UserError(
            "runs with secrets and a token that may write, next to what a stranger has built",
            where="event `pull_request_target`",
            remedy=f"Use `pull_request`, and `workflow_run` to post for forks. {_USE_PULL_REQUEST}",
        )
    reader = _READERS.get(name)
    if reader is not None:
        return reader(name, payload, environment)
    return (
        _of_pull_request(name, payload, environment)
        if "pull_request" in payload
        else _other(name, payload, environment)
    )


def _of_pull_request(name: str, payload: Payload, _: Mapping[str, str]) -> Event:
    head_repository = fields.at(payload, "pull_request", "head", "repo")  # null where the fork is gone
    own = fields.number(payload, "repository", "id")
    theirs = fields.number(payload, "pull_request", "head", "repo", "id") if head_repository else None
    base = fields.commit(payload, "pull_request", "base", "sha")
    return Event(
        kind=name,
        repository=fields.repository(payload, "repository", "full_name"),
        repository_id=own,
        head_sha=fields.commit(payload, "pull_request", "head", "sha"),
        rules_ref=base,
        base_sha=base,
        base_branch=fields.branch(payload, "pull_request", "base", "ref"),
        pull_request=fields.number(payload, "pull_request", "number"),
        sender_id=fields.number(payload, "sender", "id"),
        author_id=fields.number(payload, "pull_request", "user", "id"),
        is_fork=theirs != own,
        head_repository=fields.repository(payload, "pull_request", "head", "repo", "full_name")
        if head_repository
        else None,
        head_repository_id=theirs,
        head_branch=fields.branch(payload, "pull_request", "head", "ref"),
        action=str(payload.get("action") or ""),
        before=fields.commit(payload, "before") if payload.get("before") else None,
    )


def _merge_group(name: str, payload: Payload, _: Mapping[str, str]) -> Event:
    base = fields.commit(payload, "merge_group", "base_sha")
    return Event(
        kind=name,
        repository=fields.repository(payload, "repository", "full_name"),
        repository_id=fields.number(payload, "repository", "id"),
        head_sha=fields.commit(payload, "merge_group", "head_sha"),
        rules_ref=base,
        base_sha=base,
        base_branch=fields.branch(payload, "merge_group", "base_ref").removeprefix(_BRANCH_REF),
        sender_id=fields.number(payload, "sender", "id"),
        head_branch=fields.branch(payload, "merge_group", "head_ref").removeprefix(_BRANCH_REF),
    )


def _push(name: str, payload: Payload, _: Mapping[str, str]) -> Event:
    head, before = fields.commit(payload, "after"), fields.commit(payload, "before")
    if head == _NO_COMMIT:
        raise UserError(
            "a branch was deleted, there is nothing to judge",
            where="event `push`",
            remedy="Run the job only `if: github.event.deleted == false`.",
        )
    ref = fields.branch(payload, "ref")
    return Event(
        kind=name,
        repository=fields.repository(payload, "repository", "full_name"),
        repository_id=fields.number(payload, "repository", "id"),
        head_sha=head,
        rules_ref=_rules(payload, ref, head),
        base_sha=None if before == _NO_COMMIT else before,
        base_branch=ref.removeprefix(_BRANCH_REF),
        sender_id=fields.number(payload, "sender", "id"),
    )


def _workflow_run(name: str, payload: Payload, _: Mapping[str, str]) -> Event:
    started_by = fields.at(payload, "workflow_run", "event")
    if started_by not in _OF_FORKS:
        raise UserError(
            f"follows a `{visible(str(started_by))}`, which posts for itself",
            where="event `workflow_run`",
            remedy="Run the job only `if: github.event.workflow_run.event == 'pull_request'`, or after a review.",
        )
    own = fields.number(payload, "repository", "id")
    head_repository = fields.at(payload, "workflow_run", "head_repository")
    theirs = fields.number(payload, "workflow_run", "head_repository", "id") if head_repository else None
    return Event(
        kind=name,
        repository=fields.repository(payload, "repository", "full_name"),
        repository_id=own,
        head_sha=fields.commit(payload, "workflow_run", "head_sha"),
        rules_ref=None,
        sender_id=fields.number(payload, "sender", "id"),
        is_fork=theirs != own,
        head_repository=(
            fields.repository(payload, "workflow_run", "head_repository", "full_name") if head_repository else None
        ),
        head_repository_id=theirs,
        head_branch=fields.branch(payload, "workflow_run", "head_branch"),
    )


def _other(name: str, payload: Payload, environment: Mapping[str, str]) -> Event:
    """Return the event of a run by hand, by the clock, or by whatever else: what is checked out is judged."""
    repository_id = fields.integer(environment.get("GITHUB_REPOSITORY_ID"))
    named = {"full_name": environment.get("GITHUB_REPOSITORY"), "id": repository_id}
    said = {
        "after": environment.get("GITHUB_SHA", ""),
        "ref": environment.get("GITHUB_REF", ""),
        "repository": payload.get("repository") or named,
    }
    head, ref = fields.commit(said, "after"), fields.branch(said, "ref")
    # The clock starts workflows of the default branch only, and its payload may say nothing at all.
    by_clock = name == "schedule"
    return Event(
        kind=name,
        repository=fields.repository(said, "repository", "full_name"),
        repository_id=fields.number(said, "repository", "id"),
        head_sha=head,
        rules_ref=head if by_clock else _rules(said, ref, head),
        base_branch=ref.removeprefix(_BRANCH_REF),
        sender_id=fields.number(payload, "sender", "id") if payload.get("sender") else None,
    )


_READERS: Final = {
    "pull_request": _of_pull_request,
    "pull_request_review": _of_pull_request,
    "merge_group": _merge_group,
    "push": _push,
    "workflow_run": _workflow_run,
}


def _rules(payload: Payload, ref: str, head: str) -> str:
    """Return whose rules decide for a commit that is no pull request's.

    Its own, on the default branch: they have been reviewed. On any other branch those of the default branch: a commit
    carries one status, and a branch must not turn that of its own pull request green by being pushed.
    """
    default = fields.branch(payload, "repository", "default_branch")
    return head if ref == f"{_BRANCH_REF}{default}" else f"origin/{default}"
