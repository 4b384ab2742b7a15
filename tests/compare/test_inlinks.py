from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checks.compare.sides import AFTER, Sides

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


def linking(pages: Mapping[str, list[dict[str, Any]]], asked: str) -> int:
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
