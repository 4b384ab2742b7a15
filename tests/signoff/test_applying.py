"""What a signature accepts, and what it does not: finding by finding, after adoption."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checks import shapes
from checks.judge.finding import MISSING, Finding
from checks.judge.gaps import coverage_findings
from checks.signoff import adopted, statement
from checks.signoff.adopted import Adopted
from checks.signoff.applying import Applying
from checks.signoff.bounds import is_covered
from checks.signoff.excluded import excluded
from checks.signoff.statement import NO_POLICY, weakening_fingerprint
from checks.signoff.verification import StatementFiles
from tests.signoff.signing import HERE, NOW, Judged, Keys, cause_entry, document, entry, finding, policy

NEXT_DAY = datetime(2026, 12, 1, tzinfo=UTC)
BOTH = policy(override=["marketing", "engineering"])
EITHER = policy(override={"any-of": ["marketing", "engineering"]})
NEVER = policy(override="never")


@pytest.fixture
def judged(keys: Keys) -> Judged:
    return Judged(keys)


@pytest.fixture
def good(keys: Keys) -> StatementFiles:
    return keys.files(document(entry()), "ana")


def merged(files: StatementFiles) -> StatementFiles:
    return replace(files, trusted=True)


def as_debt(one: Finding) -> Finding:
    debt = Adopted(one.fingerprint, one.policy, one.page, one.what, date(2026, 1, 1), one.owner)
    return adopted.apply(one, {one.fingerprint: debt})


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


# Attack 5: a worse build.


@pytest.mark.parametrize(
    ("value", "outcome"), [(3.15, "applied"), (3.2, "applied"), (2.6, "applied"), (3.3, "worse-than-signed")]
)
def test_a_value_within_the_bound_stays_signed_and_a_worse_one_blocks(
    judged: Judged, good: StatementFiles, value: float, outcome: str
) -> None:
    assert judged.outcome(good, of=finding(value=value)) == outcome


@pytest.mark.parametrize(
    ("value", "limit", "bound", "covered"),
    [
        (70, 60, 75, True),
        (76, 60, 75, False),
        (5, 10, 5, True),
        (4, 10, 5, False),
        (5, 10, 75, False),  # signed for too long a title, and now it is too short
        (70, 60, 5, False),  # and the other way round
        (70, 60, None, False),  # nobody said how bad it may become
        (60, 60, None, True),
        ("x", 60, None, True),
        ("x", 60, 75, False),
        (MISSING, MISSING, None, True),
        (True, False, None, True),
        (float("nan"), 60, 75, False),
    ],
)
def test_worse_is_farther_from_the_limit_on_the_side_where_it_fails(
    value: Any, limit: Any, bound: float | None, covered: bool
) -> None:
    assert is_covered(value, limit, bound) == covered


@given(st.integers(-100, 100), st.integers(-100, 100), st.integers(-100, 100), st.integers(1, 100))
def test_what_is_not_covered_is_not_covered_when_it_gets_worse(value: int, limit: int, bound: int, more: int) -> None:
    worse = value + more if value > limit else value - more
    if value != limit and not is_covered(value, limit, bound):
        assert not is_covered(worse, limit, bound)


@pytest.mark.parametrize(
    ("signed", "now", "outcome"), [("warning", "error", "worse-than-signed"), ("error", "warning", "applied")]
)
def test_a_higher_severity_than_the_signed_one_is_worse(
    keys: Keys, judged: Judged, signed: str, now: str, outcome: str
) -> None:
    files = keys.files(document(entry(severity=signed)), "ana")
    assert judged.outcome(files, of=finding(severity=now)) == outcome


def test_a_number_without_a_bound_is_not_accepted(keys: Keys, judged: Judged) -> None:
    assert judged.outcome(keys.files(document(entry(not_worse_than=None)), "ana")) == "worse-than-signed"


# Who must sign.


def test_what_can_never_be_signed_for_is_not_whoever_signs(keys: Keys) -> None:
    judged = Judged(keys, policies={"perf/lcp": NEVER})
    files = keys.files(document(entry(by=NEVER)), "ana", "ben", "carl", "dora")
    assert judged.outcome(files) == "not-overridable"


@pytest.mark.parametrize(
    ("by", "signed"),
    [
        (("ana", "ben"), True),
        (("carl", "ben"), True),
        (("ana", "carl"), True),
        (("carl",), False),
        (("ana", "dora"), False),
    ],
)
def test_each_owner_signs_by_another_person(keys: Keys, by: tuple[str, ...], signed: bool) -> None:
    judged = Judged(keys, policies={"perf/lcp": BOTH})
    (found,), outcomes = judged.judge([keys.files(document(entry(by=BOTH)), *by)], finding())
    assert (not found.blocking, outcomes) == (signed, ["applied" if signed else "insufficient-roles"])


@pytest.mark.parametrize(("by", "signed"), [("ana", True), ("ben", True), ("dora", False), ("otto", False)])
def test_any_of_several_owners_is_enough_where_the_policy_says_so(keys: Keys, by: str, signed: bool) -> None:
    judged = Judged(keys, policies={"perf/lcp": EITHER})
    (found,), outcomes = judged.judge([keys.files(document(entry(by=EITHER)), by)], finding())
    assert (not found.blocking, outcomes) == (signed, ["applied" if signed else "insufficient-roles"])


def test_a_key_that_stands_for_two_people_fills_one_role(keys: Keys) -> None:
    judged = Judged(keys, policies={"perf/lcp": BOTH})
    (one,) = judged.verified(keys.files(document(entry(by=BOTH)), "ana", "ben"))
    ana, ben = one.signers
    shared = replace(one, signers=(ana, replace(ben, fingerprint=ana.fingerprint)))
    assert not Applying((one,), judged.policies, NOW).finding(finding(), BOTH).blocking
    assert Applying((shared,), judged.policies, NOW).finding(finding(), BOTH).blocking


def test_a_person_with_two_keys_and_both_roles_fills_one_role(keys: Keys, judged: Judged) -> None:
    (one,) = judged.verified(keys.files(document(entry(by=BOTH)), "carl"))
    twice = replace(one, signers=(*one.signers, replace(one.signers[0], fingerprint="SHA256:another")))
    assert Applying((twice,), judged.policies, NOW).finding(finding(), BOTH).blocking


def test_owners_may_sign_a_statement_each(keys: Keys) -> None:
    judged = Judged(keys, policies={"perf/lcp": BOTH})
    ana = keys.files(document(entry(by=BOTH)), "ana")
    ben = keys.files(document(entry(by=BOTH), nonce="1" * 32, not_after="2026-11-25T23:59:59Z"), "ben")
    (found,), outcomes = judged.judge([ana, ben], finding())
    assert outcomes == ["applied", "applied"]
    assert found.sign_off is not None
    assert (sorted(found.sign_off["by"]), found.sign_off["until"]) == (["Ana", "Ben"], "2026-11-25")


def test_one_of_two_bounds_that_is_passed_leaves_one_owner_too_few(keys: Keys) -> None:
    judged = Judged(keys, policies={"perf/lcp": BOTH})
    ana = keys.files(document(entry(by=BOTH)), "ana")
    ben = keys.files(document(entry(by=BOTH, not_worse_than=3.15), nonce="1" * 32), "ben")
    (found,), _ = judged.judge([ana, ben], finding(value=3.18))
    assert found.blocking


def test_a_page_that_belongs_to_another_team_is_signed_for_by_that_team(keys: Keys, judged: Judged) -> None:
    theirs = finding(owner="engineering")
    outcomes = [judged.outcome(keys.files(document(entry()), by), of=theirs) for by in ("ana", "ben")]
    assert outcomes == ["insufficient-roles", "applied"]


def test_an_excluded_signer_is_no_second_one(keys: Keys) -> None:
    about = replace(HERE, excluded=excluded(keys.authority().people, ["ben@example.com"], []))
    judged = Judged(keys, policies={"perf/lcp": BOTH}, about=about)
    assert judged.outcome(keys.files(document(entry(by=BOTH)), "ana", "ben")) == "insufficient-roles"


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


# What was signed for is never old debt.


def test_an_adopted_finding_that_is_signed_for_is_signed_off(judged: Judged, good: StatementFiles) -> None:
    (found,), _ = judged.judge([good], as_debt(finding()))
    assert found.state == "signed-off"


def test_when_the_day_is_over_it_blocks_in_an_unrelated_run_although_it_was_merged_and_adopted(
    keys: Keys, good: StatementFiles
) -> None:
    unrelated = Judged(keys, now=NEXT_DAY)
    (found,), outcomes = unrelated.judge([merged(good)], as_debt(finding()))
    assert (found.state, found.blocking, outcomes) == ("expired", True, ["expired"])
    assert found.sign_off is not None
    assert (found.sign_off["by"], found.sign_off["until"], found.owner) == (["Ana"], "2026-11-30", "marketing")


def test_a_change_that_takes_the_sign_off_away_is_judged_as_if_it_were_gone(keys: Keys, good: StatementFiles) -> None:
    about = replace(HERE, taken_away=frozenset({good.id}))
    (found,), outcomes = Judged(keys, about=about).judge([merged(good)], as_debt(finding()))
    assert (found.state, found.blocking, outcomes) == ("expired", True, ["revoked"])


def test_a_sign_off_that_is_renewed_covers_it_again(keys: Keys, good: StatementFiles) -> None:
    renewed = keys.files(document(entry(), issued_at="2026-11-30T10:00:00Z", not_after="2026-12-10T23:59:59Z"), "ana")
    (found,), outcomes = Judged(keys, now=NEXT_DAY).judge([merged(good), renewed], as_debt(finding()))
    assert (found.state, sorted(outcomes)) == ("signed-off", ["applied", "expired"])


def test_of_two_sign_offs_the_one_that_lasts_is_shown_and_both_count(keys: Keys, good: StatementFiles) -> None:
    longer = keys.files(document(entry(), not_after="2026-12-10T23:59:59Z"), "ana")
    (found,), outcomes = Judged(keys).judge([good, longer], finding())
    assert found.sign_off is not None
    assert (found.sign_off["until"], outcomes) == ("2026-12-10", ["applied", "applied"])


def test_a_signature_beside_enough_others_is_told_as_not_enough_by_itself(keys: Keys, good: StatementFiles) -> None:
    more = keys.files(document(entry(), nonce="1" * 32), "ben")
    (found,), outcomes = Judged(keys).judge([good, more], finding())
    assert (found.state, sorted(outcomes)) == ("signed-off", ["applied", "insufficient-roles"])


def test_a_warning_whose_sign_off_is_over_does_not_begin_to_block(keys: Keys, good: StatementFiles) -> None:
    mild = policy(**{"x-severity": "warning"})
    judged = Judged(keys, policies={"perf/lcp": mild}, now=NEXT_DAY)
    (found,), _ = judged.judge([merged(good)], as_debt(finding(severity="warning", blocking=False)))
    assert (found.state, found.blocking) == ("expired", False)


def test_debt_that_was_signed_for_and_got_worse_blocks(judged: Judged, good: StatementFiles) -> None:
    (found,), _ = judged.judge([merged(good)], as_debt(finding(value=3.3)))
    assert (found.state, found.blocking) == ("new", True)


def test_debt_whose_sign_off_was_merged_and_whose_signer_has_left_blocks(keys: Keys) -> None:
    signed = keys.files(document(entry()), "eve")
    (found,), outcomes = Judged(keys).judge([merged(signed)], as_debt(finding()))
    assert (found.blocking, outcomes) == (True, ["unknown-signer"])


def test_what_a_stranger_puts_into_the_change_touches_nothing(keys: Keys) -> None:
    debt = as_debt(finding())
    assert Judged(keys).judge([keys.files(document(entry()), "eve")], debt)[0] == [debt]


# A desk.


def test_on_a_desk_a_sign_off_applies_to_nothing_and_says_what_it_would_do(keys: Keys, good: StatementFiles) -> None:
    desk = Judged(keys, about=replace(HERE, repository_id=None, repository="", base_branch="", known=False))
    assert desk.judge([good], finding()) == ([finding()], ["would-apply"])
    weaker = keys.files(document(weakenings=[weakening_entry()]), "ana")
    applying = desk.applying(weaker)
    assert not applying.weakening(WEAKENING)
    assert applying.told()[0]["outcome"] == "would-apply"


def test_on_a_desk_too_a_sign_off_that_is_over_blocks(keys: Keys, good: StatementFiles) -> None:
    desk = Judged(keys, about=replace(HERE, known=False), now=NEXT_DAY)
    assert desk.judge([good], as_debt(finding()))[0][0].state == "expired"


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
