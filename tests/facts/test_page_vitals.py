from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.loading import Loading
from checks.facts.look import Site
from checks.facts.page_settings import PageSettings
from checks.facts.vitals import blocking_time, shifts, third_party_time

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

SITE = Site(PageSettings("https://www.bakery.co", first_party_domains=frozenset({"bakery.co"})))


def test_vitals_are_rounded_and_all_there(document_of: DocumentOf) -> None:
    loading = Loading(
        times={"lcp_ms": 812.3456, "fcp_ms": 300.0},
        cls=0.012345,
        tasks=((400.0, 120.04),),
        moved={"main > p": 0.012345},
        scripts={"https://cdn.net/a.js": 80.06},
        lcp=("main > img", "https://www.bakery.co/a.png"),
        alone=True,
    )
    assert document_of("<p>x", loading=loading)["vitals"] == {
        "lcp_ms": 812.3,
        "fcp_ms": 300.0,
        "ttfb_ms": None,
        "load_ms": None,
        "settle_ms": None,
        "cls": 0.0123,
        "tbt_ms": 70.0,
        "third_party_ms": 80.1,
        "lcp_element": {"selector": "main > img", "url": "https://www.bakery.co/a.png"},
        "shifts": [{"selector": "main > p", "shift": 0.0123}],
        "alone": True,
        "throttling": "none",
    }


def test_of_a_page_on_which_nothing_was_painted_no_blocking_time_is_known(document_of: DocumentOf) -> None:
    found = document_of("<p>x", loading=Loading(tasks=((0.0, 900.0),)))["vitals"]
    assert (found["tbt_ms"], found["lcp_element"]) == (None, None)


@pytest.mark.parametrize(
    ("tasks", "blocking"),
    [
        ([], 0),
        ([(200.0, 50.0)], 0),
        ([(200.0, 80.0), (400.0, 60.0)], 40),
        ([(0.0, 90.0)], 0),
        ([(0.0, 300.0)], 150),
    ],
)
def test_only_what_lies_behind_the_first_paint_blocks(tasks: list[tuple[float, float]], blocking: float) -> None:
    assert blocking_time(tasks, 100.0) == blocking


def test_scripts_of_others_are_told_by_their_address() -> None:
    scripts = {"https://cdn.net/a.js": 90.0, "https://img.bakery.co/b.js": 70.0, "": 50.0, "blob:x": 10.0}
    assert third_party_time(scripts, SITE) == 90.0


def test_the_element_that_moved_most_comes_first() -> None:
    told: list[dict[str, Any]] = shifts({"b": 0.2, "a": 0.2, "c": 0.5, "still": 0.00001})
    assert [one["selector"] for one in told] == ["c", "a", "b"]
