from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts import robots
from checks.facts.canonical import is_hreflang, link_header
from checks.facts.text_width import pixels

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

HTML = ("Content-Type", "text/html; charset=utf-8")


def test_a_title_is_told_with_its_measures(document_of: DocumentOf) -> None:
    assert document_of("<title>\n  Sourdough courses\tin Bristol </title>")["title"] == {
        "text": "Sourdough courses in Bristol",
        "length": 28,
        "pixels": 255.7,
        "count": 1,
        "in_head": True,
        "is_generic": False,
        "half_empty": False,
    }


def test_a_page_without_a_title_has_none(document_of: DocumentOf) -> None:
    found = document_of("<p>x")["title"]
    assert (found["text"], found["length"], found["count"], found["in_head"]) == (None, 0, 0, False)


def test_the_title_of_a_picture_is_none_of_the_page(document_of: DocumentOf) -> None:
    assert document_of("<svg><title>Logo</title></svg><title>Bread</title>")["title"]["count"] == 1


def test_a_title_that_parsing_leaves_in_the_body_is_told(document_of: DocumentOf) -> None:
    document = document_of("<head><div></div><title>Bread</title></head>")
    assert document["title"]["in_head"] is False
    assert document["html"]["head_closed_early_by"] == "div"
    assert document["html"]["metas_in_body"] == [{"tag": "title", "name": "title"}]


@pytest.mark.parametrize("title", ["Home", "untitled", "React App", "Vite + React", "Create Next App", "Document"])
def test_a_stand_in_is_a_generic_title(document_of: DocumentOf, title: str) -> None:
    assert document_of(f"<title>{title}</title>")["title"]["is_generic"] is True


@pytest.mark.parametrize("title", ["Homemade bread", "Home | Bakery", "Documents", "Testing bread"])
def test_a_title_with_a_subject_is_not_generic(document_of: DocumentOf, title: str) -> None:
    assert document_of(f"<title>{title}</title>")["title"]["is_generic"] is False


@pytest.mark.parametrize(("title", "half"), [("| Bakery", True), ("Bread –", True), ("Bread | Bakery", False)])
def test_a_title_with_a_side_missing_is_half_empty(document_of: DocumentOf, title: str, *, half: bool) -> None:
    assert document_of(f"<title>{title}</title>")["title"]["half_empty"] is half


def test_pixels_are_those_of_arial_at_20_px() -> None:
    assert [pixels("i"), pixels("W"), pixels("面"), pixels("e\u0301")] == [4.4, 18.9, 20.0, pixels("e")]


@pytest.mark.parametrize(
    ("content", "directives"),
    [
        ("noindex, nofollow", {"noindex", "nofollow"}),
        ("NOINDEX", {"noindex"}),
        ("noindex nofollow", {"noindex", "nofollow"}),
        ("max-snippet: 20, max-image-preview:large", {"max-snippet:20", "max-image-preview:large"}),
        ("noindexing, no-index", set()),
        ("", set()),
    ],
)
def test_directives_are_read_as_crawlers_read_them(content: str, directives: set[str]) -> None:
    assert set(robots.parse(content)) == directives


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("noindex, nofollow", [(None, "noindex, nofollow")]),
        ("googlebot: noindex, nofollow", [("googlebot", "noindex, nofollow")]),
        ("noindex, otherbot: nofollow", [(None, "noindex"), ("otherbot", "nofollow")]),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST", [(None, "unavailable_after: 25 Jun 2030 15:00:00 PST")]),
        ("max-snippet:0", [(None, "max-snippet:0")]),
        ("", []),
    ],
)
def test_a_header_may_speak_to_one_crawler(value: str, parts: list[tuple[str | None, str]]) -> None:
    assert list(robots.split_header(value)) == parts


@pytest.mark.parametrize(
    ("head", "headers", "noindex"),
    [
        ('<meta name="robots" content="noindex">', (), True),
        ('<meta name="Robots" content="NONE">', (), True),
        ('<meta name="googlebot" content="noindex">', (), True),
        ('<meta name="bingbot" content="noindex">', (), True),
        ('<meta name="otherbot" content="noindex">', (), False),
        ('<meta name="robots" content="index">', (("X-Robots-Tag", "noindex"),), True),
        ("", (("x-robots-tag", "googlebot: none"),), True),
        ("", (("X-Robots-Tag", "otherbot: noindex"),), False),
        ('<meta name="robots" content="index, follow">', (), False),
        ('<noscript><meta name="robots" content="noindex"></noscript>', (), False),
    ],
)
def test_the_most_restrictive_directive_wins(
    document_of: DocumentOf, head: str, headers: tuple[tuple[str, str], ...], *, noindex: bool
) -> None:
    assert document_of(head, headers=(HTML, *headers))["robots"]["noindex"] is noindex


def test_the_shortest_snippet_wins(document_of: DocumentOf) -> None:
    def limit(content: str) -> Any:
        return document_of(f'<meta name="robots" content="{content}">')["robots"]["max_snippet"]

    assert [limit("max-snippet:50, max-snippet:0"), limit("max-snippet:-1"), limit("all")] == [0, -1, None]


@given(st.text() | st.text(alphabet='<>;=",: relacnoindxbot-12'))
def test_directives_of_any_text_are_words_of_it_and_links_parts_of_it(value: str) -> None:
    named = [directive.partition(":")[0] for directive in robots.parse(value)]
    assert [name for name in named if name not in value.lower()] == []
    assert [agent for agent, _ in robots.split_header(value) if agent and agent not in value.lower()] == []
    assert [one for one in link_header(value) if one.href not in value] == []


