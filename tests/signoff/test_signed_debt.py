"""What was signed for is never old debt: adopted findings once the sign-off is over, gone or outgrown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from checks.judge.finding import Finding
from checks.signoff import adopted
from checks.signoff.adopted import Adopted
from checks.signoff.verification import StatementFiles
from tests.signoff.signing import HERE, Judged, Keys, document, entry, finding, policy

NEXT_DAY = datetime(2026, 12, 1, tzinfo=UTC)


def merged(files: StatementFiles) -> StatementFiles:
    return replace(files, trusted=True)


def as_debt(one: Finding) -> Finding:
    debt = Adopted(one.fingerprint, one.policy, one.page, one.what, date(2026, 1, 1), one.owner)
    return adopted.apply(one, {one.fingerprint: debt})


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


def test_on_a_desk_too_a_sign_off_that_is_over_blocks(keys: Keys, good: StatementFiles) -> None:
    desk = Judged(keys, about=replace(HERE, known=False), now=NEXT_DAY)
    assert desk.judge([good], as_debt(finding()))[0][0].state == "expired"
