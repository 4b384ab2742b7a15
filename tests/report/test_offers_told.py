"""The text that a review can say, as reports offer it, and what the comment understood of one."""

from __future__ import annotations

import pytest

from action import comment
from action.comment import Place
from checks.report import sign_offs
from tests.report.made_run import LINK, make_finding
from tests.report.signed_run import MALFORMED, OFFER, SOON, TOLD, plain, result, signed, written


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_reports_for_people_offer_the_text_that_a_review_can_say(name: str) -> None:
    text = written(name, result(signed(sign_off=TOLD), offer=OFFER))
    assert [line for line in (*OFFER["head"], *OFFER["lines"], *OFFER["foot"]) if line not in text] == []


def test_the_comment_offers_it_as_one_block_to_copy() -> None:
    text = comment.text(result(signed(sign_off=TOLD), offer=OFFER), Place())
    pasted = "\n".join((*OFFER["head"], *OFFER["lines"], *OFFER["foot"]))
    assert f"\n```text\n{pasted}\n```\n" in text


def test_the_comment_answers_with_what_was_understood() -> None:
    text = plain(comment.text(result(said=[SOON, MALFORMED]), Place()))
    assert [words for words in ("Ana Silva", "3 days left", "malformed: it has no last day") if words not in text] == []


def test_a_cause_names_the_code_that_stands_for_it() -> None:
    one = make_finding(LINK, "/", "x", "A link is broken.")
    of = result(one, offer={**OFFER, "codes": {one["cause"]: "E-1"}})
    assert "in a sign-off: E-1" in written("text", of)
    assert "in a sign-off: <code>E-1</code>" in comment.text(of, Place())


def test_of_very_many_the_first_are_offered_and_the_rest_counted() -> None:
    found = sign_offs.offer({"offer": {**OFFER, "lines": OFFER["lines"] * 80}})
    assert found is not None
    assert (len(found.lines), found.left_out) == (54, 30)


@pytest.mark.parametrize("hostile", ["```", "<b>", "/approve", "@all", "a\nb", ""])
def test_what_is_no_plain_line_is_not_offered_in_a_comment(hostile: str) -> None:
    of = result(signed(), offer={**OFFER, "lines": [*OFFER["lines"], hostile]})
    assert "seal" not in comment.text(of, Place())
