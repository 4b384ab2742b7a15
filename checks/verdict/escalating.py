"""Which warnings become errors next, by owner and day: what is put off does not sink from sight.

In: findings one at a time. Out: the member `escalating` of verdict.json, the next first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from checks.judge.finding import Finding

MOST: Final = 200
"""Entries that the verdict holds."""


@dataclass(slots=True)
class Escalating:
    """Findings that wait, counted by day, owner and policy: there are no more days than runs were saved on."""

    found: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)

    def finding(self, finding: Finding) -> None:
        """Count a finding that is a warning now and will be an error."""
        day = (finding.since or {}).get("escalates")
        if day is None or finding.state != "existing" or finding.severity == "error":
            return
        key = (day, finding.owner, finding.policy)
        if key not in self.found:
            first = {"page": finding.page} if finding.page else {}
            told = {"day": day, "owner": finding.owner, "policy": finding.policy, "title": finding.title}
            self.found[key] = {**told, "findings": 0, **first}
        self.found[key]["findings"] += 1

    def told(self) -> list[dict[str, Any]]:
        """Return what escalates next."""
        return [self.found[key] for key in sorted(self.found)[:MOST]]
