"""What a signature accepts, and what it does not: finding by finding, causes, gaps and weakenings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checks import shapes
from checks.judge.finding import Finding
from checks.judge.gaps import coverage_findings
from checks.signoff import statement
from checks.signoff.statement import NO_POLICY, weakening_fingerprint
from checks.signoff.verification import StatementFiles
from tests.signoff.signing import HERE, NOW, Judged, Keys, cause_entry, document, entry, finding, policy


def test_a_finding_that_was_signed_for_says_who_why_and_how_long(judged: Judged, good: StatementFiles) -> None:
    (found,), _ = judged.judge([good], finding())
    assert (found.state, found.blocking) == ("signed-off", False)
    assert found.sign_off == {
        "id": good.id,
        "by": ["Ana"],
        "roles": ["marketing"],
        "reason_code": "fix-scheduled",
        "reason": "The picture is replaced next week.",
        "until": "2026-11-30",
    }
    Draft202012Validator(shapes.load("finding")).validate(found.to_document())


def test_what_became_of_a_statement_is_told(judged: Judged, good: StatementFiles) -> None:
    applying = judged.applying(good)
    applying.finding(finding(), policy())
    assert applying.told() == [
        {
            "id": good.id,
            "outcome": "applied",
            "why": "",
            "by": ["Ana"],
            "reason_code": "fix-scheduled",
            "reason": "The picture is replaced next week.",
            "until": "2026-11-30",
            "days_left": 10,
            "entries": 1,
            "applied": 1,
            "where": good.where,
            "owners": ["marketing"],
            "decided_by": [],
        }
    ]


def test_a_finding_that_nobody_signed_for_stays_as_it_is(judged: Judged, good: StatementFiles) -> None:
    other = finding("/b/")
    assert judged.judge([good], other) == ([other], ["unused"])


def test_a_statement_is_no_credit_for_what_is_found_later(judged: Judged, good: StatementFiles) -> None:
    applying = judged.applying(good)
    assert applying.finding(finding("/later/"), policy()).blocking
    assert applying.told()[0]["why"] == "nothing was found that it is about"


# Several entries, causes, gaps.


def test_a_statement_that_accepts_some_of_its_entries_is_partly_applied(keys: Keys, judged: Judged) -> None:
    files = keys.files(document(entry(), entry(finding("/b/")), entry(finding("/c/"))), "ana")
    found, outcomes = judged.judge([files], finding(), finding("/b/", value=9))
    assert ([one.blocking for one in found], outcomes) == ([False, True], ["partly-applied"])


def test_a_cause_is_accepted_on_the_pages_of_its_list_and_on_no_other(keys: Keys, judged: Judged) -> None:
    pages = tuple(f"/p{number}/" for number in range(4000))
    told = document(causes=[cause_entry(pages)], findings=None)
    files = keys.files(told, "ana", pages=statement.pages_to_bytes(pages))
    applying = judged.applying(files)
    found = [applying.finding(finding(page), policy()) for page in (*pages, "/p4000/")]
    assert [one.page for one in found if one.blocking] == ["/p4000/"]
    assert (applying.told()[0]["applied"], applying.told()[0]["outcome"]) == (4000, "applied")
    assert "1 findings of the same cause are on pages that it does not list" in applying.told()[0]["why"]


@pytest.mark.parametrize(
    "other",
    [
        finding(cause="c1:" + "0" * 16),
        finding(of="perf/cls"),
        finding(value=3.3),
    ],
)
def test_another_cause_policy_or_value_on_a_listed_page_blocks(keys: Keys, judged: Judged, other: Finding) -> None:
    told = document(causes=[cause_entry(("/a/",))], findings=None)
    files = keys.files(told, "ana", pages=statement.pages_to_bytes(("/a/",)))
    policies = {**judged.policies, "perf/cls": policy("perf/cls")}
    (found,), _ = replace(judged, policies=policies).judge([files], other)
    assert found.blocking


def test_each_cause_has_its_own_list_of_pages(keys: Keys, judged: Judged) -> None:
    other = "c1:" + "1" * 16
    told = document(causes=[cause_entry(("/a/",)), cause_entry(("/b/",), cause=other)], findings=None)
    files = keys.files(told, "ana", pages=statement.pages_to_bytes(("/a/",), ("/b/",)))
    shown = [finding("/a/"), finding("/b/"), finding("/a/", cause=other), finding("/b/", cause=other)]
    found, _ = judged.judge([files], *shown)
    assert [one.blocking for one in found] == [False, True, True, False]


def test_a_gap_in_the_coverage_can_be_signed_for(keys: Keys, judged: Judged) -> None:
    line = {"path": "/shop/", "state": "failed", "why": "hung", "found_in": ["build"], "kind": "page"}
    (gap,) = coverage_findings([line])
    changes: dict[str, Any] = {"policy_digest": NO_POLICY, "measured": None, "not_worse_than": None}
    files = keys.files(document(entry(gap, **changes)), "ben")
    (found,), _ = judged.judge([files], gap)
    assert found.state == "signed-off"


# Weakenings.

WEAKENING = {
    "kind": "rule-loosened",
    "file": "p.json",
    "what": "x",
    "before": "60",
    "after": "70",
    "owner": "marketing",
}


def weakening_entry(**changes: str) -> dict[str, str]:
    told = {**WEAKENING, **changes}
    parts = (told[name] for name in ("kind", "file", "what", "before", "after"))
    return {"fingerprint": weakening_fingerprint(*parts), "owner": told["owner"], "title": "A rule is looser."}


@pytest.mark.parametrize(
    ("changes", "by", "signed", "outcome"),
    [
        ({}, "ana", True, "applied"),
        ({}, "ben", False, "insufficient-roles"),
        ({"owner": "engineering"}, "ben", False, "policy-changed"),
        ({"after": "71"}, "ana", False, "unused"),
        ({"file": "q.json"}, "ana", False, "unused"),
    ],
)
def test_a_weakening_is_signed_for_by_the_owner_of_the_rule(
    keys: Keys, judged: Judged, changes: dict[str, str], by: str, signed: bool, outcome: str
) -> None:
    applying = judged.applying(keys.files(document(weakenings=[weakening_entry(**changes)]), by))
    assert (applying.weakening(WEAKENING), applying.told()[0]["outcome"]) == (signed, outcome)


# A desk.


def test_on_a_desk_a_sign_off_applies_to_nothing_and_says_what_it_would_do(keys: Keys, good: StatementFiles) -> None:
    desk = Judged(keys, about=replace(HERE, repository_id=None, repository="", base_branch="", known=False))
    assert desk.judge([good], finding()) == ([finding()], ["would-apply"])
    weaker = keys.files(document(weakenings=[weakening_entry()]), "ana")
    applying = desk.applying(weaker)
    assert not applying.weakening(WEAKENING)
    assert applying.told()[0]["outcome"] == "would-apply"


def test_the_same_statements_and_findings_give_the_same_again(keys: Keys, good: StatementFiles) -> None:
    later = Judged(keys, now=NOW + timedelta(days=1))
    assert later.judge([good], finding()) == later.judge([good], finding())


def at_another_address(follows: bool) -> Finding:
    """Return the finding on a page that has moved to /b/, and whether it is known where it was."""
    known = finding()
    former = {"page": known.page or "", "fingerprint": known.fingerprint}
    return finding("/b/", former=former if follows else None)


@pytest.mark.parametrize(("follows", "state"), [(True, "signed-off"), (False, "new")])
def test_a_sign_off_follows_a_page_that_moved(judged: Judged, good: StatementFiles, follows: bool, state: str) -> None:
    (found,), _ = judged.judge([good], at_another_address(follows))
    assert found.state == state


def test_a_sign_off_of_a_cause_follows_a_page_that_moved(keys: Keys, judged: Judged) -> None:
    pages = ("/a/",)
    told = document(causes=[cause_entry(pages)], findings=None)
    files = keys.files(told, "ana", pages=statement.pages_to_bytes(pages))
    (found,), _ = judged.judge([files], at_another_address(follows=True))
    assert found.state == "signed-off"
