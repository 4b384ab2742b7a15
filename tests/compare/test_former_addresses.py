"""What an earlier launch published must go on leading somewhere, also when the last launch has no page there."""

from __future__ import annotations

from typing import Any

import pytest

from checks.compare.former_addresses import NO_LEDGER, published

Document = dict[str, Any]


def entry(path: str, gone: str | None = None, *, retired: bool = False, live: bool = False) -> Document:
    days = {"first": "2026-01-01", "last": "2026-11-01"}
    return {"path": path, "kind": "page", **days, "gone": gone, "retired": retired, "live": live}


def answer(final: int | None, *, known: bool = True, loop: bool = False) -> Document:
    return {"known": known, "status": 301, "final_status": final, "loop": loop, "hops": 1}


def found(one: Document, answered: Document | None, expected: int | None = None) -> Document | None:
    return published([one], lambda _path: answered, lambda _path: expected)


def lost(one: Document, answered: Document, expected: int | None = None) -> tuple[int, int]:
    group = found(one, answered, expected)
    assert group is not None
    return group["lost_total"], group["lost_before_total"]


def test_an_address_that_leads_on_is_not_lost() -> None:
    assert lost(entry("/a/"), answer(200)) == (0, 0)


@pytest.mark.parametrize("answered", [answer(404), answer(410), answer(500), answer(None, loop=True)])
def test_one_that_leads_nowhere_is(answered: Document) -> None:
    assert lost(entry("/a/"), answered) == (1, 0)


def test_one_that_led_nowhere_at_the_last_launch_is_no_loss_of_this_release() -> None:
    assert lost(entry("/a/", gone="2026-11-01"), answer(404)) == (0, 1)


def test_one_that_the_project_declares_gone_is_not_lost() -> None:
    assert lost(entry("/a/"), answer(410), expected=410) == (0, 0)


def test_one_that_answers_otherwise_than_declared_is_lost() -> None:
    assert lost(entry("/a/"), answer(500), expected=410) == (1, 0)


@pytest.mark.parametrize("one", [entry("/a/", live=True), entry("/a/", retired=True)])
def test_what_other_groups_tell_of_and_what_retired_is_not_asked_for(one: Document) -> None:
    group = found(one, None)
    assert group is not None
    assert (group["total"], group["lost_total"]) == (1, 0)


def test_what_the_preview_does_not_show_is_counted() -> None:
    group = found(entry("/a/"), answer(404, known=False))
    assert group is not None
    assert (group["not_shown"], group["lost_total"]) == (1, 0)


def test_where_nobody_asked_nothing_is_measured() -> None:
    assert found(entry("/a/"), None) is None


def test_the_first_hundred_are_told_and_all_are_counted() -> None:
    group = published([entry(f"/{one}/") for one in range(250)], lambda _: answer(404), lambda _: None)
    assert group is not None
    assert (len(group["lost"]), group["lost_total"]) == (100, 250)


def test_a_group_is_not_filled_by_another_one() -> None:
    found(entry("/a/"), answer(404))
    assert NO_LEDGER["lost"] == []
