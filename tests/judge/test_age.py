"""A warning that was there before becomes an error when it has stayed open for longer than its policy says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from checks.judge import age
from checks.judge.finding import MISSING, Finding, cause, fingerprint
from checks.judge.policy import Policy

TODAY = dt.date(2026, 11, 29)
DAY = dt.date(2026, 11, 1)  # 28 days before


def finding(**fields: Any) -> Finding:
    plain = Finding(
        policy="seo/it",
        title="It holds",
        severity="warning",
        owner="marketing",
        reads="page",
        page="/a/",
        what="x",
        value=MISSING,
        limit=MISSING,
        message="It does not hold.",
        fix="Mend it.",
        reference=(),
        fingerprint=fingerprint("seo/it", "/a/", "x"),
        cause=cause("seo/it", "x"),
        state="existing",
        blocking=False,
        launch_blocker=False,
        pointer="/x",
        proposed=False,
    )
    return replace(plain, **fields)


def policy(days: int | None) -> Policy:
    document = {
        "title": "It holds",
        "description": "Why.",
        "x-reads": "page",
        "x-severity": "warning",
        "x-owner": "marketing",
        "x-fix": "Mend it.",
        "examples": [{}],
        "x-counterexamples": [{}],
        **({} if days is None else {"x-escalate-after": days}),
    }
    return Policy.of("seo/it", document, "")


def waited(days: int | None, **fields: Any) -> Finding:
    return age.counted(age.since(finding(**fields), DAY, at_least=False), policy(days), TODAY)


def test_a_finding_tells_since_when_and_for_how_many_days_it_is_known() -> None:
    assert waited(None).since == {"day": "2026-11-01", "at_least": False, "days": 28}


def test_a_warning_tells_the_day_from_which_it_is_an_error() -> None:
    assert (waited(30).since or {})["escalates"] == "2026-12-02"


@pytest.mark.parametrize(("days", "severity", "blocking"), [(27, "error", True), (28, "warning", False)])
def test_a_warning_that_waited_too_long_is_an_error_that_blocks_though_it_is_existing(
    days: int, severity: str, blocking: bool
) -> None:
    found = waited(days)
    assert (found.state, found.severity, found.blocking) == ("existing", severity, blocking)


@pytest.mark.parametrize("fields", [{"severity": "info"}, {"proposed": True}, {"state": "new"}])
def test_an_info_a_proposal_and_what_is_new_do_not_escalate(fields: dict[str, Any]) -> None:
    found = waited(1, **fields)
    assert (found.blocking, "escalates" in (found.since or {})) == (False, False)


def test_the_earliest_day_that_is_known_counts() -> None:
    adopted = age.since(finding(), dt.date(2026, 6, 1), at_least=True)
    assert age.since(adopted, DAY, at_least=False).since == {"day": "2026-06-01", "at_least": True}
    assert age.since(adopted, dt.date(2026, 1, 1), at_least=False).since == {"day": "2026-01-01", "at_least": False}


def test_a_day_that_is_still_to_come_makes_no_age_below_nothing() -> None:
    later = age.since(finding(), dt.date(2027, 1, 1), at_least=False)
    assert (age.counted(later, None, TODAY).since or {})["days"] == 0


def test_what_nobody_knows_the_day_of_has_no_age_and_does_not_escalate() -> None:
    assert age.counted(finding(), policy(1), TODAY) == finding()
