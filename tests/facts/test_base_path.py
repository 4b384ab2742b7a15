"""A site that lies under a path of its host: what is its own, and what its pages name beside it."""

from __future__ import annotations

import pytest

from checks.facts.base_path import outside
from checks.facts.look import Site
from checks.facts.page_settings import PageSettings
from checks.facts.urls import parse

SITE = Site(PageSettings("https://baker.github.io", "/bread/"))


@pytest.mark.parametrize(
    ("url", "internal"),
    [
        ("https://baker.github.io/bread/", True),
        ("https://baker.github.io/bread", True),
        ("http://baker.github.io/bread/rye/", True),
        ("https://baker.github.io/", False),
        ("https://baker.github.io/breadcrumbs/", False),
        ("https://other.github.io/bread/", False),
    ],
)
def test_what_lies_under_the_path_is_the_sites_own(url: str, *, internal: bool) -> None:
    address = parse(url)
    assert address is not None
    assert SITE.is_internal(address) == internal


def test_the_home_page_lies_at_the_path() -> None:
    assert SITE.home == "https://baker.github.io/bread/"


def test_addresses_from_the_root_that_leave_the_path_are_told_as_written() -> None:
    document = {
        "links": {"items": [{"href": "/rolls/"}, {"href": "/bread/rye/"}, {"href": "rye/"}, {"href": "//a.example/x"}]},
        "images": {"items": [{"src": "/hat.png"}]},
        "scripts": {"items": [{"src": "/bread/app.js"}]},
        "styles": {"items": [{"href": "/style.css?v=1"}, {"href": "/bread?v=1"}]},
    }
    assert outside(document, "/bread/") == {"/rolls/", "/hat.png", "/style.css?v=1"}
