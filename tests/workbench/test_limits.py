"""Limits that the workbench offers to change are told by what they are about, and not by the name of a fact alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checks.report.interactive.workbench import limits

ROOT = Path(__file__).resolve().parents[2]
POLICIES = sorted(str(file.relative_to(ROOT / "policies")) for file in (ROOT / "policies").rglob("*.json"))


@pytest.mark.parametrize("name", POLICIES)
def test_every_limit_of_a_shipped_policy_says_what_it_is_about(name: str) -> None:
    told = limits(json.loads((ROOT / "policies" / name).read_text("utf-8")))
    assert [one for one in told if not one["says"]] == []


def test_a_limit_for_some_pages_is_about_the_same_fact() -> None:
    policy = {
        "x-reads": "page",
        "$defs": {"app": {"properties": {"requests": {"properties": {"count": {"maximum": 70}}}}}},
        "properties": {"requests": {"properties": {"count": {"maximum": 35}}}},
    }
    told = limits(policy)
    assert [one["fact"] for one in told] == ["app.requests.count", "requests.count"]
    assert {one["says"] for one in told} == {"Number of requests."}


def test_a_limit_on_the_members_of_a_list_is_about_their_fact() -> None:
    policy = {
        "x-reads": "page",
        "properties": {"links": {"properties": {"items": {"items": {"properties": {"redirects": {"maximum": 0}}}}}}},
    }
    assert [one["says"] for one in limits(policy)] == ["Redirects on the way."]
