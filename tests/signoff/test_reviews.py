"""A review as a signature: what it signs for, and whose it must be.

Each mitigation is shown on a review that is right in everything else.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.signoff.excluded import Excluded
from tests.signoff.reviewing import ABOUT, SLOW, TEXT, Document, Judged, body, offered, other, review
from tests.signoff.signing import GITHUB, finding, policy


def test_a_review_with_the_text_that_was_offered_signs() -> None:
    assert Judged((SLOW,)).states(review(TEXT)) == (["signed-off"], ["applied"])


def test_the_text_that_is_offered_is_void_until_somebody_gives_a_reason() -> None:
    assert Judged((SLOW,)).states(review(body(offered(SLOW), reason=""))) == (["new"], ["malformed"])


def test_words_around_the_text_do_not_matter() -> None:
    around = f"Looks good!\n\n```text\n{TEXT}\n```\nThanks, and `/merge` it."
    assert Judged((SLOW,)).states(review(around)) == (["signed-off"], ["applied"])


def test_a_review_that_says_nothing_of_it_is_not_told() -> None:
    assert Judged((SLOW,)).verified(review("LGTM"), review(f"> {TEXT}")) == ()


def test_what_is_not_named_still_blocks() -> None:
    judged = Judged((SLOW, other()))
    one = next(offer for offer in offered(*judged.findings) if offer.entry["policy_id"] == "perf/lcp")
    assert judged.states(review(body([one]))) == (["signed-off", "new"], ["applied"])


def test_a_cause_is_signed_as_one_and_on_its_pages_only() -> None:
    pages = [finding(f"/{page}/") for page in "abc"]
    text = body(offered(*pages))
    assert "on 3 pages" in text
    assert Judged(tuple(pages)).states(review(text))[0] == ["signed-off"] * 3
    assert Judged((*pages, finding("/d/"))).states(review(text))[0] == ["new"] * 4


def test_two_owners_sign_in_two_reviews() -> None:
    both = {"perf/lcp": policy(override=["marketing", "engineering"])}
    judged = Judged((SLOW,), policies=both)
    text = body(offered(SLOW, of=both))
    assert judged.states(review(text))[0] == ["new"]
    assert judged.states(review(text), review(text, "ben", id=501))[0] == ["signed-off"]
    assert judged.states(review(text, "carl"), review(text, "carl", id=501))[0] == ["new"]


# ------------------------------------------------------------------------------------------------------------- by whom


@pytest.mark.parametrize(
    ("by", "outcome"), [("dora", "insufficient-roles"), ("otto", "insufficient-roles"), ("ben", "insufficient-roles")]
)
def test_who_does_not_have_the_role_signs_for_nothing(by: str, outcome: str) -> None:
    assert Judged((SLOW,)).states(review(TEXT, by)) == (["new"], [outcome])


def test_a_stranger_signs_for_nothing() -> None:
    assert Judged((SLOW,)).states(review(TEXT, user_id=4711)) == (["new"], ["unknown-signer"])


def test_who_made_the_change_can_not_sign_for_it() -> None:
    about = replace(ABOUT, excluded=Excluded(people=frozenset({"ana"}), why={"ana": "ana@example.com"}))
    assert Judged((SLOW,), about).states(review(TEXT)) == (["new"], ["self-approval"])


@pytest.mark.parametrize("made_by", [{"github_ids": [GITHUB["ana"]]}, {"emails": ["ANA@example.com"]}])
def test_who_made_the_change_that_was_reviewed_can_not_sign_for_it_later_either(made_by: Document) -> None:
    told = review(TEXT, settled=True, **made_by)
    assert Judged((SLOW,)).states(told) == (["new"], [])


def test_nobody_signs_for_the_change_of_a_stranger() -> None:
    assert Judged((SLOW,)).states(review(TEXT, github_ids=[4711])) == (["new"], ["self-approval"])


def test_on_a_desk_it_is_only_said_what_it_would_do() -> None:
    assert Judged((SLOW,), replace(ABOUT, known=False)).states(review(TEXT)) == (["new"], ["would-apply"])
