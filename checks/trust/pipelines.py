"""The files that tell a CI system what to run, and which of them a change edits: one of them runs this check.

In: a repository, the commit of the base and that of the change. Out: paths. A change may replace the check by something
that only looks like it, so whoever merges is told to read it; what keeps it from happening is said in docs/github.md.
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


def edited(repository: Repository, base: str, head: str) -> tuple[str, ...]:
    """Return the files that are not the same in both commits, by their paths from the root. Raises as `Repository`."""
    before, after = _files(repository, base), _files(repository, head)
    return tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))


def _files(repository: Repository, commit: str) -> dict[str, str]:
    """Return path -> digest; what stands in the place of a folder and is not read has none."""
    found: dict[str, str] = {}
    for place in PLACES:
        try:
            found.update({one.path: f"{one.mode} {one.oid}" for one in repository.entries(commit, place)})
        except UserError:
            found[place] = ""
    return found