def test_a_canonical_that_names_the_page_is_its_own(document_of: DocumentOf) -> None:
    found = document_of('<link rel="canonical" href="https://WWW.bakery.co:443/bread/">')["canonical"]
    assert (found["count"], found["url"], found["is_self"]) == (1, "https://www.bakery.co/bread/", True)
    assert (found["absolute"], found["host_class"], found["conflicting"]) == (True, "production", False)


def test_canonicals_that_differ_conflict(document_of: DocumentOf) -> None:
    found = document_of('<link rel="canonical" href="/bread/"><link rel="Canonical" href="/cake/" media="print">')[
        "canonical"
    ]
    assert found["conflicting"] is True
    assert found["values"] == ["https://www.bakery.co/bread/", "https://www.bakery.co/cake/"]
    assert found["extra_attrs"] == ["media"]


def test_a_canonical_in_a_header_counts(document_of: DocumentOf) -> None:
    found = document_of("<p>x", headers=(HTML, ("Link", '</cake/>; rel="canonical", </x.css>; rel=preload')))[
        "canonical"
    ]
    assert (found["count"], found["url"], found["absolute"]) == (1, "https://www.bakery.co/cake/", False)


def test_a_canonical_in_the_body_does_not_count_and_is_told(document_of: DocumentOf) -> None:
    document = document_of('<body><link rel="canonical" href="/bread/">')
    assert document["canonical"]["count"] == 0
    assert document["html"]["metas_in_body"] == [{"tag": "link", "name": "canonical"}]


@pytest.mark.parametrize(
    ("href", "host_class"),
    [
        ("https://staging.bakery.co/bread/", "staging"),
        ("https://bakery.co/bread/", "third_party"),
        ("http://localhost:3000/bread/", "loopback"),
        ("file:///srv/bread/", "loopback"),
    ],
)
def test_a_canonical_on_another_host_is_not_in_order(document_of: DocumentOf, href: str, host_class: str) -> None:
    assert document_of(f'<link rel="canonical" href="{href}">')["canonical"]["host_class"] == host_class


def test_a_base_element_changes_where_relative_addresses_lead(document_of: DocumentOf) -> None:
    found = document_of('<base href="/shop/"><link rel="canonical" href="bread/"><a href="cake/">Cake</a>')
    assert found["canonical"]["url"] == "https://www.bakery.co/shop/bread/"
    assert found["links"]["items"][0]["url"] == "https://www.bakery.co/shop/cake/"


def test_alternates_are_told_with_what_is_wrong_with_them(document_of: DocumentOf) -> None:
    page = (
        '<link rel="alternate" hreflang="en" href="https://www.bakery.co/bread/">'
        '<link rel="alternate" hreflang="en-UK" href="/uk/bread/">'
    )
    found = document_of(page)["hreflang"]
    assert [(one["lang"], one["valid"], one["absolute"]) for one in found["entries"]] == [
        ("en", True, True),
        ("en-UK", False, False),
    ]
    assert found["has_self"] is True


@pytest.mark.parametrize(
    ("tag", "valid"),
    [
        ("de", True),
        ("de-AT", True),
        ("zh-Hant-HK", True),
        ("x-default", True),
        ("es-419", True),
        ("en_US", False),
        ("en-UK", False),
        ("GB", False),
        ("english", False),
        ("", False),
    ],
)
def test_hreflang_names_languages_that_exist(tag: str, *, valid: bool) -> None:
    assert is_hreflang(tag) is valid


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ('lang="en-GB"', {"html": "en-GB", "xml": None, "valid": True}),
        ('lang="english"', {"html": "english", "xml": None, "valid": False}),
        ('lang=""', {"html": "", "xml": None, "valid": False}),
        ("", {"html": None, "xml": None, "valid": False}),
        ('lang="en" xml:lang="de"', {"html": "en", "xml": "de", "valid": True}),
        ('xml:lang="en"', {"html": None, "xml": "en", "valid": False}),
    ],
)
def test_the_language_of_a_page_is_checked(document_of: DocumentOf, attribute: str, expected: dict[str, Any]) -> None:
    assert document_of(f"<html {attribute}><p>x")["lang"] == expected


def test_the_first_social_property_counts(document_of: DocumentOf) -> None:
    page = (
        '<meta property="og:title" content="Bread"><meta property="og:title" content="Cake">'
        '<meta property="og:image" content="/bread.png"><meta name="twitter:card" content="summary">'
    )
    found = document_of(page)["social"]
    assert (found["og"]["title"], found["og"]["type"], found["twitter"]["card"]) == ("Bread", None, "summary")
    assert (found["image"]["url"], found["image"]["absolute"]) == ("https://www.bakery.co/bread.png", False)


def test_icons_are_listed_by_address(document_of: DocumentOf) -> None:
    page = '<link rel="shortcut icon" href="/b.ico"><link rel="apple-touch-icon" sizes="180x180" href="/a.png">'
    assert [(one["href"], one["rel"], one["sizes"]) for one in document_of(page)["icons"]["items"]] == [
        ("/a.png", "apple-touch-icon", "180x180"),
        ("/b.ico", "shortcut icon", None),
    ]
