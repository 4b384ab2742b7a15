"""What was signed can be taken back: by whom, and that it stays so."""

from __future__ import annotations

from typing import Any

from checks.signoff import armour
from checks.signoff.verification import StatementFiles
from tests.signoff.signing import SITE, Judged, Keys, document, finding, made_by


def revocation(keys: Keys, target: str, by: str, *, trusted: bool = False, **changes: Any) -> StatementFiles:
    made = document(action="revoke", findings=None, revokes=[target], **changes)
    return keys.files(made, by, trusted=trusted)


def test_what_was_taken_back_does_not_count(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    print_ = armour.fingerprint_of(good.signatures[0])
    for target, by in ((good.id, "ana"), (good.id, "carl"), (good.id, "dora"), (print_, "ana"), (print_, "dora")):
        found, outcomes = judged.judge([good, revocation(keys, target, by)], finding())
        assert sorted(outcomes) == ["applied", "revoked"]
        assert found[0].blocking


def test_whoever_made_the_change_can_take_back(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    found, _ = made_by(judged, "carl@example.com").judge([good, revocation(keys, good.id, "carl")], finding())
    assert found[0].blocking


def test_taking_back_does_not_end(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    ended = revocation(keys, good.id, "ana", not_after="2026-11-19T23:59:59Z")
    assert judged.judge([good, ended], finding())[0][0].blocking


def test_what_was_merged_as_taken_back_stays_so_when_its_key_is_gone(keys: Keys, good: StatementFiles) -> None:
    judged = Judged(keys, keys.authority(revoked=["dora"]))
    merged, in_the_change = (revocation(keys, good.id, "dora", trusted=trusted) for trusted in (True, False))
    assert judged.judge([good, merged], finding())[0][0].blocking
    assert not judged.judge([good, in_the_change], finding())[0][0].blocking


def test_only_those_who_could_have_signed_take_back(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    for by in ("ben", "eve"):
        assert not judged.judge([good, revocation(keys, good.id, by)], finding())[0][0].blocking


def test_a_revocation_for_another_repository_takes_nothing_back(
    keys: Keys, judged: Judged, good: StatementFiles
) -> None:
    context = {"repository_id": 78, "repository": "x", "site_id": SITE, "base_branch": "main"}
    elsewhere = revocation(keys, good.id, "ana", trusted=True, context=context)
    assert not judged.judge([good, elsewhere], finding())[0][0].blocking
