"""By which e-mail addresses a change was made: those of its authors, its committers, and its co-authors.

In: a repository, the commit that the change left, and its head. Out: addresses. Who only merged the base in, and left
the merge as git makes it, has made nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.trust.git import Repository

_FORM: Final = "%H%n%ae%n%ce%n%(trailers:key=Co-authored-by,valueonly,unfold)"
_ADDRESS: Final = re.compile(r"<([^<>\s]+@[^<>\s]+)>")


def emails(repository: Repository, base: str, head: str) -> tuple[str, ...]:
    """Return the addresses, each once, in the order of the log. Raises as `Repository` does."""
    return tuple(dict.fromkeys(_emails(repository, base, head)))


def _emails(repository: Repository, base: str, head: str) -> Iterator[str]:
    for merges in (False, True):
        for told in repository.commits(base, head, _FORM, merges=merges):
            commit, author, committer, *trailers = told.split("\n")
            if merges and repository.is_clean_merge(commit):
                continue
            yield from (address for address in (author, committer) if address)
            yield from (found[1] for line in trailers for found in _ADDRESS.finditer(line))
