from __future__ import annotations

from checks.compare.sides import BEFORE, Sides


def states(*said: str) -> str | None:
    """Return what counts for a page of which a ledger says this, one after the other."""
    with Sides() as sides:
        sides.add_ledger(BEFORE, ({"path": "/", "state": state, "kind": "page"} for state in said))
        return sides.states("/")[BEFORE]


def test_a_page_that_is_listed_twice_as_the_same_is_that() -> None:
    assert states("measured", "measured") == "measured"


def test_a_page_of_which_a_ledger_says_two_things_is_not_known() -> None:
    assert states("measured", "excluded") == "failed"
