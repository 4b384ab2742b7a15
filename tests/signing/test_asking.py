"""Questions on a terminal: a wrong answer is asked again, and nothing is taken for a yes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.errors import UserError
from checks.judge.policies import shipped_folder
from checks.judge.policy import Policy
from checks.signing import asking, telling
from checks.signing.choosing import choices
from checks.signing.terms import Said
from tests.signing.desk import FINDINGS, LINK, SECRET, VITALS, WEAKENING, a_finding

TODAY = date(2026, 11, 20)


def answers(*given_answers: str) -> Callable[[str], str]:
    rest = iter(given_answers)
    return lambda _: next(rest)


def test_numbers_and_ranges_are_read_each_once_and_in_order() -> None:
    assert asking.numbers("4, 1-2 2", 5) == (1, 2, 4)


def test_all_means_all() -> None:
    assert asking.numbers("all", 3) == (1, 2, 3)


def test_an_empty_answer_means_none() -> None:
    assert asking.numbers("", 3) == ()


@pytest.mark.parametrize("text", ["0", "4", "2-9", "3-1", "x", "1;2", "-1", "all 1", "9" * 30])
def test_what_is_no_number_of_the_list_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        asking.numbers(text, 3)


@given(text=st.text())
def test_no_answer_chooses_something_that_was_not_offered(text: str) -> None:
    try:
        chosen = asking.numbers(text, 7)
    except UserError:
        return
    assert set(chosen) <= set(range(1, 8))


def test_a_wrong_number_is_asked_for_again() -> None:
    told: list[str] = []
    assert asking.choose(3, answers("9", "2"), told.append) == (2,)
    assert "`9` is none of the numbers" in told[0]


def test_what_is_missing_is_asked_for_until_it_can_be_signed() -> None:
    told: list[str] = []
    ask = answers("x", "3", "soon", "The page is written by Friday.", "2026-11-01", "2026-12-01")
    said = asking.complete(Said(), TODAY, ask, told.append)
    assert said == Said("fix-scheduled", "The page is written by Friday.", date(2026, 12, 1))
    for wrong in ("none of the numbers", "4 characters", "is over"):
        assert [line for line in told if wrong in line], wrong


def test_what_was_said_already_is_not_asked_again() -> None:
    said = Said("accepted-risk", "The page is written by Friday.", date(2026, 12, 1))
    assert asking.complete(said, TODAY, answers(), print) == said


@pytest.mark.parametrize(
    ("answer", "signs"), [("yes", True), (" YES ", True), ("y", False), ("", False), ("no", False)]
)
def test_only_yes_in_full_signs(answer: str, signs: bool) -> None:
    assert asking.really(answers(answer)) is signs


def test_the_checklist_is_by_owner_and_numbered_in_the_order_shown() -> None:
    in_force = {
        name: Policy.of(name, json.loads((shipped_folder() / f"{name}.json").read_text()), "")
        for name in (LINK, VITALS)
    }
    offered = telling.in_order(choices(FINDINGS, in_force, (WEAKENING,)))
    lines = [line.strip() for line in telling.checklist(offered) if line]
    starts = [line.split(" ")[0] for line in lines if not line.startswith(("found:", "can't"))]
    assert starts == ["engineering:", "1.", "2.", "3.", "marketing:", "4.", "nobody", "-"]
    assert lines[-1] == f"can't be signed: the policy {SECRET} is not in force any more"


def test_a_title_with_a_line_break_stays_on_its_line() -> None:
    shown = choices((a_finding("links/internal-broken", "/", "x", title="a\n99. b", message="\r\n1. c"),), {})
    said = [line for line in telling.checklist(shown) if line]
    assert [line.strip()[:6] for line in said] == ["nobody", "- a 99", "found:", "can't "]


@given(text=st.text())
def test_no_words_of_a_page_make_a_line_or_a_command(text: str) -> None:
    offered = choices((a_finding("links/internal-broken", "/", text, message=text, title=text, value=text),), {})
    lines = [*telling.checklist(offered), *telling.exactly(offered, {})]
    assert not [
        line for line in lines if re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e]", line) or "::" in line or "##[" in line
    ]
