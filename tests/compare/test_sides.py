from __future__ import annotations

import pytest

from checks.compare.page_change import SAME, UNKNOWN, Place, page_change
from checks.compare.sides import AFTER, BEFORE, Sides

LIMIT = "`limits.pages` (500) leaves it out"
PLACE = Place("https://www.example.com", "/", lambda _: {"noindex": False, "status": None, "orphan": False})


def states(*said: str) -> str | None:
    """Return what counts for a page of which a ledger says this, one after the other."""
    with Sides() as sides:
        sides.add_ledger(BEFORE, ({**line(""), "state": state} for state in said))
        return sides.states("/")[BEFORE]


def test_a_page_that_is_listed_twice_as_the_same_is_that() -> None:
    assert states("measured", "measured") == "measured"


def test_a_page_of_which_a_ledger_says_two_things_is_not_known() -> None:
    assert states("measured", "excluded") == "failed"


def line(why: str) -> dict[str, str]:
    return {
        "path": "/",
        "state": "excluded" if why else "measured",
        "why": why,
        "kind": "link" if why == LIMIT else "page",
    }


def became(before: str, after: str | None) -> str:
    """Return what became of a page that both ledgers leave out for these reasons; None where one has no such page."""
    with Sides() as sides:
        sides.add_ledger(BEFORE, [line(before)])
        sides.add_ledger(AFTER, [] if after is None else [line(after)])
        return page_change(sides, PLACE, "/")[0]


@pytest.mark.parametrize("after", [None, ""])
def test_a_live_page_that_a_limit_left_out_can_not_be_compared(after: str | None) -> None:
    assert became(LIMIT, after) == UNKNOWN


@pytest.mark.parametrize("after", [LIMIT, "exclude[0]: the archive"])
def test_a_page_that_both_sides_leave_out_is_not_compared(after: str) -> None:
    assert became(LIMIT, after) == SAME


def test_a_page_that_the_config_excluded_is_compared_no_more() -> None:
    assert became("exclude[0]: the archive", None) == SAME


def test_a_live_page_that_only_the_preview_has_no_room_for_is_asked_for_as_before() -> None:
    with Sides() as sides:
        sides.add_ledger(BEFORE, [line("")])
        sides.add_ledger(AFTER, [line(LIMIT)])
        assert sides.states("/") == ("measured", None)
