"""Sign-offs and requests in a verdict: which idle ones fail it, and when only signatures are missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checks.judge.finding import Finding
from tests.verdict.deciding import ABOUT, WEAKENING, finding, line, tally, verdict

SIGN_OFF: dict[str, Any] = {
    "id": "abc",
    "outcome": "unused",
    "why": "nothing was found that it is about",
    "by": ["Ana"],
    "reason_code": "fix-scheduled",
    "reason": "The new page comes on Monday.",
    "until": "2026-12-01",
    "days_left": 8,
    "entries": 1,
    "applied": 0,
    "where": "gonogo/sign-offs/abc.json",
    "owners": ["marketing"],
    "decided_by": [],
}


@pytest.mark.parametrize(
    ("outcome", "strict", "code"),
    [("unused", False, 0), ("unused", True, 1), ("expired", False, 0), ("expired", True, 1), ("applied", True, 0)],
)
def test_idle_sign_offs_are_always_told_and_fail_the_run_only_where_that_is_wanted(
    outcome: str, strict: bool, code: int
) -> None:
    signed = ({**SIGN_OFF, "outcome": outcome},)
    decided = verdict(about=replace(ABOUT, sign_offs=signed, strict=strict))
    assert (decided["exit_code"], len(decided["sign_offs"])) == (code, 1)


def test_a_weakening_that_is_signed_for_is_told_beside_those_that_are_not() -> None:
    decided = verdict(about=replace(ABOUT, weakenings_signed=(WEAKENING,)))
    assert (decided["exit_code"], decided["weakenings"], decided["weakenings_signed"]) == (0, [], [WEAKENING])
    assert decided["owners"]["marketing"]["signed_off"] == 1


REQUEST: dict[str, Any] = {"id": "20261120-b1dc51f0", "by": "Ben", "at": "2026-11-20", "findings": 1, "owners": ["m"]}


@pytest.mark.parametrize(
    ("found", "changes", "waiting"),
    [
        ((finding(),), {}, True),
        ((finding(), finding("y")), {}, False),
        ((finding(), finding("y", severity="warning")), {}, True),
        ((finding(severity="warning"),), {"asked": 0}, False),
        ((finding(),), {"weakenings": (WEAKENING,)}, False),
        ((finding(),), {"strict": True, "sign_offs": (SIGN_OFF,)}, False),
    ],
    ids=["all", "one of two", "a warning beside", "nothing blocks", "weakened", "strict"],
)
def test_only_where_signatures_are_all_that_is_missing_it_waits(
    found: tuple[Finding, ...], changes: dict[str, Any], waiting: bool
) -> None:
    about = replace(ABOUT, **{"requests": (REQUEST,), "asked": 1, **changes})
    decided = verdict(*found, about=about)
    assert (decided["waiting"], decided["requests"]) == (waiting, [REQUEST])


def test_where_not_everything_was_measured_it_does_not_wait() -> None:
    about = replace(ABOUT, requests=(REQUEST,), asked=1)
    assert not verdict(finding(), ledger=[line("/a/"), line("/b/", "failed", "hung")], about=about)["waiting"]
    assert not verdict(finding(), tallies=[tally(cannot_tell=1)], about=about)["waiting"]
