from __future__ import annotations

from typing import Any

from checks.compare.page_change import Place, page_change
from checks.compare.sides import AFTER, BEFORE, Sides
from tests.compare.test_moves import ORIGIN, page, words

PAGE, HOME = "/courses/sourdough/", "/"


def redirect(answer: dict[str, Any], *after: dict[str, Any], expected: int | None = None) -> dict[str, Any]:
    """Return what is told of the address of a page that is gone, where the preview answers so."""
    whole = {"path": PAGE, "known": True, "status": 301, "kind": "http", "hops": 1, "loop": False, **answer}
    before = [page(HOME, words(7), "Mill Lane Bakery"), page(PAGE, words(1), "Sourdough course | Mill Lane")]
    now = [page(HOME, words(7), "Mill Lane Bakery"), *after]
    with Sides() as sides:
        for side, pages in ((BEFORE, before), (AFTER, now)):
            sides.add_ledger(side, ({"path": one["path"], "state": "measured", "kind": "page"} for one in pages))
        for side, pages in ((AFTER, now), (BEFORE, before)):
            sides.add_pages(side, pages)
        sides.add_answers([whole])
        place = Place(ORIGIN, "/", lambda _: {"noindex": False, "status": expected, "orphan": False})
        _, document = page_change(sides, place, PAGE)
    assert document is not None
    found: dict[str, Any] = document["redirect"]
    return found


def test_a_page_about_the_same_is_known_by_its_name() -> None:
    new = page("/learn/sourdough-course/", words(2), "Sourdough course")
    found = redirect({"final_status": 200, "target": new["path"], "shows": new["path"]}, new)
    assert found["similarity"] >= 0.6
    assert (found["permanent"], found["to_home"], found["target_indexable"]) == (True, False, True)


def test_the_name_of_the_site_makes_no_two_pages_alike() -> None:
    new = page("/cakes/", words(2), "Cakes | Mill Lane")
    assert redirect({"final_status": 200, "target": "/cakes/", "shows": "/cakes/"}, new)["similarity"] < 0.3


def test_a_way_to_the_home_page_is_told() -> None:
    found = redirect({"final_status": 200, "target": "/", "shows": "/"})
    assert (found["to_home"], found["similarity"]) == (True, 0.0)


def test_a_temporary_redirect_is_not_permanent() -> None:
    assert not redirect({"status": 302, "final_status": 200, "target": "/", "shows": "/"})["permanent"]


def test_a_page_that_refreshes_at_once_is() -> None:
    found = redirect({"status": 200, "kind": "html", "final_status": 200, "target": "/", "shows": "/"})
    assert found["permanent"]


def test_what_another_site_answers_is_not_known() -> None:
    found = redirect({"final_status": None, "target": "https://docs.example.net/", "shows": None})
    assert (found["final_status"], found["target_indexable"], found["similarity"]) == (None, None, None)


def test_a_status_that_is_declared_is_told() -> None:
    gone = {"status": 410, "kind": None, "hops": 0, "final_status": 410, "target": PAGE, "shows": None}
    assert [redirect(gone, expected=status)["declared"] for status in (410, 404, None)] == [True, False, False]
