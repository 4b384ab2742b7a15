"""The sign-offs that stand at a commit: what was merged, as people reviewed it.

In: a repository and a commit. Out: statements with their signatures, as `folder` gives those of a folder.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from checks.signing import folder
from checks.trust.entries import at_commit

if TYPE_CHECKING:
    from checks.signoff.verified import StatementFiles
    from checks.trust.git import Repository


def statements(repository: Repository, commit: str) -> tuple[StatementFiles, ...]:
    """Return the statements below `gonogo/sign-offs` at `commit`. Raises as `Repository` and `folder.one` do."""
    prefix = repository.prefix()
    under = f"{prefix}/{folder.DEFAULT}" if prefix else str(folder.DEFAULT)
    entries = repository.entries(commit, under)
    held = repository.contents(commit, entries, folder.LARGEST)
    with tempfile.TemporaryDirectory(prefix="gonogo-") as place:
        for path, data in held.items():
            (Path(place) / PurePosixPath(path).name).write_bytes(data)
        found = folder.statements(Path(place), trusted=True)
        return tuple(replace(one, where=at_commit(f"{under}/{one.id}.json", commit)) for one in found)
