"""Who decides: each owner by another person with another key; or, after days of disagreement, a lead or an arbiter.

In: who must sign, and the statements that accept a finding. Out: who has decided, or None. Pure.
Several statements count together, since each of them accepts the finding by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from checks.judge.override import of_owner
from checks.signoff.verified import ARBITER, LEAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from checks.judge.finding import Finding
    from checks.judge.override import Override
    from checks.judge.policy import Policy
    from checks.signoff.verified import SignedBy, Verified


@dataclass(frozen=True, slots=True)
class Decision:
    """Enough signatures."""

    by: tuple[Verified, ...]
    """The statements that they stand below."""
    decided_by: str = ""
    """The lead or the arbiter who decided; empty where the owners agreed."""


def required(finding: Finding, policy: Policy | None) -> Override:
    """Return who must sign."""
    return (policy.override if policy else None) or of_owner(finding.owner)


def decide(by: Override, able: Sequence[Verified], now: datetime) -> Decision | None:
    """Return who has decided, by one statement if one is enough; None where nobody has."""
    decisions = (_decide(owners, able, now) for owners in by.groups)
    return next((one for one in decisions if one is not None), None)


def enough(by: Override, signers: Sequence[SignedBy]) -> bool:
    """Return whether these signatures are enough."""
    return any(fills(owners, signers) for owners in by.groups)


def _decide(owners: Sequence[str], able: Sequence[Verified], now: datetime) -> Decision | None:
    for group in (*((one,) for one in able), tuple(able)):
        if fills(owners, _signers(group)):
            return Decision(tuple(group))
    for decider, missing in _deciders(able):
        others = [one for one in _signers(able) if not _same(one, decider)]
        if _disagreement(able, decider, now) and _all_but(owners, others, missing):
            return Decision(tuple(able), decider.name)
    return None


def fills(owners: Sequence[str], signers: Sequence[SignedBy]) -> bool:
    """Return whether each owner has a signature of its own: no person and no key counts twice."""
    if not owners:
        return True
    return any(
        owners[0] in signer.roles and fills(owners[1:], [one for one in signers if not _same(one, signer)])
        for signer in signers
    )


def _deciders(able: Sequence[Verified]) -> Iterator[tuple[SignedBy, bool]]:
    """Give leads, then arbiters; and whether they stand for one owner only."""
    for level in (LEAD, ARBITER):
        yield from ((one, level == LEAD) for one in _signers(able) if one.level == level)


def _all_but(owners: Sequence[str], others: Sequence[SignedBy], only_one: bool) -> bool:  # noqa: FBT001 - told by name
    """Return whether the others fill all owners but one; an arbiter stands for all of them."""
    if not only_one:
        return True
    return any(fills([*owners[:at], *owners[at + 1 :]], others) for at in range(len(owners)))


def _disagreement(able: Sequence[Verified], decider: SignedBy, now: datetime) -> bool:
    """Return whether another owner has signed long ago, and it was not enough: that is the record of it.

    The statement may be the one that the decider signs, too; when it was written stands in what the other has signed.
    """
    long_ago = now - timedelta(days=decider.after)
    return any(
        signer.roles and signer.level != ARBITER and not _same(signer, decider)
        for one in able
        if one.statement is not None and one.statement.issued_at <= long_ago
        for signer in one.signers
    )


def _signers(group: Sequence[Verified]) -> list[SignedBy]:
    return list(dict.fromkeys(signer for one in group for signer in one.signers))


def _same(one: SignedBy, other: SignedBy) -> bool:
    return one.person == other.person or one.fingerprint == other.fingerprint
