"""What GitLab tells of a change: for which project and branch it is, and who started the pipeline.

In: the variables of a job. Out: a document of the shape `context`; an address. Pure.
Authors are in the commits. GitLab keeps no record that a job could read of who pushed which commit, and its approvals
say nothing that could be signed: there is no account and no review in what it tells.
https://docs.gitlab.com/ci/variables/predefined_variables/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,17}")
_MERGE_REQUEST: Final = ("CI_MERGE_REQUEST_PROJECT_ID", "CI_MERGE_REQUEST_PROJECT_PATH")
_BRANCH: Final = ("CI_PROJECT_ID", "CI_PROJECT_PATH")


def context(environment: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what GitLab tells of a change; None elsewhere, and for what is on no branch, such as a tag.

    Raises UserError where the project has no number.
    """
    if environment.get("GITLAB_CI") != "true":
        return None
    names = _MERGE_REQUEST if "CI_MERGE_REQUEST_IID" in environment else _BRANCH
    number, path = (environment.get(name, "") for name in names)
    branch = environment.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME") or environment.get("CI_COMMIT_BRANCH")
    if not branch:
        return None
    if not _NUMBER.fullmatch(number):
        remedy = "Say with --context what the change is for."
        raise UserError("the pipeline does not say for which project it is", where=names[0], remedy=remedy)
    told = {"repository_id": int(number), "repository": path, "base_branch": branch}
    return {**told, "github_ids": [], "emails": [], "reviews": []}


def pusher(environment: Mapping[str, str]) -> str:
    """Return the address of whoever pushed to a merge request; empty where the pipeline does not tell it.

    A merge train is started by who merges, and a pipeline of a branch that was merged into, too.
    """
    is_pushed = environment.get("CI_MERGE_REQUEST_EVENT_TYPE") in {"detached", "merged_result"}
    return environment.get("GITLAB_USER_EMAIL", "") if is_pushed else ""


def pushed(environment: Mapping[str, str], head: str) -> str:
    """Return the commit that was pushed: what is checked out may be a merge of it that GitLab made."""
    return environment.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") or head
