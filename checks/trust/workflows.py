"""The files by which a change is checked itself: a CI system takes them from the change, before anybody has read them.

In: a repository, the commit of the base and that of the change. Out: those that differ. No rule of ours can judge them,
for they say whether, and with what, the rules are asked at all; so they are told, and somebody looks.
https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.errors import UserError

if TYPE_CHECKING:
    from checks.trust.git import Repository

PLACES: Final = (
    ".github/workflows",
    ".github/actions",
    ".gitlab-ci.yml",
    ".circleci",
    "azure-pipelines.yml",
    "Jenkinsfile",
    "bitbucket-pipelines.yml",
)
MOST: Final = 20
SAID: Final = "This file says how a change is checked, and counts for this very one: look at it before you merge."


def altered(repository: Repository, base: str, head: str) -> tuple[str, ...]:
    """Return the files in `PLACES` that are added, changed or gone, at most `MOST`. Raises as `Repository` does."""
    before, after = (_files(repository, commit) for commit in (base, head))
    return tuple(sorted(path for path in {*before, *after} if before.get(path) != after.get(path)))[:MOST]


def to_document(path: str) -> dict[str, str]:
    """Return the member of `workflows` in verdict.json."""
    return {"file": path, "said": SAID}


def _files(repository: Repository, commit: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in PLACES:
        try:
            found |= {entry.path: f"{entry.mode} {entry.oid}" for entry in repository.entries(commit, place)}
        except UserError as error:  # a link on the way, or a name that can't be written: told like any other change
            found[place] = str(error.what)
    return found
