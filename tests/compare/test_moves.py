from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest

from checks.compare import moves
from checks.compare.sides import AFTER, BEFORE, Sides
from tests.compare.shop import WORDS

ORIGIN = "https://www.example.com"
MEASURED = ["canonical", "headings", "http", "indexability_reasons", "indexable", "text", "title"]


def words(seed: int, count: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=count))  # noqa: S311 - the same text each time


def page(path: str, text: str, title: str = "", canonical: str | None = None) -> dict[str, Any]:
    """Return what is read of a page document here."""
    return {
        "path": path,
        "page_type": None,
        "measured": MEASURED,
        "config": {"production_origin": ORIGIN},
        "http": {"status": 200},
        "indexable": True,
        "indexability_reasons": [],
        "title": {"text": title},
        "headings": {"h1": [title] if title else [], "items": []},
        "text": {"main": text, "main_words": len(text.split())},
        "canonical": {"url": canonical and ORIGIN + canonical, "is_self": canonical in {None, path}},
    }


def answer(path: str, shows: str | None, status: int = 200) -> dict[str, Any]:
    return {"path": path, "hops": 1, "final_status": status, "shows": shows}


def paired(
    before: Iterable[dict[str, Any]], after: Iterable[dict[str, Any]], answers: Iterable[dict[str, Any]] = ()
) -> dict[str, tuple[str, str]]:
    """Return old path -> new path, and by what they belong together."""
    with Sides() as sides:
        both = {BEFORE: list(before), AFTER: list(after)}
        for side, pages in both.items():
            sides.add_ledger(side, ({"path": one["path"], "state": "measured", "kind": "page"} for one in pages))
        for side, pages in both.items():
            sides.add_pages(side, pages)
        sides.add_answers(answers)
        moves.pair(sides)
        rows = sides.db.execute("SELECT old, new, by FROM moves").fetchall()
    return {old: (new, by) for old, new, by in rows}


def test_a_page_that_redirects_to_an_added_one_has_moved_there() -> None:
    found = paired([page("/old/", words(1))], [page("/new/", words(2))], [answer("/old/", "/new/")])
    assert found == {"/old/": ("/new/", "redirect")}


def test_a_redirect_that_ends_in_an_error_tells_nothing() -> None:
    assert paired([page("/old/", words(1))], [page("/new/", words(2))], [answer("/old/", "/new/", 404)]) == {}


def test_a_redirect_is_believed_before_the_text() -> None:
    after = [page("/copy/", words(1)), page("/new/", words(2))]
    assert paired([page("/old/", words(1))], after, [answer("/old/", "/new/")])["/old/"] == ("/new/", "redirect")


def test_the_canonical_address_of_the_former_page_tells_where_it_went() -> None:
    found = paired([page("/old/", words(1), canonical="/new/")], [page("/new/", words(2))])
    assert found == {"/old/": ("/new/", "canonical")}


@pytest.mark.parametrize("new", ["/about", "/about.html", "/About/", "/about/index.html"])
def test_an_address_that_differs_in_form_only_is_the_same_page(new: str) -> None:
    assert paired([page("/about/", words(1))], [page(new, words(2))]) == {"/about/": (new, "address")}


def test_a_text_that_is_mostly_the_same_has_moved() -> None:
    text = words(1).split()
    found = paired([page("/old/", " ".join(text))], [page("/new/", " ".join([*text[:180], *words(9, 20).split()]))])
    assert found == {"/old/": ("/new/", "content")}


def test_another_text_has_not_moved() -> None:
    assert paired([page("/old/", words(1))], [page("/new/", words(2))]) == {}


def test_of_several_pages_the_most_alike_are_paired_each_once() -> None:
    text = words(1).split()
    nearly = " ".join([*text[:150], *words(9, 50).split()])
    before = [page("/one/", " ".join(text)), page("/two/", nearly)]
    found = paired(before, [page("/a/", nearly), page("/b/", " ".join(text))])
    assert found == {"/one/": ("/b/", "content"), "/two/": ("/a/", "content")}


def test_a_scheme_that_changes_for_the_whole_site_is_seen_through() -> None:
    before = [page(f"/{number}.php", words(number)) for number in range(100)]
    after = [page(f"/articles/{number}/", words(number)) for number in range(100)]
    expected = {f"/{number}.php": (f"/articles/{number}/", "content") for number in range(100)}
    assert paired(before, after) == expected


def test_a_short_text_is_known_by_title_and_heading() -> None:
    found = paired([page("/old/", "Hello.", "Contact")], [page("/new/", "Hello there.", "Contact")])
    assert found == {"/old/": ("/new/", "title")}


def test_a_title_that_several_pages_share_tells_nothing() -> None:
    after = [page("/a/", "Hello.", "Contact"), page("/b/", "Hello.", "Contact")]
    assert paired([page("/old/", "Hello.", "Contact")], after) == {}


def test_a_page_that_stays_never_moves() -> None:
    assert paired([page("/a/", words(1))], [page("/a/", words(2)), page("/b/", words(1))]) == {}
