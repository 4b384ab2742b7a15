"""The sign-offs that stand at a commit: at the base, as people reviewed them; or in a change that is not checked out.

In: a repository and commits. Out: statements with their signatures, as `folder` gives those of a folder; and which of
them a change takes away.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from checks.errors import UserError
from checks.signing import folder
from checks.signoff.names import is_sign_off
from checks.trust.entries import FILE, at_commit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.signoff.verified import StatementFiles
    from checks.trust.entries import Entry
    from checks.trust.git import Repository


def statements(repository: Repository, commit: str) -> tuple[StatementFiles, ...]:
    """Return the statements of the base `commit`. Raises as `Repository` and `folder.one` do."""
    return _read(repository, commit, repository.entries(commit, _under(repository)), trusted=True)


def proposed(repository: Repository, commit: str) -> tuple[StatementFiles, ...]:
    """Return the statements of a change; what is no plain file of a sign-off is left out. Raises as `Repository`."""
    entries = repository.entries(commit, _under(repository))
    prefix = repository.prefix()
    read = [one for one in entries if one.mode in FILE and one.size <= folder.LARGEST and is_sign_off(one.path, prefix)]
    return _read(repository, commit, read, trusted=False)


def taken_away(repository: Repository, base: str, head: str) -> frozenset[str]:
    """Return the ids of sign-offs of which `head` lacks a file, or has another one, that it began with.

    Where the change has something in place of the folder that is not read, it has taken all of them away.
    """
    began = _by_path(repository, repository.merge_base(base, head))
    try:
        now = _by_path(repository, head)
    except UserError:
        now = {}
    gone = (path for path, oid in began.items() if now.get(path) != oid)
    return frozenset(PurePosixPath(path).name.partition(".")[0] for path in gone)


def _by_path(repository: Repository, commit: str) -> Mapping[str, str]:
    return {one.path: one.oid for one in repository.entries(commit, _under(repository))}


def _under(repository: Repository) -> str:
    prefix = repository.prefix()
    return f"{prefix}/{folder.DEFAULT}" if prefix else str(folder.DEFAULT)


def _read(
    repository: Repository, commit: str, entries: Sequence[Entry], *, trusted: bool
) -> tuple[StatementFiles, ...]:
    held = repository.contents(commit, entries, folder.LARGEST)
    with tempfile.TemporaryDirectory(prefix="gonogo-") as place:
        for path, data in held.items():
            (Path(place) / PurePosixPath(path).name).write_bytes(data)
        found = folder.statements(Path(place), trusted=trusted)
        return tuple(replace(one, where=at_commit(f"{_under(repository)}/{one.id}.json", commit)) for one in found)
