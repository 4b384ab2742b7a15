from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from checks.compare.page_change import Place, page_change
from checks.compare.sides import AFTER, BEFORE, Sides

ORIGIN = "https://www.example.com"


def link(path: str, status: int = 200) -> dict[str, Any]:
    return {"url": ORIGIN + path, "final_url": ORIGIN + path, "internal": True, "status": status}


def page(path: str, links: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "path": path,
        "page_type": None,
        "measured": ["links"],
        "config": {"production_origin": ORIGIN},
        "links": {"items": links, "internal": len(links)},
    }


def linking(pages: Mapping[str, list[dict[str, Any]]], asked: str) -> int | None:
    """Return how many pages of a side link to an address."""
    with Sides() as sides:
        sides.add_ledger(AFTER, ({"path": path, "state": "measured", "kind": "page", "why": ""} for path in pages))
        sides.add_pages(AFTER, (page(path, links) for path, links in pages.items()))
        return sides.inlinks(AFTER, asked)


def test_a_link_to_the_file_of_a_page_is_a_link_to_the_page() -> None:
    assert linking({"/": [link("/shop/index.html")], "/shop/": []}, "/shop/") == 1


def test_a_page_that_links_by_two_addresses_counts_once() -> None:
    assert linking({"/": [link("/shop/index.html"), link("/shop/")], "/shop/": []}, "/shop/") == 1


def test_a_page_that_links_to_itself_does_not_count() -> None:
    assert linking({"/": [], "/shop/": [link("/shop/index.html")]}, "/shop/") == 0


def test_a_link_that_is_broken_leads_to_no_page() -> None:
    assert linking({"/": [link("/Shop/", 404)], "/shop/": []}, "/shop/") == 0


def test_a_link_to_one_of_two_pages_of_a_form_is_a_link_to_that_one() -> None:
    pages = {"/": [link("/shop.html")], "/shop.html": [], "/shop/": []}
    assert (linking(pages, "/shop.html"), linking(pages, "/shop/")) == (1, 0)


def same(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any] | None:
    """Return the `change` document of the home page of a site that has no other; None where there is nothing to say."""
    with Sides() as sides:
        for side, document in ((BEFORE, before), (AFTER, after)):
            sides.add_ledger(side, [{"path": "/", "state": "measured", "kind": "page", "why": ""}])
            sides.add_pages(side, [document])
        nothing = {"noindex": False, "status": None, "orphan": False}
        return page_change(sides, Place(ORIGIN, "/", lambda _path: nothing), "/")[1]


def without(fact: str) -> dict[str, Any]:
    """Return the page as a former gonogo may have written it down."""
    item = link("/shop/")
    del item[fact]
    return page("/", [item])


def unmeasured() -> dict[str, Any]:
    return {**page("/", []), "measured": []}


def test_of_a_page_that_stays_as_it_was_nothing_is_said() -> None:
    assert same(page("/", [link("/shop/")]), page("/", [link("/shop/")])) is None


@pytest.mark.parametrize("former", [without("final_url"), without("status"), without("internal"), unmeasured()])
def test_where_a_side_does_not_say_where_it_links_to_no_policy_about_links_to_a_page_passes(
    former: dict[str, Any],
) -> None:
    document = same(former, page("/", [link("/shop/")]))
    assert document is not None
    assert (document["state"], "inlinks" in document["measured"]) == ("same", False)
