"""When owners do not agree: a lead, then an arbiter, each after days of recorded disagreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checks.errors import UserError
from checks.judge.policy import Policy
from checks.signoff.people import Escalation, Step, parse_people
from checks.signoff.verification import StatementFiles
from tests.signoff.signing import Judged, Keys, document, entry, finding, policy

ESCALATE = "escalate:\n  lead: {after: 2, people: [dora]}\n  arbiter: {after: 5, people: [otto]}\n"
ISSUED = datetime(2026, 11, 10, 10, tzinfo=UTC)
BOTH = policy(override=["marketing", "engineering"])
THREE = policy(override=["marketing", "engineering", "legal"])
OWN = policy()


def judged(keys: Keys, by: Policy, days: float, escalate: str = ESCALATE) -> Judged:
    return Judged(keys, keys.authority(escalate=escalate), {"perf/lcp": by}, now=ISSUED + timedelta(days=days))


def signed(keys: Keys, by: Policy, *people: str, nonce: str = "0" * 32, at: datetime = ISSUED) -> StatementFiles:
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    return keys.files(document(entry(by=by), issued_at=stamp, requested_at=stamp, nonce=nonce), *people)


@pytest.mark.parametrize(
    ("by", "people", "days", "decided_by"),
    [
        (BOTH, ("ben", "otto"), 4.9, None),
        (BOTH, ("ben", "otto"), 5, "Otto"),
        (BOTH, ("ben", "dora"), 1.9, None),
        (BOTH, ("ben", "dora"), 2, "Dora"),
        (THREE, ("ben", "dora"), 9, None),  # a lead stands for one owner
        (THREE, ("ben", "otto"), 9, "Otto"),  # an arbiter decides
        (OWN, ("ben", "otto"), 5, "Otto"),  # engineering wants it, marketing does not sign
        (BOTH, ("otto",), 9, None),  # nobody disagrees
        (BOTH, ("otto", "otto"), 9, None),
        (OWN, ("dora",), 9, None),  # a lead does not disagree with herself
        (BOTH, ("ana", "ben", "otto"), 9, ""),  # the owners agreed
        (BOTH, ("ana", "ben"), 9, ""),
    ],
)
def test_who_decides_and_when(
    keys: Keys, by: Policy, people: tuple[str, ...], days: float, decided_by: str | None
) -> None:
    applying = judged(keys, by, days).applying(signed(keys, by, *people))
    found = applying.finding(finding(), by)
    outcomes = [one["outcome"] for one in applying.told()]
    assert found.blocking == (decided_by is None)
    assert outcomes == ["insufficient-roles" if decided_by is None else "applied"]
    if decided_by is not None:
        assert found.sign_off is not None
        assert applying.told()[0]["decided_by"] == ([decided_by] if decided_by else [])
        assert found.sign_off.get("decided_by", "") == decided_by


def test_without_the_steps_nobody_decides(keys: Keys) -> None:
    assert judged(keys, BOTH, 9, "").outcome(signed(keys, BOTH, "ben", "otto")) == "insufficient-roles"


def test_what_can_never_be_signed_for_is_not_by_an_arbiter_either(keys: Keys) -> None:
    never = policy(override="never")
    assert judged(keys, never, 9).outcome(signed(keys, never, "ana", "ben", "otto")) == "not-overridable"


def test_an_arbiter_may_sign_a_statement_of_his_own(keys: Keys) -> None:
    now = judged(keys, BOTH, 6)
    own = signed(keys, BOTH, "otto", nonce="1" * 32, at=ISSUED + timedelta(days=6))
    (found,), outcomes = now.judge([signed(keys, BOTH, "ben"), own], finding())
    assert (found.blocking, outcomes) == (False, ["applied", "applied"])


def test_an_arbiter_who_dates_his_own_statement_back_is_no_record_of_disagreement(keys: Keys) -> None:
    now = judged(keys, BOTH, 6)
    fresh = signed(keys, BOTH, "ben", nonce="1" * 32, at=ISSUED + timedelta(days=6))
    (found,), _ = now.judge([signed(keys, BOTH, "otto"), fresh], finding())
    assert found.blocking


def test_a_signature_for_another_finding_is_no_record_of_disagreement(keys: Keys) -> None:
    other = keys.files(document(entry(finding("/b/"), by=BOTH), issued_at="2026-11-10T10:00:00Z"), "ben")
    own = signed(keys, BOTH, "otto", nonce="1" * 32)
    assert judged(keys, BOTH, 9).judge([other, own], finding())[0][0].blocking


def test_a_lead_who_made_the_change_does_not_decide(keys: Keys) -> None:
    plain = judged(keys, BOTH, 9)
    excluded = replace(plain.about.excluded, people=frozenset({"dora"}))
    without = replace(plain, about=replace(plain.about, excluded=excluded))
    assert without.outcome(signed(keys, BOTH, "ben", "dora")) == "insufficient-roles"


def test_the_steps_are_read_from_the_file_of_people(keys: Keys) -> None:
    assert keys.authority(escalate=ESCALATE).escalation == Escalation(Step(2, ("dora",)), Step(5, ("otto",)))
    assert keys.authority().escalation == Escalation()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("escalate: {arbiter: {after: 5, people: [eve]}}", "people.yaml:4: `eve` is none of the people"),
        ("escalate: {arbiter: {after: 5, people: [carl]}}", "people.yaml:4: `carl` has nothing to sign with"),
        ("escalate: {arbiter: {after: 0, people: [ana]}}", "people.yaml:4: `escalate.arbiter.after` can't be '0'"),
        ("escalate: {arbiter: {after: 5, people: []}}", "people.yaml:4: `escalate.arbiter.people` can't be '[]'"),
        ("escalate: {arbiter: {people: [ana]}}", "people.yaml:4: escalate.arbiter has no `after`"),
        ("escalate: {boss: {after: 5, people: [ana]}}", "people.yaml:4: unknown key `boss` in escalate"),
        (
            "escalate: {lead: {after: 5, people: [ana]}, arbiter: {after: 5, people: [ana]}}",
            "people.yaml:4: the arbiter would decide before the lead",
        ),
    ],
)
def test_a_mistake_in_the_steps_is_told_with_its_line(text: str, said: str) -> None:
    people = (
        "people:\n  ana: {name: Ana, emails: [a@example.com], principals: [ana]}\n  carl: {name: C, emails: [c@x.y]}\n"
    )
    with pytest.raises(UserError) as caught:
        parse_people(f"{people}{text}\n".encode(), "people.yaml")
    assert f"{caught.value.where}: {caught.value.what}".startswith(said)
