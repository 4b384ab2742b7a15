"""Who may make an exception to a policy: nobody, each of several owners together, or any one of several.

In: `x-override` as a policy says it. Out: a frozen `Override`. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

NEVER: Final = "never"
ANY_OF: Final = "any-of"


@dataclass(frozen=True, slots=True)
class Override:
    """Whose signatures an exception needs."""

    groups: tuple[tuple[str, ...], ...]
    """Each group is enough, and in it each owner must sign; without any, nobody can."""

    @property
    def never(self) -> bool:
        """Whether nobody can sign."""
        return not self.groups

    @property
    def owners(self) -> tuple[str, ...]:
        """Every owner that is named."""
        return tuple(dict.fromkeys(owner for group in self.groups for owner in group))

    @property
    def several(self) -> bool:
        """Whether one signature is never enough."""
        return all(len(group) > 1 for group in self.groups)

    @property
    def words(self) -> str:
        """Who must sign, as people say it: "marketing and engineering", "marketing or legal", "nobody"."""
        return " or ".join(" and ".join(group) for group in self.groups) or "nobody"


def of(said: Any) -> Override | None:
    """Return what `x-override` says; None where a policy has none, and leaves it to its owner."""
    if said is None:
        return None
    if said == NEVER:
        return Override(())
    if isinstance(said, list):
        return Override((tuple(said),))
    return Override(tuple((owner,) for owner in said[ANY_OF]))


def of_owner(owner: str) -> Override:
    """Return that one owner must sign."""
    return Override(((owner,),))
