"""What the change's own policies would be: which of them differ from those of the base that decide.

In: the policies of both sides. Out: `PolicyChange`s, sorted by id. Pure. Who calls judges by the changed ones and says
how much they find.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.judge.policy import Policy
    from checks.trust.snapshot import Broken

ADDED: Final = "added"
CHANGED: Final = "changed"
DROPPED: Final = "dropped"
INVALID: Final = "invalid"
_KIND_OF_RULE: Final = {ADDED: "new", CHANGED: "changed"}


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One policy that the change adds, changes or drops; or files of policies that can't be read."""

    policy: str
    """Its id; for what can't be read, the file."""
    change: str
    """`added`, `changed`, `dropped` or `invalid`."""
    title: str
    after: Policy | None = None
    """The policy as the change wants it."""

    def to_document(self, finds: int = 0, pages: int = 0) -> dict[str, Any]:
        """Return the member of `rules_preview` in verdict.json; `finds` on `pages` is what the policy would find."""
        return {
            "policy": self.policy,
            "change": self.change,
            "title": self.title,
            "finds": finds,
            "pages": pages,
            "said": self._said(finds, pages),
        }

    def _said(self, finds: int, pages: int) -> str:
        if self.change == DROPPED:
            return f"{self.policy} would no longer judge."
        if self.change == INVALID:
            return f"{self.policy} can't be read: {self.title}"
        rule = f"The {_KIND_OF_RULE[self.change]} rule {self.policy} would"
        if not finds:
            return f"{rule} find nothing."
        if not pages:
            return f"{rule} find {_many(finds, 'fault')} of the site."
        return f"{rule} find {_many(pages, 'page')} ({_many(finds, 'finding')})."


def changed_policies(
    base: Iterable[Policy], head: Iterable[Policy], broken: Iterable[Broken] = ()
) -> tuple[PolicyChange, ...]:
    """Return how the policies of `head` differ from those of `base`; `broken` is what could not be read of `head`.

    Where policies could not be read, those that are missing for it are not called dropped.
    """
    unreadable = [one for one in broken if one.part in {"settings", "policies"}]
    before, after = ({one.id: one for one in side} for side in (base, head))
    changes = [PolicyChange(one.file, INVALID, one.what) for one in unreadable if one.what]
    if not unreadable:
        changes += [PolicyChange(name, DROPPED, before[name].title) for name in before.keys() - after.keys()]
    for name, policy in after.items():
        if name not in before:
            changes.append(PolicyChange(name, ADDED, policy.title, policy))
        elif policy.digest != before[name].digest:
            changes.append(PolicyChange(name, CHANGED, policy.title, policy))
    return tuple(sorted(changes, key=lambda one: one.policy))


def _many(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"
