"""How long a finding has been open: since which day, and when a warning that waits becomes an error.

In: a finding that was there before, the day since which it is known, its policy and today. Out: the finding with its
age; a warning that has stayed open for longer than its policy says (`x-escalate-after`) is an error that blocks, though
it was there before. Pure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from checks.judge.finding import Finding
    from checks.judge.policy import Policy

ESCALATES: Final = "warning"
"""The severity that becomes `error`; an info asks nobody to do anything."""


def since(finding: Finding, day: dt.date, *, at_least: bool) -> Finding:
    """Return `finding` as one that is known since `day`; an earlier day that it has already stays.

    `at_least` says that nobody looked before that day.
    """
    known = finding.since
    if known is not None and known["day"] <= day.isoformat():
        return finding
    return replace(finding, since={"day": day.isoformat(), "at_least": at_least})


def counted(finding: Finding, policy: Policy | None, today: dt.date) -> Finding:
    """Return `finding` with its age in days, and as an error where it is existing and has waited for too long."""
    if finding.since is None:
        return finding
    day = dt.date.fromisoformat(finding.since["day"])
    told: dict[str, Any] = {**finding.since, "days": max(0, (today - day).days)}
    wait = policy.escalate_after if policy else None
    if wait is None or finding.state != "existing" or finding.severity != ESCALATES or finding.proposed:
        return replace(finding, since=told)
    # The day after the last on which it may wait.
    told["escalates"] = (day + dt.timedelta(days=wait + 1)).isoformat()
    if told["days"] <= wait:
        return replace(finding, since=told)
    return replace(finding, since=told, severity="error", blocking=True)
