"""How reports tell age, what escalates next, the course of shares, and what could be mended by the way."""

from __future__ import annotations

from typing import Any

import pytest

from checks.report import course, escalating, while_here
from checks.report.words import opened


@pytest.mark.parametrize(
    ("since", "error", "said"),
    [
        (None, False, ""),
        ({"day": "2026-10-01", "at_least": False, "days": 1}, False, "since 2026-10-01 (1 day)"),
        ({"day": "2026-10-01", "at_least": True, "days": 59}, False, "since at least 2026-10-01 (59 days)"),
        (
            {"day": "2026-10-01", "at_least": False, "days": 59, "escalates": "2026-12-31"},
            False,
            "since 2026-10-01 (59 days), an error from 2026-12-31",
        ),
        (
            {"day": "2026-10-01", "at_least": False, "days": 59, "escalates": "2026-11-01"},
            True,
            "since 2026-10-01 (59 days), an error since 2026-11-01",
        ),
    ],
)
def test_age_in_words(since: dict[str, Any] | None, error: bool, said: str) -> None:
    assert opened(since, error=error) == said


def waiting(number: int) -> dict[str, Any]:
    told = {"day": f"2026-12-{number:02}", "owner": "marketing", "policy": "seo/it", "title": "It holds"}
    return {**told, "findings": number, "page": "/a/"}


def test_what_escalates_next_is_told_by_day_and_owner() -> None:
    ((_, told),) = escalating.sections({"escalating": [waiting(1), waiting(2)]})
    assert told == [
        "2026-12-01  marketing: seo/it (1 finding, the first on /a/)",
        "2026-12-02  marketing: seo/it (2 findings, the first on /a/)",
    ]


def test_ten_are_told_and_how_many_wait_longer() -> None:
    ((_, told),) = escalating.sections({"escalating": [waiting(number) for number in range(1, 13)]})
    assert (len(told), told[-1]) == (11, "and 2 more, later")


def test_where_nothing_waits_nothing_is_said() -> None:
    assert escalating.sections({}) == escalating.sections({"escalating": []}) == []


def shares(*values: float | None, target: dict[str, Any] | None = None) -> dict[str, Any]:
    points = [{"day": f"2026-11-{number:02}", "name": "", "commit": None} for number in range(1, len(values) + 1)]
    fact = {"fact": "summary.described_share", "label": "have a description", "values": list(values), "target": target}
    return {"schema": 1, "points": points, "shares": [fact]}


MISSED = {"policy": "target/described", "owner": "marketing", "severity": "info", "least": 0.95, "met": False}


def test_a_share_is_told_with_its_target_and_its_course() -> None:
    ((_, told),) = course.sections(shares(0.5, None, 0.9, target=MISSED))
    assert told == [
        "90 % have a description (target 95 %, marketing: missed)  ▅·█  from 50 %",
        "3 runs, from 2026-11-01 to 2026-11-03; · is not known",
    ]


def test_without_a_run_to_look_back_on_the_target_alone_is_told() -> None:
    ((_, told),) = course.sections(shares(0.9, target=MISSED))
    assert told == ["90 % have a description (target 95 %, marketing: missed)"]


def test_without_target_and_course_nothing_is_said() -> None:
    assert course.sections(shares(0.9)) == course.sections({}) == []


def test_a_share_that_nobody_ever_knew_is_left_to_the_policy_about_it() -> None:
    assert course.sections(shares(None, None, target=MISSED)) == []


@pytest.mark.parametrize(
    ("value", "said"), [(0.999, "99.9 %"), (0.99996, "99.996 %"), (0.001, "0.1 %"), (1, "100 %"), (0, "0 %")]
)
def test_almost_all_is_not_told_as_all_nor_almost_none_as_none(value: float, said: str) -> None:
    ((_, (told,)),) = course.sections(shares(value, target=MISSED))
    assert told.startswith(f"{said} have")


def test_what_could_be_mended_by_the_way_is_told_with_place_age_and_worth() -> None:
    one = {
        "policy": "seo/it",
        "owner": "marketing",
        "severity": "warning",
        "message": "The title is empty.",
        "fix": "Write a `<title>`.",
        "file": "content/about.md",
        "line": 3,
        "findings": 2,
        "since": {"day": "2026-10-01", "at_least": False, "days": 59},
        "worth": {"clicks": 40.0, "conversions": 0.0},
    }
    ((title, (told,)),) = while_here.sections({"while_here": [one]})
    assert title.startswith("While you are here")
    assert told == (
        "content/about.md:3: The title is empty. (seo/it, marketing, since 2026-10-01 (59 days), 2 findings, "
        "40 clicks a month) Write a <title>."
    )
