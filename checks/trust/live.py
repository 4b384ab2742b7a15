"""What the config names as baseline, from where the rules that decide came from: a folder of the base is read there.

In: `Trust`, the folder that the config names, a folder for a copy. Out: the folder to read. A pull request that could
bring its own baseline could make any fault one that was there before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks.errors import CannotMeasureError, UserError
from checks.trust import root, rules
from checks.trust.git import Repository

if TYPE_CHECKING:
    from checks.trust.rules import Trust

LARGEST: Final = 256 * 1024 * 1024
_AT_ONCE: Final = 200
"""Files that are in memory at a time; a page takes some kilobytes."""


def folder(trust: Trust | None, named: str, into: Path) -> Path:
    """Return the folder to read: a copy below `into` where the base holds it, else the one that is named.

    A folder that no commit holds was put there by whoever runs the check, and is taken. Raises CannotMeasureError for
    one that the change has committed and the base has not, UserError for what is no plain file.
    """
    if trust is None or trust.root != rules.BASE or trust.commit is None:
        return Path(named)
    repository = Repository(Path())
    if Path(named).is_relative_to(Path.cwd()):
        named = str(Path(named).relative_to(Path.cwd()))
    try:
        path = root.within(repository.prefix(), named)
    except UserError:
        return Path(named)  # outside of the repository no change can bring anything
    under = "" if path == "." else path
    if not repository.entries(trust.commit, under):
        _refuse_own(repository, trust.commit, named, under)
        return Path(named)
    _copy(repository, trust.commit, under, into)
    return into


def _refuse_own(repository: Repository, commit: str, named: str, under: str) -> None:
    if repository.entries(repository.resolve("HEAD"), under):
        raise CannotMeasureError(
            f"the change brings it, and the base ({commit[:12]}) has none",
            where=named,
            remedy="What is live is read from the base: commit it there, in a pull request of its own.",
        )


def _copy(repository: Repository, commit: str, under: str, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    entries = repository.entries(commit, under)
    for first in range(0, len(entries), _AT_ONCE):
        for path, data in repository.contents(commit, entries[first : first + _AT_ONCE], LARGEST).items():
            file = into / path.removeprefix(f"{under}/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
