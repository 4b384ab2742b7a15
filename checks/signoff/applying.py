"""What sign-offs accept: steps 10 and 11 of the order of verification, finding by finding.

In: verified statements, policies, and the time that counts; then findings after adoption, one at a time. Out: findings
that are `signed-off`, or `expired`, or as they were; and what became of each statement. Pure.
A finding that somebody has signed for is never old debt: where no signature covers it any more, it blocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from checks.judge.override import of_owner
from checks.signoff import bounds, roles, verified
from checks.signoff.statement import CauseEntry, FindingEntry, WeakeningEntry, weakening_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from checks.judge.finding import Finding
    from checks.judge.override import Override
    from checks.judge.policy import Policy
    from checks.signoff.roles import Decision
    from checks.signoff.statement import Statement
    from checks.signoff.verified import Verified

_ENDED: Final = frozenset({verified.EXPIRED, verified.REVOKED})
_NO_EFFECT: Final = frozenset({verified.MALFORMED, verified.WRONG_CONTEXT})


@dataclass(slots=True, eq=False)
class _Standing:
    """A statement, and what became of it so far."""

    verified: Verified
    stated: Statement
    applied: int = 0
    used: set[int] = field(default_factory=set)
    """Places of the entries that accepted something."""
    refused: dict[str, str] = field(default_factory=dict)
    """Outcome -> why, of the first finding that it did not accept."""
    outside: int = 0
    """Findings of a cause on pages that are not in its list."""
    owners: dict[str, None] = field(default_factory=dict)
    decided_by: dict[str, None] = field(default_factory=dict)
    """The lead or the arbiter who decided where owners did not agree."""
    pages: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def in_force(self) -> bool:
        return self.verified.outcome == verified.UNUSED


@dataclass(frozen=True, slots=True)
class _Claim:
    """One entry of one statement."""

    standing: _Standing
    place: int
    entry: FindingEntry | CauseEntry


class Applying:
    """Applies statements to findings as they go by; on a `desk` it only says what they would do."""

    def __init__(
        self, found: Sequence[Verified], policies: Mapping[str, Policy], now: datetime, *, desk: bool = False
    ) -> None:
        self._found = found
        self._policies = policies
        self._now = now
        self._desk = desk
        self._standings: list[_Standing | None] = []
        self._by_fingerprint: dict[str, list[_Claim]] = {}
        self._by_cause: dict[tuple[str, str], list[_Claim]] = {}
        self._weakenings: dict[str, list[tuple[_Standing, int, WeakeningEntry]]] = {}
        for one in found:
            standing = None
            if one.statement is not None:
                pages = {digest: frozenset(listed) for digest, listed in one.pages.items()}
                standing = _Standing(one, one.statement, pages=pages)
            self._standings.append(standing)
            if standing is not None and _matters(one):
                self._file(standing)

    def finding(self, finding: Finding, policy: Policy | None) -> Finding:
        """Return `finding`, after adoption, as signatures leave it; `policy` is the one in force, None for a gap."""
        claims = list(self._claims(finding))
        if not claims:
            return finding
        by = roles.required(finding, policy)
        able = [claim for claim in claims if claim.standing.in_force and self._accepts(claim, finding, policy)]
        lasting = sorted(able, key=lambda claim: claim.standing.stated.not_after, reverse=True)
        accepting = {claim.standing.verified.id: claim.standing for claim in lasting}
        decision = roles.decide(by, [one.verified for one in accepting.values()], self._now)
        _count(able, by, decision)
        if decision is None:
            return self._uncovered(finding, policy, claims)
        if self._desk:
            return finding
        if decision.decided_by:
            for one in decision.by:
                accepting[one.id].decided_by[decision.decided_by] = None
        told = _told_of([accepting[one.id] for one in decision.by], decision, by)
        return replace(finding, state="signed-off", blocking=False, sign_off=told)

    def weakening(self, document: Mapping[str, str]) -> bool:
        """Return whether the owner has signed for a weakening, as verdict.json holds it."""
        parts = (document[name] for name in ("kind", "file", "what", "before", "after"))
        signed = False
        for standing, place, entry in self._weakenings.get(weakening_fingerprint(*parts), ()):
            owner = document["owner"]
            if entry.owner != owner:
                standing.refused.setdefault(verified.POLICY_CHANGED, f"the rule belongs to {owner}, not {entry.owner}")
            elif not any(owner in signer.roles for signer in standing.verified.signers):
                standing.refused.setdefault(verified.INSUFFICIENT, _insufficient(of_owner(owner), standing))
            else:
                standing.applied += 1
                standing.used.add(place)
                signed = True
        return signed and not self._desk

    def told(self) -> list[dict[str, Any]]:
        """Return what became of each statement: the member `sign_offs` of verdict.json."""
        return [self._told(one, standing) for one, standing in zip(self._found, self._standings, strict=True)]

    def _file(self, standing: _Standing) -> None:
        stated = standing.stated
        for place, entry in enumerate(stated.entries):
            match entry:
                case FindingEntry():
                    self._by_fingerprint.setdefault(entry.fingerprint, []).append(_Claim(standing, place, entry))
                case CauseEntry():
                    key = (entry.policy_id, entry.cause)
                    self._by_cause.setdefault(key, []).append(_Claim(standing, place, entry))
                case WeakeningEntry() if standing.in_force:
                    named = self._weakenings.setdefault(entry.fingerprint, [])
                    named.append((standing, place, entry))
                    standing.owners[entry.owner] = None

    def _claims(self, finding: Finding) -> Iterator[_Claim]:
        """Give the entries that name a finding: by what it is called or was before its page moved, or by its cause."""
        for fingerprint, page in finding.called.items():
            for claim in self._by_fingerprint.get(fingerprint, ()):
                entry = claim.entry
                if isinstance(entry, FindingEntry) and (entry.url_path, entry.policy_id) == (page, finding.policy):
                    yield claim
        for claim in self._by_cause.get((finding.policy, finding.cause), ()):
            if not isinstance(claim.entry, CauseEntry):
                continue
            if claim.standing.pages.get(claim.entry.pages_digest, frozenset()).isdisjoint(finding.called.values()):
                claim.standing.outside += 1
            else:
                yield claim

    def _accepts(self, claim: _Claim, finding: Finding, policy: Policy | None) -> bool:
        refusal = bounds.refusal(claim.entry, finding, policy)
        claim.standing.owners.update(dict.fromkeys(roles.required(finding, policy).owners))
        if refusal is not None:
            claim.standing.refused.setdefault(*refusal)
        return refusal is None

    def _uncovered(self, finding: Finding, policy: Policy | None, claims: list[_Claim]) -> Finding:
        """Return a finding that was signed for, and is not any more, as one that is no old debt."""
        blocking = finding.blocking or (policy is not None and policy.blocks)
        ended = [claim.standing for claim in claims if claim.standing.verified.outcome in _ENDED]
        if ended:
            last = max(ended, key=lambda standing: standing.stated.not_after)
            told = _told_of([last], roles.Decision((last.verified,)), roles.required(finding, policy))
            return replace(finding, state="expired", blocking=blocking, sign_off=told)
        if finding.state == "existing":
            return replace(finding, state="new", blocking=blocking)
        return finding

    def _told(self, one: Verified, standing: _Standing | None) -> dict[str, Any]:
        stated = one.statement
        outcome, why = (one.outcome, one.why) if standing is None else self._outcome(standing)
        return {
            "id": one.id,
            "outcome": outcome,
            "why": why,
            "by": list(dict.fromkeys(signer.name for signer in one.signers)),
            "reason_code": stated.reason_code if stated else None,
            "reason": stated.reason if stated else None,
            "until": stated.until if stated else None,
            "days_left": (stated.not_after.date() - self._now.date()).days if stated else None,
            "entries": len(stated.entries) if stated else 0,
            "applied": standing.applied if standing else 0,
            "where": one.where,
            "owners": list(standing.owners) if standing else [],
            "decided_by": list(standing.decided_by) if standing else [],
        }

    def _outcome(self, standing: _Standing) -> tuple[str, str]:
        if not standing.in_force:
            return standing.verified.outcome, standing.verified.why
        said = [*standing.refused.values()]
        if standing.outside:
            said.append(f"{standing.outside} findings of the same cause are on pages that it does not list")
        why = "; ".join(said)
        if not standing.used:
            first = next(iter(standing.refused), verified.UNUSED)
            return first, why or "nothing was found that it is about"
        if self._desk:
            return verified.WOULD_APPLY, why
        everything = len(standing.used) == len(standing.stated.entries) and not standing.refused
        return verified.APPLIED if everything else verified.PARTLY, why


def _matters(one: Verified) -> bool:
    """Return whether people signed a statement, or it was merged as if they had: then it says what is no old debt."""
    return one.outcome not in _NO_EFFECT and (bool(one.signers) or one.trusted or one.outcome in _ENDED)


def _count(able: Sequence[_Claim], by: Override, decision: Decision | None) -> None:
    """Count for each statement that a finding was accepted, where it was one of those that decided or could have."""
    counted = set()
    for claim in able:
        standing = claim.standing
        decided = decision is not None and any(one is standing.verified for one in decision.by)
        if decided or roles.enough(by, standing.verified.signers):
            standing.used.add(claim.place)
            counted.add(standing)
        else:
            standing.refused.setdefault(verified.INSUFFICIENT, _insufficient(by, standing))
    for standing in counted:
        standing.applied += 1


def _insufficient(by: Override, standing: _Standing) -> str:
    signed = ", ".join(f"{one.name} ({', '.join(one.roles) or 'no role'})" for one in standing.verified.signers)
    each = ", each by another person" if by.several else ""
    return f"it needs the signature of {by.words}{each}; signed by {signed}"


def _told_of(standings: list[_Standing], decision: Decision, by: Override) -> dict[str, Any]:
    """Return what a finding says of those who signed for it; of several sign-offs, the first that ends."""
    first = min(standings, key=lambda standing: standing.stated.not_after)
    names = dict.fromkeys(signer.name for standing in standings for signer in standing.verified.signers)
    return {
        "id": " ".join(standing.verified.id for standing in standings),
        "by": list(names),
        "roles": list(by.owners),
        "reason_code": first.stated.reason_code,
        "reason": first.stated.reason,
        "until": first.stated.until,
        **({"decided_by": decision.decided_by} if decision.decided_by else {}),
    }
