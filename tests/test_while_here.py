"""A change is told at most three existing findings that its own files cause, what is worth most first."""

from __future__ import annotations

from typing import Any

import pytest

from checks.judge.finding import cause, fingerprint
from checks.while_here import WhileHere

ABOUT = "content/about.md"


def finding(what: str, page: str = "/about/", **fields: Any) -> dict[str, Any]:
    return {
        "policy": "seo/it",
        "title": "It holds",
        "severity": "warning",
        "owner": "marketing",
        "page": page,
        "message": f"{what} does not hold.",
        "fix": "Mend it.",
        "fingerprint": fingerprint("seo/it", page, what),
        "cause": cause("seo/it", what),
        "state": "existing",
        "blocking": False,
        "proposed": False,
        **fields,
    }


def told(*found: dict[str, Any], file: str = ABOUT) -> list[dict[str, Any]]:
    here = WhileHere([ABOUT])
    for one in found:
        here.look(one, {"file": file, "line": 3})
    return here.told()


def clicks(number: float) -> dict[str, Any]:
    return {"worth": {"clicks": number, "conversions": 0.0}}


def test_an_existing_finding_of_a_file_that_the_change_touches_is_told_with_its_place() -> None:
    assert [(one["file"], one["line"], one["message"]) for one in told(finding("x"))] == [
        (ABOUT, 3, "x does not hold.")
    ]


def test_of_another_file_nothing_is_told() -> None:
    assert told(finding("x"), file="content/contact.md") == []


@pytest.mark.parametrize("fields", [{"state": "new"}, {"state": "signed-off"}, {"blocking": True}, {"proposed": True}])
def test_what_is_new_or_blocks_or_is_accepted_or_proposed_has_other_places(fields: dict[str, Any]) -> None:
    assert told(finding("x", **fields)) == []


def test_a_finding_whose_source_nobody_looked_for_is_not_told() -> None:
    here = WhileHere([ABOUT])
    here.look(finding("x"), None)
    assert here.told() == []


def test_three_are_told_those_first_that_are_worth_most() -> None:
    found = [finding(str(number), **clicks(number)) for number in (2, 40, 7, 30)]
    assert [one["message"][:2].strip() for one in told(*found)] == ["40", "30", "7"]


def test_of_equals_a_worse_severity_comes_first_and_then_what_is_older() -> None:
    young: dict[str, Any] = {"since": {"day": "2026-11-01", "at_least": False, "days": 28}}
    old: dict[str, Any] = {"since": {"day": "2026-01-01", "at_least": True, "days": 332}}
    found = [finding("info", severity="info", **old), finding("young", **young), finding("old", **old)]
    assert [one["message"].split()[0] for one in told(*found)] == ["old", "young", "info"]


def test_one_cause_is_told_once_with_how_many_findings_it_has_here() -> None:
    found = [finding("x", page, **clicks(number)) for page, number in (("/a/", 3), ("/b/", 9), ("/c/", 4))]
    assert [(one["page"], one["findings"]) for one in told(*found)] == [("/b/", 3)]
