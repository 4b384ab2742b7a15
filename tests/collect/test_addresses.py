"""Which pages a build has, and under which addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.collect.addresses import named_origin, on_origin, page_paths, peek
from checks.collect.hosts import BuildFiles, PlainHost


def paths(names: list[str], *preferred: str) -> dict[str, str]:
    files = BuildFiles(dict.fromkeys(names, 1))
    return page_paths(files, PlainHost(files), preferred)


def test_a_page_has_the_address_that_follows_from_its_name() -> None:
    assert paths(["index.html", "shop/index.html", "about.html", "style.css"]) == {
        "index.html": "/",
        "shop/index.html": "/shop/",
        "about.html": "/about.html",
    }


def test_a_page_that_the_site_itself_calls_by_its_clean_address_has_that_one() -> None:
    assert paths(["about.html"], "/about") == {"about.html": "/about"}


def test_an_address_that_leads_elsewhere_renames_nothing() -> None:
    assert paths(["about.html"], "/missing", "/about?utm=1") == {"about.html": "/about.html"}


def test_the_404_page_is_no_page() -> None:
    assert paths(["404.html", "a/404.html"]) == {"a/404.html": "/a/404.html"}


@pytest.mark.parametrize(
    ("urls", "origin"),
    [
        (["https://www.example.com/", "https://www.example.com/a"], "https://www.example.com"),
        (["https://www.example.com/", "https://staging.example.com/"], None),
        (["/relative", "mailto:a@example.com"], None),
        ([], None),
    ],
)
def test_an_origin_is_known_where_all_addresses_name_the_same(urls: list[str], origin: str | None) -> None:
    assert named_origin(urls) == origin


def test_the_path_on_the_origin_keeps_its_query() -> None:
    assert on_origin("https://www.example.com/a?b=c#d", "https://www.example.com") == "/a?b=c"


def test_an_address_on_another_origin_has_no_path_on_this_one() -> None:
    assert on_origin("https://example.net/a", "https://www.example.com") is None


@given(st.binary(max_size=300))
def test_no_bytes_make_a_first_look_fail(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    folder = tmp_path_factory.mktemp("peek")
    (folder / "a.html").write_bytes(body)
    assert peek(folder, "a.html", lambda _: None).file == "a.html"
