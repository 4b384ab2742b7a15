"""Links whose text says nothing, and links that are mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf


@pytest.mark.parametrize("text", ["Click here", "click here!", "Read more »", "weiterlesen", "こちら"])
def test_a_text_that_says_nothing_of_the_target_is_generic(document_of: DocumentOf, text: str) -> None:
    assert document_of(f"<a href=/rye/>{text}</a>")["links"]["generic"] == [{"href": "/rye/", "text": text}]


@pytest.mark.parametrize(
    "link", ["<a href=/rye/>Read more about rye</a>", "<a href=#top>here</a>", "<a href=/rye/></a>"]
)
def test_other_links_are_not_generic(document_of: DocumentOf, link: str) -> None:
    assert document_of(link)["links"]["generic"] == []


@pytest.mark.parametrize(
    ("href", "problem"),
    [
        ("https://https://example.net/", "names its scheme twice"),
        ("http://https//example.net/", "names its scheme twice"),
        ("/rye loaf/", "holds a space"),
        ("tel:", "leads to nobody"),
        ("mailto:?subject=Bread", "leads to nobody"),
        ("mailto://ada@example.net", "holds slashes before the address"),
    ],
)
def test_a_mistyped_address_is_told_with_its_problem(document_of: DocumentOf, href: str, problem: str) -> None:
    assert document_of(f'<a href="{href}">Bread</a>')["links"]["mistyped"] == [{"href": href, "problem": problem}]


@pytest.mark.parametrize(
    "href", ["https://example.net/https://x/", "tel:+44117", "mailto:a@example.net?subject=A b", "/"]
)
def test_an_address_as_it_should_be_is_not_mistyped(document_of: DocumentOf, href: str) -> None:
    assert document_of(f'<a href="{href}">Bread</a>')["links"]["mistyped"] == []
