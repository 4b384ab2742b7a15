"""A gap in the coverage is a finding, so that it can be seen by owner and signed."""

from __future__ import annotations

import jsonschema

from checks import shapes
from checks.judge.finding import Finding
from checks.judge.gaps import coverage_findings

LINES = [
    {"path": "/a/", "state": "measured", "why": "", "found_in": ["build"], "kind": "page"},
    {"path": "/b/", "state": "excluded", "why": "drafts", "found_in": ["build"], "kind": "page"},
    {
        "path": "/shop/",
        "state": "failed",
        "why": "hung in cart.js",
        "found_in": ["build"],
        "kind": "page",
        "owner": "shop",
    },
    {"path": "/c/", "state": "failed", "why": "", "found_in": ["link"], "kind": "page"},
]


def gaps() -> list[Finding]:
    return list(coverage_findings(LINES))


def test_only_what_failed_is_a_gap() -> None:
    assert [each.page for each in gaps()] == ["/shop/", "/c/"]


def test_a_gap_says_why() -> None:
    assert [each.message for each in gaps()] == [
        "/shop/ was not measured: hung in cart.js",
        "/c/ was not measured: for an unknown reason",
    ]


def test_a_gap_is_the_owners_that_the_ledger_names_else_engineerings() -> None:
    assert [each.owner for each in gaps()] == ["shop", "engineering"]


def test_a_gap_does_not_block_by_itself() -> None:
    assert [each.blocking for each in gaps()] == [False, False]


def test_a_gap_is_of_the_published_shape() -> None:
    for each in gaps():
        jsonschema.validate(each.to_document(), shapes.load("finding"))
