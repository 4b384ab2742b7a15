"""The exports that the config names, from where the rules that decide came from: a commit, a folder, the working tree.

In: `Trust`, what the config names, a folder for copies. Out: for each export the file to read and what errors call it.
A pull request that could bring its own figures could make a page worth nothing before it removes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.trust import root, rules
from checks.trust.entries import at_commit
from checks.trust.git import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.settings.exports import Export
    from checks.trust.rules import Trust

LARGEST: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """One export, to be read."""

    export: Export
    path: Path
    name: str
    """As errors call it: `gonogo/data/pages.csv at 0123456789ab`."""


def files(trust: Trust, named: Sequence[Export], into: Path) -> Iterator[File]:
    """Give the file of each export; those of a commit are copied below `into`. Raises UserError for one not there."""
    for number, export in enumerate(named):
        if trust.root == rules.BASE and trust.commit is not None:
            yield _of_commit(Repository(Path()), trust.commit, export, into / f"export-{number}.csv")
        else:
            folder = Path(trust.ref) if trust.root == rules.FOLDER and trust.ref else Path()
            path = folder / export.file
            if path.is_symlink() or not path.is_file():
                kind = "it is no plain file" if path.exists() or path.is_symlink() else "there is no such file"
                raise UserError(kind, where=str(path), remedy=_REMEDY)
            yield File(export, path, str(path))


_REMEDY: Final = "Name the exported file, as seen from the config; or take it out of the config."


def _of_commit(repository: Repository, commit: str, export: Export, into: Path) -> File:
    path = root.within(repository.prefix(), export.file)
    data = repository.read(commit, path, LARGEST)
    if data is None:
        remedy = f"What a page is worth is read from the base, as its rules are: commit the file there. {_REMEDY}"
        raise UserError("there is no such file", where=at_commit(export.file, commit), remedy=remedy)
    into.write_bytes(data)
    return File(export, into, at_commit(export.file, commit))
