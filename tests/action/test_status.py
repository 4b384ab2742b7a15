"""One line says what happened, within what GitHub takes; and only what is GO in every respect is green."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from action import status
from checks import errors
from checks.baseline.launch import NOTHING_KEPT
from tests.action.runs import go, no_go


def counts(**more: int) -> dict[str, int]:
    return {"measured": 214, "failed": 0, "blocking": 0, "warnings": 0, "signed_off": 0, "cannot_tell": 0, **more}


def owners(**blocking: int) -> dict[str, Any]:
    return {name: {"verdict": "NO-GO" if many else "GO", "blocking": many} for name, many in blocking.items()}


def said(verdict: dict[str, Any]) -> tuple[str, str]:
    made = status.of_verdict(verdict, status.context(""))
    return made.state, made.description


@pytest.mark.parametrize(
    ("verdict", "state", "description"),
    [
        (
            no_go(owners=owners(engineering=1, marketing=2, security=0), counts=counts(blocking=3, warnings=5)),
            "failure",
            "NO-GO: marketing 2, engineering 1 · 214 pages",
        ),
        (
            no_go(owners=owners(engineering=4), counts=counts(blocking=4, failed=1)),
            "failure",
            "NO-GO: engineering 4 · 214 pages, 1 not measured",
        ),
        (go(counts=counts(warnings=3)), "success", "GO · 214 pages, 3 warnings"),
        (go(counts=counts(signed_off=2)), "success", "GO, with 2 exceptions signed off · 214 pages"),
        (
            go(verdict="CANNOT TELL", exit_code=3, counts=counts(failed=3)),
            "error",
            "CANNOT TELL: 3 pages not measured",
        ),
        (go(verdict="CANNOT TELL", exit_code=3, counts=counts(measured=0)), "error", "CANNOT TELL: no page was found"),
        (
            go(verdict="CANNOT TELL", exit_code=3, counts=counts(cannot_tell=1)),
            "error",
            "CANNOT TELL: 1 policy could not be judged",
        ),
        (
            no_go(exit_code=4, weakened=True, weakenings=[{}, {}]),
            "failure",
            "NO-GO: this change weakens its own rules (2)",
        ),
    ],
    ids=["no-go", "no-go with gaps", "go", "go with exceptions", "gaps", "nothing", "undecided", "weakened"],
)
def test_the_line_says_what_happened(verdict: dict[str, Any], state: str, description: str) -> None:
    assert said(verdict) == (state, description)


ASKED = [{"id": "20261120-b1dc51f0", "by": "Ben", "at": "2026-11-20", "findings": 3, "owners": ["marketing", "legal"]}]


def test_where_signatures_are_all_that_is_missing_it_is_pending_and_says_whose() -> None:
    told = no_go(counts=counts(blocking=3), waiting=True, requests=ASKED)
    line = "NO-GO: waiting for the sign-off of marketing and legal · 214 pages"
    assert said(told) == ("pending", line)
    nobody_waits = status.of_verdict(told, "", may_wait=False)
    assert (nobody_waits.state, nobody_waits.description) == ("failure", line)


def test_what_weakens_its_own_rules_is_never_pending() -> None:
    told = no_go(exit_code=4, weakened=True, weakenings=[{}], waiting=True, requests=ASKED)
    assert said(told) == ("failure", "NO-GO: this change weakens its own rules (1)")


@pytest.mark.parametrize("code", [None, 2, 3, 4, 70, 130, 143, 1, 0])
def test_without_a_verdict_nothing_is_green(code: int | None) -> None:
    made = status.without_verdict(code, "")
    assert made.state == "error"
    assert made.description.startswith(("ERROR: ", "CANNOT TELL: "))


def test_a_go_that_the_exit_code_contradicts_is_not_green() -> None:
    assert said(go(exit_code=errors.EXIT_CANNOT_TELL))[0] == "error"
    assert said(go(weakened=True))[0] == "error"


@given(
    st.sampled_from(["GO", "NO-GO", "CANNOT TELL", "go", "", None]), st.integers(-1, 200), st.booleans(), st.booleans()
)
def test_nothing_but_go_is_green_and_nothing_is_neutral(
    verdict: str | None, code: int, weakened: bool, waiting: bool
) -> None:
    state, _ = said(no_go(verdict=verdict, exit_code=code, weakened=weakened, waiting=waiting))
    assert state in {"success", "failure", "error", "pending"}
    assert (state == "success") == ((verdict, code, weakened) == ("GO", 0, False))


@given(st.dictionaries(st.text(max_size=80), st.integers(0, 10**9), max_size=40), st.booleans())
def test_a_description_is_never_longer_than_github_takes(blocking: dict[str, int], unverified: bool) -> None:
    made = status.of_verdict(no_go(owners=owners(**blocking)), "", unverified=unverified)
    assert len(made.description) <= 140
    assert made.description.endswith(" · unverified") == unverified
    assert "\n" not in made.description


def test_owners_that_do_not_fit_are_counted() -> None:
    many = {f"team {number:02} of the bakery": 100 - number for number in range(30)}
    _, description = said(no_go(owners=owners(**many), counts=counts(blocking=1)))
    assert description.startswith("NO-GO: team 00 of the bakery 100, team 01 of the bakery 99")
    assert "more owners · 214 pages" in description


def test_each_of_several_sites_has_a_status_of_its_own() -> None:
    assert (status.context(""), status.context("shop")) == ("gonogo", "gonogo / shop")


REVIEWED = {"verdict": "GO FOR REVIEW", "gate": "review"}


def test_what_passed_the_review_gate_is_green_under_a_name_of_its_own() -> None:
    told = go(**REVIEWED, exit_code=errors.EXIT_REVIEWED, counts=counts(represented=180))
    made = status.of_verdict(told, status.context("shop", review=True))
    said = ("success", "gonogo review / shop", "GO FOR REVIEW · 214 pages, 180 read only")
    assert (made.state, made.context, made.description) == said


@pytest.mark.parametrize("site", ["", "shop"])
def test_it_is_never_green_under_the_name_that_a_deploy_asks_for(site: str) -> None:
    told = go(**REVIEWED, exit_code=errors.EXIT_REVIEWED)
    assert status.of_verdict(told, status.context(site)).state == "error"


def test_a_go_for_review_that_the_exit_code_contradicts_is_not_green() -> None:
    told = go(**REVIEWED, exit_code=errors.EXIT_GO)
    assert status.of_verdict(told, status.context("", review=True)).state == "error"


COMPARED = {"baseline": "launch", "pages": None, "fixed": 1}


def test_what_is_new_is_told_first_then_what_was_there_and_what_is_fixed() -> None:
    verdict = no_go(owners=owners(marketing=2), counts=counts(blocking=2, new=2, existing=3), compared=COMPARED)
    assert said(verdict)[1] == "NO-GO: marketing 2 · 214 pages, 2 new, 3 existing, 1 fixed"


def test_without_a_baseline_nothing_is_called_new() -> None:
    assert said(go(counts=counts(new=2), compared=None))[1] == "GO · 214 pages"


def test_a_go_before_the_first_launch_says_that_it_was_compared_with_nothing() -> None:
    assert said(go(counts=counts(), notes=[NOTHING_KEPT]))[1] == "GO · 214 pages, no launch to compare with yet"
