from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.coverage import coverage, used
from checks.facts.loading import Covered

SITE = "https://www.bakery.co"


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([], 0),
        ([(0, 100, True)], 100),
        ([(0, 100, True), (10, 50, False)], 60),
        ([(0, 100, True), (10, 50, False), (20, 30, True)], 70),
        ([(0, 100, False), (10, 20, True), (30, 40, True)], 20),
        ([(10, 20, True), (50, 60, True)], 20),
    ],
)
def test_each_character_is_judged_by_the_innermost_range(ranges: list[tuple[int, int, bool]], expected: int) -> None:
    assert used(ranges, 100) == expected


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100), st.booleans())))
def test_whatever_a_browser_tells_no_more_is_used_than_there_is(ranges: list[tuple[int, int, bool]]) -> None:
    assert 0 <= used([(min(a, b), max(a, b), c) for a, b, c in ranges], 100) <= 100


def item(name: str, kind: str, transfer: int | None) -> dict[str, object]:
    return {"url": f"{SITE}/{name}", "type": kind, "transfer": transfer}


def test_unused_code_is_told_in_bytes_that_travel_and_by_file() -> None:
    covered = (
        Covered(f"{SITE}/a.js", "script", 1000, ((0, 1000, True), (0, 800, False))),
        Covered(f"{SITE}/a.css", "style", 100, ((0, 25, True),)),
        Covered(f"{SITE}/a.css", "style", 100, ()),
        Covered(f"{SITE}/bread/", "script", 500, ((0, 500, False),)),
    )
    items = [item("a.js", "script", 300), item("a.css", "style", 100), item("bread/", "document", 900)]
    found = coverage(covered, items)
    assert [(one["url"], one["characters"], one["unused"], one["unused_transfer"]) for one in found["files"]] == [
        (f"{SITE}/a.css", 100, 75, 75),
        (f"{SITE}/a.js", 1000, 800, 240),
    ]
    assert (found["transfer"], found["unused_transfer"], found["unused_share"]) == (400, 315, 0.7875)
    assert [one["url"] for one in found["largest"]] == [f"{SITE}/a.js", f"{SITE}/a.css"]


def test_a_page_without_code_of_its_own_has_no_share() -> None:
    assert coverage((), [])["unused_share"] is None
