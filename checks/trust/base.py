"""Which commit decides, as a CI system tells it: its environment and its event -> the ref of the base.

In: the variables of the environment, and the event's document where there is one. Out: a `Base`, or None on a desk.
Pure but for `read_event`. Events: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
and https://docs.gitlab.com/ci/variables/predefined_variables/
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_EVENT: Final = 32 * 1024 * 1024
HEAD: Final = "HEAD"
_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PULL_REQUESTS: Final = ("pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment")
_BRANCH: Final = "refs/heads/"


@dataclass(frozen=True, slots=True)
class Base:
    """The ref whose rules decide."""

    event: str
    """What happened, as the CI system calls it."""
    ref: str
    """A commit, HEAD where what is judged was merged already, or the remote default branch."""
    before: str | None = None
    """On a push: the commit that the branch was at, to say what the push weakened."""


def base_of(environment: Mapping[str, str], event: Mapping[str, Any] | None) -> Base | None:
    """Return the base that a CI system tells of; None outside of those that are known.

    A pull request and a merge queue are judged by the tip of the branch that they go to. On the default branch HEAD
    decides, which came there through its protection. On any other branch the default branch decides: a branch that
    nobody protects must not go green by rules of its own. Raises UserError for an event that does not say what it must.
    """
    if environment.get("GITHUB_ACTIONS") == "true":
        return _github(environment, event or {})
    if environment.get("GITLAB_CI") == "true":
        return _gitlab(environment)
    return None


def read_event(environment: Mapping[str, str]) -> Mapping[str, Any] | None:
    """Return the event of a run of GitHub Actions; None where there is no such file. Raises UserError."""
    name = environment.get("GITHUB_EVENT_PATH")
    if not name:
        return None
    try:
        with Path(name).open("rb") as stream:
            event = json.loads(stream.read(LARGEST_EVENT))
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(f"the event can't be read: {error}", where="GITHUB_EVENT_PATH") from error
    if not isinstance(event, dict):
        raise UserError("the event is no object", where="GITHUB_EVENT_PATH")
    return event


def _github(environment: Mapping[str, str], event: Mapping[str, Any]) -> Base:
    name = environment.get("GITHUB_EVENT_NAME", "")
    if name in _PULL_REQUESTS:
        return Base(name, _commit(event, "pull_request", "base", "sha"))
    if name == "merge_group":
        return Base(name, _commit(event, "merge_group", "base_sha"))
    default = _at(event, "repository", "default_branch")
    if not isinstance(default, str) or not default:
        raise UserError(
            "the event does not name the default branch",
            where=f"event {name or 'without a name'}: repository.default_branch",
            remedy="Say whose rules decide: --trust-ref REF.",
        )
    before = _at(event, "before") if name == "push" else None
    return _on_branch(name, environment.get("GITHUB_REF", ""), default, before)


def _gitlab(environment: Mapping[str, str]) -> Base:
    event = environment.get("CI_PIPELINE_SOURCE", "")
    for name in ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_MERGE_REQUEST_DIFF_BASE_SHA"):
        if environment.get(name):
            return Base(event, _commit({name: environment[name]}, name))
    default = environment.get("CI_DEFAULT_BRANCH", "")
    if "CI_MERGE_REQUEST_IID" in environment or not default:
        remedy = "Say whose rules decide: --trust-ref REF."
        what = "the pipeline does not say which commit the change is based on"
        raise UserError(what, where="CI_MERGE_REQUEST_DIFF_BASE_SHA", remedy=remedy)
    branch = _BRANCH + environment.get("CI_COMMIT_BRANCH", "")
    return _on_branch(event, branch, default, environment.get("CI_COMMIT_BEFORE_SHA"))


def _on_branch(event: str, ref: str, default: str, before: Any) -> Base:
    if ref != _BRANCH + default:
        return Base(event, f"refs/remotes/origin/{default}")
    known = isinstance(before, str) and _COMMIT.fullmatch(before) and before.strip("0")
    return Base(event, HEAD, before if known else None)


def _commit(document: Mapping[str, Any], *path: str) -> str:
    found = _at(document, *path)
    if isinstance(found, str) and _COMMIT.fullmatch(found):
        return found
    remedy = "Say whose rules decide: --trust-ref REF."
    raise UserError("the event does not say which commit it is based on", where=".".join(path), remedy=remedy)


def _at(document: Any, *path: str) -> Any:
    for key in path:
        document = document.get(key) if isinstance(document, dict) else None
    return document
