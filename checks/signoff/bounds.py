"""What an entry of a sign-off still covers: step 10 of the order of verification.

In: an entry that names a finding, and the finding with its policy. Out: None, or the outcome and why it is not
accepted: another policy, a higher severity, a value beyond the bound that was signed. Pure.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from checks.judge.gaps import POLICY as COVERAGE
from checks.judge.vocabulary import SEVERITIES
from checks.signoff import verified
from checks.signoff.statement import NO_POLICY

if TYPE_CHECKING:
    from checks.judge.finding import Finding
    from checks.judge.policy import Policy
    from checks.signoff.statement import CauseEntry, FindingEntry


def refusal(entry: FindingEntry | CauseEntry, finding: Finding, policy: Policy | None) -> tuple[str, str] | None:
    """Return the outcome and why where an entry that names a finding does not accept it."""
    if policy is not None and policy.override is not None and policy.override.never:
        return verified.NOT_OVERRIDABLE, f"nobody can sign for {finding.policy}: the policy says never"
    digest = NO_POLICY if policy is None and finding.policy == COVERAGE else policy.digest if policy else ""
    if entry.policy_digest != digest:
        return verified.POLICY_CHANGED, f"the policy {finding.policy} is not the one that was signed for"
    if SEVERITIES.index(finding.severity) < SEVERITIES.index(entry.severity):
        return (
            verified.WORSE,
            f"{finding.policy} is of the severity {finding.severity}, and {entry.severity} was signed",
        )
    if not is_covered(finding.value, finding.limit, entry.not_worse_than):
        return verified.WORSE, f"{finding.policy} is worse than {entry.not_worse_than}, which was signed"
    return None


def number(value: Any) -> float | None:
    """Return `value` where it is a number that can be compared; yes and no are none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return None
    return value


def is_covered(value: Any, limit: Any, bound: float | None) -> bool:
    """Return whether a bound covers what was measured.

    Worse is farther from the limit on the side on which the value fails. Numbers without a bound are not covered, for
    then nobody said how bad it may become; nor is a bound any help where there is no number to hold against it.
    """
    measured, allowed = number(value), number(limit)
    if measured is None or allowed is None:
        return bound is None
    if measured == allowed:
        return True
    if bound is None:
        return False
    return measured <= bound if measured > allowed else measured >= bound
