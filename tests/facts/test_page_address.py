"""How a page's address is written."""

from __future__ import annotations

import pytest

from checks.facts.address_form import pagination, url_form

ORIGIN = "https://www.bakery.co"


@pytest.mark.parametrize(
    ("path", "problems"),
    [
        ("/bread/rye-loaf/", []),
        ("/br%C3%B6tchen/", []),
        ("/Bread/", ["upper case"]),
        ("/rye_loaf/", ["underscore"]),
        ("/rye%20loaf/", ["space"]),
        ("//bread/", ["double slash"]),
        ("/br%F6tchen/", ["not UTF-8"]),
        ("/bread/?sid=81", ["session id"]),
        ("/bread/?inside=81", []),
    ],
)
def test_an_address_is_told_by_what_makes_it_hard_to_read(path: str, problems: list[str]) -> None:
    assert [one["problem"] for one in url_form(ORIGIN + path)["findings"]] == problems


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/news/page/2/", 2),
        ("/news/page-3.html", 3),
        ("/news/?page=4", 4),
        ("/news/?sort=up&paged=5", 5),
        ("/news/", None),
        ("/webpage/2/", None),
        ("/news/?homepage=2", None),
    ],
)
def test_a_page_of_a_series_is_known_by_its_address(path: str, number: int | None) -> None:
    assert pagination(ORIGIN + path) == {"number": number}
