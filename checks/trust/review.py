"""What a change does to its own rules: in what it weakens them, and which policies it would have instead.

In: a repository, the commit of the base and that of the change. Out: a frozen `Review`. Both sides are read from git,
so that what a build left in the working tree is no part of it; the change's side is hostile, and never stops a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.errors import UserError
from checks.trust import pipelines, preview, root, snapshot, weakening

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from checks.trust.git import Repository
    from checks.trust.preview import PolicyChange
    from checks.trust.weakening import Weakening


@dataclass(frozen=True, slots=True)
class Review:
    """What a change does to its own rules."""

    weakenings: tuple[Weakening, ...] = ()
    policies: tuple[PolicyChange, ...] = ()
    pipelines: tuple[str, ...] = ()
    """Files that it edits and that tell a CI system what to run."""

    @property
    def weakened(self) -> bool:
        """Whether the owners must sign before this may be merged."""
        return bool(self.weakenings)


def review(repository: Repository, base: str, head: str, config: Path | None, today: date) -> Review:
    """Return what the commit `head` does to the rules of the commit `base`; of them nothing where it has none yet.

    Raises UserError for rules of the base that are broken, and as `Repository` does.
    """
    name = config.as_posix() if config else None
    before, after = repository.resolve(base), repository.resolve(head)
    decides = root.deciding(repository, before, name)
    runs = pipelines.edited(repository, before, after)
    if not decides or decides == _deciding(repository, after, name):
        return Review(pipelines=runs)
    old = snapshot.of_commit(repository, before, name, {}, today)
    new = snapshot.of_commit(repository, after, name, {}, today, strict=False)
    changes = preview.changed_policies(old.policies, new.policies, new.broken)
    return Review(weakening.compare(old, new), changes, runs)


def _deciding(repository: Repository, commit: str, config: str | None) -> object:
    """Return the files that decide; None where the change has something in their place that is refused."""
    try:
        return root.deciding(repository, commit, config)
    except UserError:
        return None
