"""A review, or a run of some pages, never says GO to a deploy: pages that were read only, or left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.judge.evaluate import Tally
from tests.verdict.deciding import ABOUT, finding, line, policy, said, verdict

REVIEWED = replace(ABOUT, gate="review")
READ = [line("/a/"), line("/b/", "represented", "read, and not rendered"), line("/c/", "represented", "likewise")]


def test_a_review_that_finds_nothing_is_no_go_for_a_deploy() -> None:
    assert said(verdict(ledger=READ, about=REVIEWED)) == ("GO FOR REVIEW", 5)


def test_it_says_how_many_pages_were_read_only() -> None:
    assert verdict(ledger=READ, about=REVIEWED)["reasons"][0] == (
        "2 of 3 pages were read, not rendered; pages of the same template stand for them. "
        "Only the launch gate says GO to a deploy."
    )


def test_a_review_that_rendered_everything_is_no_go_for_a_deploy_either() -> None:
    assert said(verdict(about=REVIEWED)) == ("GO FOR REVIEW", 5)


def test_a_page_that_was_read_only_makes_any_run_a_review() -> None:
    document = verdict(ledger=READ, about=ABOUT)
    assert (said(document), document["gate"]) == (("GO FOR REVIEW", 5), "review")


@pytest.mark.parametrize("name", ["marketing", "engineering", "security"])
def test_no_owner_says_go_in_a_review(name: str) -> None:
    assert verdict(ledger=READ, about=REVIEWED)["owners"][name]["verdict"] == "GO FOR REVIEW"


def test_what_blocks_a_launch_blocks_a_review() -> None:
    assert said(verdict(finding(), ledger=READ, about=REVIEWED)) == ("NO-GO", 1)


def test_a_page_that_failed_leaves_a_review_open() -> None:
    assert said(verdict(ledger=[*READ, line("/d/", "failed", "hung")], about=REVIEWED)) == ("CANNOT TELL", 3)


def test_a_review_that_rendered_nothing_tells_nothing() -> None:
    assert said(verdict(ledger=READ[1:], about=REVIEWED)) == ("CANNOT TELL", 3)


SOME = [line("/a/"), line("/b/", "left-out"), line("/c/", "left-out")]


def test_a_page_that_nobody_asked_for_leaves_any_run_open() -> None:
    assert said(verdict(ledger=SOME, about=ABOUT)) == ("CANNOT TELL", 3)


def test_a_run_of_some_pages_is_open_even_where_these_are_all() -> None:
    assert said(verdict(ledger=SOME[:1], about=replace(ABOUT, only=("/**",)))) == ("CANNOT TELL", 3)


def test_what_blocks_on_some_pages_blocks() -> None:
    assert said(verdict(finding(), ledger=SOME, about=ABOUT)) == ("NO-GO", 1)


def test_a_policy_that_pages_which_were_rendered_answer_is_not_open() -> None:
    answered = Tally(policy(), passed=1, represented=2, unanswered=2)
    assert said(verdict(ledger=READ, tallies=[answered], about=REVIEWED)) == ("GO FOR REVIEW", 5)


def test_a_policy_that_applies_to_pages_of_which_none_was_rendered_is_open() -> None:
    document = verdict(ledger=READ, tallies=[Tally(policy(), represented=2, unanswered=2)], about=REVIEWED)
    assert (said(document), document["reasons"]) == (
        ("CANNOT TELL", 3),
        ["marketing: seo/it applies to 2 pages of which none was rendered; name one of them in `key_pages`."],
    )


def test_what_was_not_rendered_is_no_pass() -> None:
    (counted,) = verdict(ledger=READ, tallies=[Tally(policy(), passed=1, represented=2)], about=REVIEWED)["policies"]
    assert (counted["applied"], counted["passed"], counted["represented"]) == (1, 1, 2)


def test_then_it_says_how_many_pages_were_rendered() -> None:
    assert verdict(ledger=READ, about=REVIEWED)["reasons"][1] == "1 page rendered, nothing blocks, and 1 policy passed."
