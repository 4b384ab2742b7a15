"""Who must sign: each owner by another person, any of several, and nobody twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.signoff.applying import Applying
from checks.signoff.excluded import excluded
from tests.signoff.signing import BOTH, HERE, NOW, Judged, Keys, document, entry, finding, policy

EITHER = policy(override={"any-of": ["marketing", "engineering"]})
NEVER = policy(override="never")


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
