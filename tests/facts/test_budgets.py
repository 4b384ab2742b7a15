"""The shares of pages that keep to a budget are counted while the documents of pages go by."""

from __future__ import annotations

from typing import Any

import pytest

from checks.facts.budgets import LIGHT, STILL, Budgets, weighed


def page(weight: int = LIGHT, shift: float | None = STILL, status: int = 200, **fields: Any) -> dict[str, Any]:
    return {
        "http": {"status": status},
        "measured": ["requests", "vitals"],
        "requests": {"bytes_total": weight},
        "vitals": {"cls": shift},
        **fields,
    }


def group(*pages: dict[str, Any]) -> dict[str, Any] | None:
    budgets, again = Budgets(), Budgets()
    for one in pages:
        budgets.look(one)
        again.look(weighed(one))
    assert budgets.group() == again.group()
    return budgets.group()


def test_a_page_at_the_limit_keeps_to_it_and_one_beyond_does_not() -> None:
    assert group(page(), page(), page(weight=LIGHT + 1), page(shift=0.11)) == {
        "pages": 4,
        "light_share": 0.75,
        "still_share": 0.75,
    }


def test_a_page_of_which_no_shift_is_known_is_not_called_still() -> None:
    assert (group(page(shift=None)) or {})["still_share"] == 0


def test_a_page_that_does_not_answer_with_200_is_not_counted() -> None:
    assert (group(page(), page(weight=10**9, status=404)) or {})["light_share"] == 1


def test_without_pages_there_is_nothing_to_take_a_share_of() -> None:
    assert group() == {"pages": 0, "light_share": None, "still_share": None}


@pytest.mark.parametrize("missing", ["requests", "vitals"])
def test_where_a_page_was_not_measured_by_a_browser_nobody_knows(missing: str) -> None:
    measured = [name for name in ("requests", "vitals") if name != missing]
    assert group(page(), page(measured=measured)) is None
