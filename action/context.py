"""Who made the change, as GitHub knows it, and which reviews sign for what it does: what only the API can say.

In: the event and the API. Out: a document of the shape `context`, for the check, which holds no token.
The accounts are the author of the pull request and whoever pushed. Who merges, queues, reviews, presses "update
branch" or brings nothing but files of sign-offs has made nothing; a merge that is more than that is found in the
commits, by the check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from action import harmless, reviews
from action.transport import GithubError
from checks.trust.identities import NO_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from action.event import Event
    from action.github import Document, Github

REVIEWED: Final = "pull_request_review"
_QUEUED: Final = re.compile(r"gh-readonly-queue/.+/pr-(?P<number>[1-9][0-9]{0,9})-[0-9a-f]{40}")
_MOST_COMMITS: Final = 250
_MOST_PUSHES: Final = 500
_PUSHES: Final = frozenset({"push", "force_push", "branch_creation"})
_NO_COMMIT: Final = "0" * 40
_CO_AUTHOR: Final = re.compile(
    r"^co-authored-by:[^<>\n]*<(?P<email>[^<>\s]+@[^<>\s]+)>\s*$", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Makers:
    """Who made a change."""

    github_ids: tuple[int, ...]
    emails: tuple[str, ...]
    complete: bool = True
    """Whether these are all; GitHub lists no more than 250 commits of a pull request."""


def of(event: Event, github: Github, number: int | None, now: float) -> tuple[Document, str]:
    """Return what is known, and why no reviews are among it where they can't be had.

    Raises GithubError where it can't be known who made the change.
    """
    pull = _pull_request(event, github, number)
    made_by = _makers(event, github, pull)
    missing = ""
    found: list[Document] = []
    branch = event.base_branch or (str((pull.get("base") or {}).get("ref")) if pull else "")
    try:
        found = reviews.collect(github, branch, pull, now, makers_of=lambda one: makers_of(github, one))
    except GithubError as error:
        missing = str(error)
    return {
        "repository_id": event.repository_id,
        "repository": event.repository,
        "base_branch": branch,
        "github_ids": list(made_by.github_ids),
        "emails": list(made_by.emails),
        "reviews": found,
    }, missing


def makers_of(github: Github, pull: Document) -> Makers:
    """Return who made a pull request."""
    author = (pull.get("user") or {}).get("id")
    commits = list(github.commits_of(int(pull["number"])))
    if not isinstance(author, int):
        raise GithubError(f"pull request #{pull['number']} has no author any more", where="GitHub")
    return Makers((author,), emails(github, commits), len(commits) < _MOST_COMMITS)


def emails(github: Github, commits: Iterable[Document]) -> tuple[str, ...]:
    """Return by which addresses commits were made; merges are left out, and what only adds files of sign-offs."""
    found: dict[str, None] = {}
    for one in commits:
        addresses = dict.fromkeys(_addresses(one.get("commit") or {}))
        # GitHub is asked only of commits by somebody new.
        is_merge = len(one.get("parents") or ()) > 1
        if is_merge or addresses.keys() <= found.keys() or harmless.commit(github, str(one.get("sha"))):
            continue
        found.update(addresses)
    return tuple(found)


def _addresses(commit: dict[str, Any]) -> Iterator[str]:
    for role in ("author", "committer"):
        yield str((commit.get(role) or {}).get("email") or NO_ADDRESS)
    yield from (each["email"] for each in _CO_AUTHOR.finditer(str(commit.get("message") or "")))


def _pull_request(event: Event, github: Github, number: int | None) -> Document | None:
    """Return the pull request of the change: the one that is checked, queued, or was merged last."""
    if number is not None:
        return github.pull_request(number)
    if event.kind == "merge_group":
        queued = _QUEUED.fullmatch(event.head_branch or "")
        if queued is None:
            raise GithubError(f"the merge group `{event.head_branch}` names no pull request", where="GitHub")
        return github.pull_request(int(queued["number"]))
    merged = (one for one in github.pull_requests_of(event.head_sha) if one.get("merged_at"))
    return next((one for one in merged if one.get("merge_commit_sha") == event.head_sha), None)


def _makers(event: Event, github: Github, pull: Document | None) -> Makers:
    if pull is None:
        return _pushers(event, github)
    made_by = makers_of(github, pull)
    is_open = event.pull_request is not None or event.is_follow_up or event.kind == "merge_group"
    if is_open:
        made_by = replace(made_by, github_ids=tuple(dict.fromkeys((*made_by.github_ids, *_recorded(github, pull)))))
    if not made_by.complete and not is_open:
        # Of what is merged already the clone tells nothing more.
        raise GithubError(f"pull request #{pull['number']} has more commits than GitHub lists", where="GitHub")
    if event.pull_request is None or event.sender_id is None or not _pushed(event, github):
        return made_by
    return replace(made_by, github_ids=tuple(dict.fromkeys((*made_by.github_ids, event.sender_id))))


def _pushers(event: Event, github: Github) -> Makers:
    """Return who made what was pushed without a pull request: who pushed it, and its commits."""
    before = event.base_sha or f"{event.head_sha}^"
    compared = github.compare(before, event.head_sha)
    sender = () if event.sender_id is None or event.kind != "push" else (event.sender_id,)
    return Makers(sender, emails(github, compared.get("commits") or ()))


def _recorded(github: Github, pull: Document) -> Iterator[int]:
    """Give the accounts that pushed to the branch of a pull request, by whatever names the commits have.

    An event tells of one push only, and a review that comes after it is an event too.
    """
    repository = (pull["head"].get("repo") or {}).get("full_name")
    if repository is None:
        return
    branch, author = str((pull.get("base") or {}).get("ref")), (pull.get("user") or {}).get("id")
    for number, one in enumerate(github.activity(str(repository), str(pull["head"]["ref"]))):
        if number >= _MOST_PUSHES:
            raise GithubError(f"the branch of pull request #{pull['number']} was pushed to too often", where="GitHub")
        actor, before, after = (one.get("actor") or {}).get("id"), str(one.get("before")), str(one.get("after"))
        if one.get("activity_type") in _PUSHES and actor != author:
            if not isinstance(actor, int):
                raise GithubError(f"who pushed {after[:12]} is not known any more", where="GitHub")
            if before == _NO_COMMIT or not harmless.push(github, branch, before, after):
                yield actor
        if before == _NO_COMMIT:
            return


def _pushed(event: Event, github: Github) -> bool:
    """Return whether the sender of an event has a hand in the change: a reviewer has not."""
    if event.kind == REVIEWED:
        return False
    if event.action != "synchronize" or event.before is None:
        return True
    return not harmless.push(github, str(event.base_branch), event.before, event.head_sha)
