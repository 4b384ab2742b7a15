"""Counts findings and the lines of the ledger as they go by.

In: findings in the state that adoption, baseline and sign-offs left them in; lines of the ledger. Out: counts. Nothing
is held of a finding but its counts, its cause and when it escalates.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from checks.judge.finding import Finding, clipped
from checks.judge.gaps import BASELINE, LAB, OWNER
from checks.verdict.escalating import Escalating

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMED: Final = 3
"""How many of a kind a sentence names before it says how many more there are."""


@dataclass(slots=True)
class Counting:
    """Counts findings and coverage as they go by."""

    totals: Counter[str] = field(default_factory=Counter)
    by_owner: dict[str, Counter[str]] = field(default_factory=dict)
    blocking: dict[str, Counter[str]] = field(default_factory=dict)
    """Owner -> policy -> blocking findings."""
    causes: set[int] = field(default_factory=set)
    failed: dict[str, list[str]] = field(default_factory=dict)
    """Owner -> the first addresses that were not measured, each with why."""
    failed_by_owner: Counter[str] = field(default_factory=Counter)
    at_risk: dict[str, float] = field(default_factory=lambda: {"clicks": 0.0, "conversions": 0.0, "pages": 0})
    """What blocking findings put at risk in a month, each page or lost address counted once."""
    weighed: set[int] = field(default_factory=set)
    escalating: Escalating = field(default_factory=Escalating)

    def finding(self, finding: Finding) -> None:
        """Count one finding, in the state that sign-offs and adoption left it in."""
        kind = "proposed" if finding.proposed else f"{finding.severity}s"
        counted = ["findings", kind, finding.state, *(["blocking"] if finding.blocking else [])]
        self.totals.update(counted)
        self.by_owner.setdefault(finding.owner, Counter()).update(counted)
        self.escalating.finding(finding)
        self.causes.add(int(finding.cause.removeprefix("c1:"), 16))
        if finding.blocking:
            self.blocking.setdefault(finding.owner, Counter())[finding.policy] += 1
            self._weigh(finding)

    def _weigh(self, finding: Finding) -> None:
        worth, of = finding.worth or {}, hash(finding.page or finding.what)
        if any(worth.values()) and of not in self.weighed:
            self.weighed.add(of)
            self.at_risk["pages"] += 1
            for name, value in worth.items():
                self.at_risk[name] += value

    def coverage(self, line: Mapping[str, Any]) -> None:
        """Count one line of the coverage ledger: every page, and every other address that failed."""
        if line["state"] == "failed":
            owner = line.get("owner", OWNER)
            self.failed_by_owner[owner] += 1
            named = self.failed.setdefault(owner, [])
            if len(named) < NAMED:
                lab = " (Lighthouse)" if line["kind"] == LAB else ""
                path = "" if line["kind"] == BASELINE else f"{clipped(line['path'])}{lab} "
                named.append(f"{path}{clipped(line['why']) or 'failed'}")
        elif line["kind"] != "page":
            return
        self.totals.update(["pages", line["state"]])
