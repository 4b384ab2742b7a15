"""The text of a review, read: what voids it, what of it is kept, and that nothing hostile signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checks import shapes
from checks.signoff import review_text
from checks.signoff.offers import HEADER
from tests.signoff.reviewing import ABOUT, REASON, SLOW, TEXT, Judged, body, offered, other, review
from tests.signoff.signing import SITE, policy


def test_another_site_in_the_first_line_makes_it_no_sign_off_for_that_site() -> None:
    shop = replace(ABOUT, site_id="https://shop.example.com")
    text = TEXT.replace(SITE, shop.site_id)
    assert Judged((SLOW,), shop).states(review(text)) == (["new"], ["malformed"])


# ------------------------------------------------------------------------------------------------------------- the text


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda text: text.replace("until: 2026-11-30\r\n", ""), "no last day"),
        (lambda text: text.replace("2026-11-30", "2026-11-31"), "no last day"),
        (lambda text: text.replace("2026-11-30", "never"), "no last day"),
        (lambda text: text.replace("2026-11-30", "2027-11-30"), "more than 90 days"),
        (lambda text: text.replace("2026-11-30", "2026-11-01"), "before the day"),
        (lambda text: text.replace(REASON, "Because."), "no reason of at least 20"),
        (lambda text: text.replace("accepted-risk", "because"), "reason_code"),
        (lambda text: text.replace("worst 3.1 ", ""), "say the worst value"),
        (lambda text: text.replace("M-1", "M-1 E-2"), "can't be understood"),
        (lambda text: text.replace("seal ", "seal 0"), "can't be understood"),
        (lambda text: text[: text.index("seal") + 5] + "0" * 32 + text[text.index("seal") + 37 :], "M-1 is not among"),
        (lambda text: text.replace("until:", "until: 2026-11-29\r\nuntil:"), "stands there twice"),
        (lambda text: f"{text}\r\n\r\n{text}", "twice for this site"),
        (lambda text: text.replace("M-1", "e-1"), "can't be understood"),
        (lambda text: text.replace("\r\nkind", "\r\n\r\nkind"), "no last day"),
        (lambda text: text.replace("next", "ne\u2028xt"), "can't be seen"),
    ],
    ids=[
        "no day",
        "no such day",
        "never",
        "too long",
        "already over",
        "short reason",
        "unknown kind",
        "no bound",
        "two codes",
        "long seal",
        "other seal",
        "two days",
        "twice",
        "small letter",
        "torn",
        "unseen",
    ],
)
def test_what_is_not_understood_makes_the_whole_text_void_and_is_told(spoil: Callable[[str], str], why: str) -> None:
    (told,) = Judged((SLOW,)).verified(review(spoil(TEXT)))
    assert (told.outcome, why in told.why, told.signers) == ("malformed", True, ())


def test_a_line_that_is_unknown_voids_the_ones_that_are_known() -> None:
    text = body(offered(SLOW, other()))
    assert Judged((SLOW,)).states(review(text)) == (["new"], ["malformed"])


def test_of_a_void_text_nothing_is_understood() -> None:
    offers = offered(SLOW)
    said = review_text.parse(TEXT.replace("2026-11-30", ""), offers, SITE)
    assert said is not None
    assert (said.entries, len(said.problems)) == ((), 1)


def test_a_review_speaks_for_each_site_apart() -> None:
    shop = replace(ABOUT, site_id="https://shop.example.com")
    both = f"{TEXT}\n\n{body(offered(SLOW, about=shop), site=shop.site_id)}"
    assert Judged((SLOW,)).states(review(both))[0] == ["signed-off"]
    assert Judged((SLOW,), shop).states(review(both))[0] == ["signed-off"]


def test_the_reason_of_a_review_is_what_the_reviewer_has_written() -> None:
    (told,) = Judged((SLOW,)).verified(review(TEXT.replace("accepted-risk", "fix-scheduled")))
    assert told.statement is not None
    assert (told.statement.reason, told.statement.reason_code, told.statement.requested_by, told.statement.until) == (
        REASON, "fix-scheduled", "ana", "2026-11-30",
    )  # fmt: skip
    assert told.statement.request_id == "review-7-500"


def test_the_record_of_a_review_is_of_the_shape_of_a_statement() -> None:
    (told,) = Judged((SLOW, other())).verified(review(body(offered(SLOW, other()))))
    assert told.statement is not None
    assert list(Draft202012Validator(shapes.load("sign-off")).iter_errors(told.statement.to_document())) == []


# -------------------------------------------------------------------------------------------------------------- hostile

_LINES = TEXT.split("\r\n")
_ALPHABET = st.characters(exclude_categories=())
_PIECES = st.one_of(
    st.sampled_from([*_LINES, "", "```", "\r", "\n", " ", "M-1", "seal ", "٣", "until:"]), st.text(_ALPHABET)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=12), st.sampled_from(["\n", "\r\n", "\r", ""]))
def test_no_text_breaks_the_reader_and_none_signs_that_does_not_hold_every_line(parts: list[str], end: str) -> None:
    text = end.join(parts)
    for settled in (False, True):
        told = Judged((SLOW,)).verified(review(text, settled=settled))
        for one in told:
            one.why.encode()
            assert bool(one.statement) <= (_LINES[0] in text and _LINES[1] in text and "until: 2026-11-30" in text)


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=len(TEXT) - len(REASON) - 1), st.characters(exclude_categories=()))
def test_a_character_that_is_changed_never_signs_for_more(at: int, character: str) -> None:
    spoiled = TEXT[:at] + character + TEXT[at + 1 :]
    found = Judged((SLOW,)).verified(review(spoiled))
    signed = [one for told in found if told.statement for one in told.statement.findings]
    assert {(one.fingerprint, one.policy_digest, one.url_path, one.severity) for one in signed} <= {
        (SLOW.fingerprint, policy().digest, "/a/", "error")
    }


def test_a_very_long_text_is_read_in_one_pass() -> None:
    long = f"{HEADER}{SITE}\n" + "M-1 x\n" * 16_000
    (told,) = Judged((SLOW,)).verified(review(long))
    assert (told.outcome, len(told.why) < 2000) == ("malformed", True)
