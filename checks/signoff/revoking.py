"""What was taken back: statements by their ids, keys by their fingerprints. Step 8 of the order of verification.

In: statements whose signatures are known. Out: whether one of them was taken back, and by whom. Pure.
Taking back is never harder than signing: whoever could have signed can take back, also who made the change, and it
does not end. A revocation that stands at the trusted ref counts even when its own keys no longer do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.judge.override import of_owner
from checks.signoff import verified
from checks.signoff.statement import REVOKE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.judge.policy import Policy
    from checks.signoff.statement import Statement
    from checks.signoff.verified import SignedBy, Verified

KEEPS_KEYS: Final = "security"
"""The role of those who answer for people and keys."""
_COUNTS: Final = frozenset({verified.UNUSED, verified.EXPIRED})
_NEVER_AT_BASE: Final = frozenset({verified.MALFORMED, verified.WRONG_CONTEXT})


class Revocations:
    """The revocations among statements, and what each of them takes back."""

    def __init__(self, read: Sequence[Verified], policies: Mapping[str, Policy]) -> None:
        self._policies = policies
        self._all = read
        self._by_target: dict[str, list[Verified]] = {}
        for one in read:
            for target in one.statement.revokes if one.statement and _counts(one) else ():
                self._by_target.setdefault(target, []).append(one)

    def left(self, told: Verified) -> tuple[SignedBy, ...] | str:
        """Return the signers whose keys were not taken back; or why the statement counts no more."""
        by = self._who(told.id, self._roles(told), {one.person for one in told.signers})
        if by is not None:
            return f"it was taken back by {by}"
        gone = {
            signer: by
            for signer in told.signers
            if (by := self._who(signer.fingerprint, set(signer.roles), {signer.person})) is not None
        }
        kept = tuple(signer for signer in told.signers if signer not in gone)
        if gone and not kept:
            signer, by = next(iter(gone.items()))
            return f"the key {signer.fingerprint} of {signer.name} was taken back by {by}"
        return kept

    def takes(self, revocation: Verified) -> bool:
        """Return whether a revocation takes back anything that is there."""
        stated = revocation.statement
        if stated is None or not _counts(revocation):
            return False
        there = {name for one in self._all for name in (one.id, *(signer.fingerprint for signer in one.signers))}
        return not there.isdisjoint(stated.revokes)

    def _who(self, target: str, roles: set[str], people: set[str]) -> str | None:
        """Return who took `target` back, which these people with these roles stand behind; None where nobody did."""
        for one in self._by_target.get(target, ()):
            for signer in one.signers:
                if signer.person in people or signer.level or {KEEPS_KEYS, *roles} & set(signer.roles):
                    return signer.name
            if one.trusted:
                return f"{one.id}, which stands at the base"
        return None

    def _roles(self, told: Verified) -> set[str]:
        """Return the roles of those who signed, and of those who may."""
        roles = {role for signer in told.signers for role in signer.roles}
        stated: Statement | None = told.statement
        if stated is not None:
            for policy_id in (*(one.policy_id for one in stated.findings), *(one.policy_id for one in stated.causes)):
                policy = self._policies.get(policy_id)
                if policy is not None:
                    roles |= set((policy.override or of_owner(policy.owner)).owners)
            roles |= {entry.owner for entry in stated.weakenings}
        return roles


def _counts(one: Verified) -> bool:
    if one.statement is None or one.statement.action != REVOKE:
        return False
    return one.outcome in _COUNTS or (one.trusted and one.outcome not in _NEVER_AT_BASE)
