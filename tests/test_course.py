"""The course of the shares: a value for each run, and the target that a policy in force sets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import jsonschema
import pytest

from checks import course, shapes
from checks.judge.policy import Policy

DAY = dt.date(2026, 11, 1)


def site(**shares: float | None) -> dict[str, Any]:
    return {"measured": ["summary"], "summary": shares}


def at_least(share: float, policy_id: str = "target/described-pages", group: str = "summary") -> Policy:
    document = {
        "title": "Many pages have a description",
        "description": "Why.",
        "x-reads": "site",
        "x-severity": "info",
        "x-owner": "marketing",
        "x-fix": "Write some.",
        "properties": {group: {"properties": {"described_share": {"minimum": share}}}},
        "examples": [{}],
        "x-counterexamples": [{}],
    }
    return Policy.of(policy_id, document, "")


def described(*shares: float | None, policies: tuple[Policy, ...] = ()) -> dict[str, Any]:
    *before, this = [course.point(DAY, site(described_share=share)) for share in shares]
    document = course.to_document(before, this, policies)
    jsonschema.validate(document, shapes.load("course"))
    return next(one for one in document["shares"] if one["fact"] == "summary.described_share")


def test_a_share_has_a_value_for_each_run_and_none_where_it_was_not_known() -> None:
    assert described(0.5, None, 0.75)["values"] == [0.5, None, 0.75]


def test_a_share_without_a_policy_in_force_has_no_target() -> None:
    assert described(0.5)["target"] is None


@pytest.mark.parametrize(("share", "met"), [(0.9, True), (0.89, False), (None, None)])
def test_a_target_is_met_from_its_limit_on_and_unknown_without_a_value(share: float | None, met: bool | None) -> None:
    assert described(share, policies=(at_least(0.9),))["target"]["met"] is met


def test_the_strictest_of_several_targets_is_told() -> None:
    own = at_least(0.99, "own/described")
    told = described(0.95, policies=(own, at_least(0.9)))["target"]
    assert (told["policy"], told["least"], told["met"]) == ("own/described", 0.99, False)


def test_a_policy_about_another_fact_sets_no_target() -> None:
    assert described(0.5, policies=(at_least(0.9, group="crawl"),))["target"] is None


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"measured": [], "summary": {"described_share": 0.5}},
        {"measured": ["summary"], "summary": []},
        {"measured": ["summary"], "summary": {"described_share": "half"}},
        {"measured": ["summary"], "summary": {"described_share": 50}},
    ],
)
def test_what_another_version_kept_in_another_shape_is_not_known(document: dict[str, Any]) -> None:
    assert course.point(DAY, document)["values"]["summary.described_share"] is None


def test_the_newest_hundred_runs_are_told() -> None:
    points = [course.point(DAY + dt.timedelta(days=number), site(described_share=0.5)) for number in range(150)]
    document = course.to_document(points[:-1], points[-1], ())
    told = document["points"]
    assert (len(told), told[0]["day"], told[-1]["day"]) == (100, points[50]["day"], points[-1]["day"])
    assert [one["this"] for one in told] == [False] * 99 + [True]
