"""Which pull request a follow-up job posts for: asked of GitHub, never of what the first half has left.

In: the event of the follow-up and the API. Out: the pull request. The payload of `workflow_run` names no pull request
of a fork, so it is found by the branch and the repository that the first half ran for, and must stand at that commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from action.event import Event
    from action.github import Github


@dataclass(frozen=True, slots=True)
class PullRequest:
    """The pull request that the facts are about."""

    number: int
    base_sha: str


def find(github: Github, event: Event) -> PullRequest:
    """Return the one open pull request at the commit of `event`. Raises CannotMeasureError for none, and for several.

    A commit carries one status. Were it the head of two pull requests with two base branches, the rules of one would
    speak for the other.
    """
    owner = (event.head_repository or "").partition("/")[0]
    listed = github.open_pull_requests(owner, event.head_branch or "") if owner else iter(())
    found = [one for one in listed if _is_of(one, event)]
    if len(found) != 1:
        numbers = ", ".join(f"#{one['number']}" for one in found)
        raise CannotMeasureError(
            f"is the head of {f'several open pull requests ({numbers})' if found else 'no open pull request'}",
            where=f"commit {event.head_sha[:12]}",
            remedy="Close all but one."
            if found
            else "A newer commit is checked in a run of its own; else open it again.",
        )
    return PullRequest(int(found[0]["number"]), str(found[0]["base"]["sha"]))


def _is_of(one: dict[str, Any], event: Event) -> bool:
    head = one.get("head") or {}
    repository = head.get("repo") or {}
    same_repository = repository.get("id") == event.head_repository_id and event.head_repository_id is not None
    return one.get("state") == "open" and head.get("sha") == event.head_sha and same_repository
