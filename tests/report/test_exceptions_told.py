"""Exceptions in the poll and in the status: GO with whose signature, and rules that became weaker."""

from __future__ import annotations

import pytest

from action import comment, status
from action.comment import Place
from checks.report import poll, sign_offs
from tests.action.hostile import ALL
from tests.report.made_run import made_result, made_verdict
from tests.report.signed_run import APPLIED, UNUSED, WEAKENING, go, plain, result, written


def test_the_poll_says_go_with_exceptions_and_who_signed() -> None:
    rows = {row.owner: (row.verdict, row.words) for row in poll.rows(go(APPLIED))}
    assert rows["engineering"] == ("GO", "with 2 exceptions signed by Ana Silva")
    assert rows["marketing"] == ("GO", "1 warning")


def test_one_finding_that_two_statements_are_needed_for_is_one_exception() -> None:
    both = [{**APPLIED, "by": [name], "applied": 1, "owners": ["engineering", "legal"]} for name in ("Ana", "Ben")]
    row = next(row for row in poll.rows(go(*both, signed_off=1)) if row.owner == "engineering")
    assert row.words == "with 1 exception signed by Ana and Ben"


def test_a_weaker_rule_that_its_owner_has_signed_for_is_an_exception_too() -> None:
    verdict = {**go({**APPLIED, "applied": 1}, signed_off=0), "weakenings_signed": [WEAKENING]}
    assert poll.sentences(verdict)[0] == "GO, with 1 exception signed by Ana Silva."


@pytest.mark.parametrize("name", ["text", "html"])
def test_a_weaker_rule_that_is_signed_for_stays_in_the_report(name: str) -> None:
    text = plain(written(name, result(weakenings_signed=[WEAKENING])))
    assert "broken links only inform (gonogo.yaml, engineering)" in text


def test_a_weaker_rule_that_is_signed_for_stays_in_the_comment() -> None:
    text = comment.text(result(weakenings_signed=[WEAKENING]), Place())
    assert "broken links only inform" in text


def test_on_a_terminal_the_verdict_is_said_once() -> None:
    of = made_result(verdict={**made_verdict(), **go(APPLIED)})
    assert "\nGO, with 2 exceptions signed by Ana Silva.\n" in written("text", of)


def test_the_first_sentence_of_a_go_says_it_for_all() -> None:
    ben = {**APPLIED, "by": ["Ben Ito"], "applied": 1, "owners": ["marketing"]}
    assert poll.sentences(go(APPLIED, ben, signed_off=3))[0] == "GO, with 3 exceptions signed by Ana Silva and Ben Ito."


def test_without_exceptions_nothing_is_said_of_them() -> None:
    assert sign_offs.exceptions(go(UNUSED, signed_off=0)) == ""


@pytest.mark.parametrize("outcome", ["expired", "unused", "self-approval", "would-apply", "malformed"])
def test_who_did_not_make_it_go_is_not_named_for_it(outcome: str) -> None:
    assert "Ana" not in sign_offs.exceptions(go({**APPLIED, "outcome": outcome}))


def test_of_many_people_the_first_are_named() -> None:
    assert sign_offs.names(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"


def test_the_status_counts_the_exceptions_and_names_who_signed() -> None:
    said = status.of_verdict(go(APPLIED), "")
    assert (said.state, said.description) == ("success", "GO, with 2 exceptions signed by Ana Silva · 12 pages")


def test_the_status_keeps_its_length_whatever_people_are_called() -> None:
    said = status.of_verdict(go({**APPLIED, "by": ["A" * 400, ALL]}), "")
    assert len(said.description) <= status.LONGEST
    assert said.description.endswith(" · 12 pages")
