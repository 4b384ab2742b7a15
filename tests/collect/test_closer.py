"""Which pages are rendered once more by themselves: the slowest, a few of them, and those that somebody asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checks.collect.closer import CloserLook, steadier
from checks.collect.index import Index
from checks.collect.rendering import Task
from checks.facts.page_settings import PageSettings

FAST: dict[str, Any] = {
    "lcp_ms": 900.0,
    "fcp_ms": None,
    "tbt_ms": 200.0,
    "third_party_ms": 0.0,
    "cls": 0.1,
    "alone": False,
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path / "index.sqlite") as opened:
        yield opened


def look(index: Index, pages: int, *found: dict[str, Any]) -> CloserLook:
    closer = CloserLook(index, PageSettings("https://www.example.com"), pages)
    for number, vitals in enumerate(found):
        closer.note(Task(f"/{number}/", "", scripted=True), {**FAST, **vitals})
    return closer


@pytest.mark.parametrize(("pages", "most"), [(1, 3), (149, 3), (500, 10), (30_000, 20)])
def test_a_few_pages_are_enough(index: Index, pages: int, most: int) -> None:
    assert look(index, pages).most == most


@pytest.mark.parametrize(
    ("found", "slow"),
    [
        ({}, 0),
        ({"lcp_ms": None, "cls": None}, 0),
        ({"lcp_ms": 2501.0}, 1),
        ({"cls": 0.11}, 1),
        ({"tbt_ms": 201.0}, 1),
        ({"third_party_ms": 251.0}, 1),
        ({"tbt_ms": 900.0, "alone": True}, 0),
    ],
)
def test_a_page_over_a_limit_is_slow_unless_it_was_alone(index: Index, found: dict[str, Any], slow: int) -> None:
    assert look(index, 10, found).slow == slow


def test_the_slowest_are_looked_at_in_whatever_order_they_come(index: Index) -> None:
    times = [{"tbt_ms": float(time)} for time in (300, 900, 250, 700, 800)]
    assert {task.path for task in look(index, 10, *times).chosen()} == {"/1/", "/3/", "/4/"}


def test_that_slow_pages_were_not_looked_at_is_said(index: Index) -> None:
    slow = {"tbt_ms": 300.0}
    assert look(index, 10, *[slow] * 3).notes == ()
    [said] = look(index, 10, *[slow] * 4).notes
    assert "4 pages were slow while others were loading; the 3 slowest were loaded again alone" in said


def test_a_page_whose_code_is_asked_about_is_looked_at_though_it_is_fast(index: Index) -> None:
    settings = PageSettings("https://www.example.com", coverage=lambda path: path == "/shop/")
    closer = CloserLook(index, settings, 10)
    for path in ("/", "/shop/"):
        closer.note(Task(path, "", scripted=True), FAST)
    assert [task.path for task in closer.chosen()] == ["/shop/"]


@pytest.mark.parametrize(("before", "alone", "told"), [(0.37, 0.12, 0.12), (0.05, 0.37, 0.05), (None, 0.3, 0.3)])
def test_of_two_looks_the_lesser_shift_counts(before: float | None, alone: float, told: float) -> None:
    looks = ({"cls": value, "shifts": [{"selector": "p", "shift": value}]} for value in (alone, before))
    assert steadier(*looks) == {"cls": told, "shifts": [{"selector": "p", "shift": told}]}
