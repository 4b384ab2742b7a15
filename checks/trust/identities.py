"""By which e-mail addresses a change was made: those of its authors, its committers, and its co-authors.

In: a repository, the commit that the change left, and its head. Out: addresses. Two kinds of commits make nobody an
author: a merge of the base as git makes it, and one that only adds files of sign-offs. Whoever signs may bring the
signature along.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from checks.signoff.names import only_sign_offs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.trust.git import Repository

NO_ADDRESS: Final = "<>"
"""What stands for an author who left the address empty: somebody whom nobody knows."""
_FORM: Final = "%H%n%ae%n%ce%n%(trailers:key=Co-authored-by,valueonly,unfold)"
_ADDRESS: Final = re.compile(r"<([^<>\s]+@[^<>\s]+)>")


def emails(repository: Repository, base: str, head: str, *, committers: bool = True) -> tuple[str, ...]:
    """Return the addresses, each once, in the order of the log. Raises as `Repository` does.

    Of what was merged already `committers` may be who pressed merge, and are left out.
    """
    prefix = repository.prefix()
    found: dict[str, None] = {}
    for merges in (False, True):
        for told in repository.commits(base, head, _FORM, merges=merges):
            commit, *people = _people(told, committers=committers)
            # Only a commit by somebody new is looked into: it costs a process.
            if set(people) <= found.keys() or _changes_nothing(repository, commit, prefix, merges=merges):
                continue
            found.update(dict.fromkeys(people))
    return tuple(found)


def changes_nothing(repository: Repository, commit: str) -> bool:
    """Return whether a commit, which is no merge, only adds files of sign-offs."""
    return only_sign_offs(repository.added_alone(commit), repository.prefix())


def _changes_nothing(repository: Repository, commit: str, prefix: str, *, merges: bool) -> bool:
    if merges:
        return repository.is_clean_merge(commit)
    return only_sign_offs(repository.added_alone(commit), prefix)


def _people(told: str, *, committers: bool) -> Iterator[str]:
    """Give the commit, then by which addresses it was made."""
    commit, author, committer, *trailers = told.split("\n")
    yield commit
    yield from (address or NO_ADDRESS for address in (author, *([committer] if committers else [])))
    yield from (found[1] for line in trailers for found in _ADDRESS.finditer(line))
