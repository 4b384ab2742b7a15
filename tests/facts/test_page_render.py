from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from checks.facts.visit import InPage

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

IN_PAGE = InPage("CSS1Compat", 300, 0.3, 0, 412, 823)


@pytest.mark.parametrize(
    ("words", "media", "blank"), [(3, 0.0, True), (20, 0.0, False), (0, 0.2, False), (9, 0.1, True), (14, 0.119, False)]
)
def test_a_page_with_neither_words_nor_media_is_blank(
    document_of: DocumentOf, words: int, media: float, *, blank: bool
) -> None:
    in_page = replace(IN_PAGE, visible_words=words, visible_media_share=media)
    assert document_of("<p>x", in_page=in_page)["render"]["blank"] is blank


@pytest.mark.parametrize(
    ("words", "entropy", "blank"), [(3, 0.0, True), (3, 0.004, False), (3, None, True), (20, 0.0, False)]
)
def test_where_words_are_few_and_a_picture_was_looked_at_one_flat_colour_is_blank(
    document_of: DocumentOf, words: int, entropy: float | None, *, blank: bool
) -> None:
    in_page = replace(IN_PAGE, visible_words=words, visible_media_share=0.0, screenshot_entropy=entropy)
    assert document_of("<p>x", in_page=in_page)["render"]["blank"] is blank


@pytest.mark.parametrize(
    ("body", "screen"),
    [
        ("<h2>Application error: a client-side exception has occurred</h2>", "Next.js client-side exception"),
        ("<title>502 Bad Gateway</title><center>nginx</center>", "Bad gateway"),
        ("<p>There isn't a GitHub Pages site here.</p>", "GitHub Pages: no site"),
        ("<p>ChunkLoadError: Loading chunk 12 failed.</p>", "chunk failed to load"),
        (f"<h1>What 502 Bad Gateway means</h1><p>{'A proxy says so. ' * 60}</p>", None),
        ("<p>We bake bread.</p>", None),
    ],
)
def test_an_error_screen_is_named(document_of: DocumentOf, body: str, screen: str | None) -> None:
    assert document_of(body)["render"]["error_screen"] == screen


@pytest.mark.parametrize(
    ("body", "status", "soft"),
    [
        ("<title>404 Not Found</title>", 200, True),
        ("<title>Page not found | Bakery</title>", 200, True),
        ("<h1>Seite nicht gefunden</h1>", 200, True),
        ("<title>Page not found</title>", 404, False),
        ("<title>HTTP 404 handling</title>", 200, False),
        ("<title>Lost and found</title><h1>Not found in shops</h1>", 200, False),
    ],
)
def test_a_not_found_page_that_answers_200_is_a_soft_404(
    document_of: DocumentOf, body: str, status: int, *, soft: bool
) -> None:
    assert document_of(body, status=status)["render"]["soft_404"] is soft


@pytest.mark.parametrize(
    ("body", "status", "wall"),
    [
        ("<p>x", 401, True),
        ("<h1>Password protected</h1><form><input type=password></form>", 200, True),
        ("<h1>Our bread is password protected</h1>", 200, False),
        ("<h1>My account</h1><form><input type=password></form>", 200, False),
    ],
)
def test_a_login_in_place_of_a_page_is_a_wall(document_of: DocumentOf, body: str, status: int, *, wall: bool) -> None:
    document = document_of(body, status=status)
    assert document["render"]["auth_wall"] is wall
    assert ("auth" in document["indexability_reasons"]) is wall
