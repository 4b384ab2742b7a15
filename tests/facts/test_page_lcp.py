from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.srcset import candidates
from checks.facts.visit import Exchange, InPage, Largest

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

IN_PAGE = InPage("CSS1Compat", 300, 0.3, 0, 412, 823)
HERO = "https://www.bakery.co/hero.webp"
IMAGE = Largest("image", "main > img", HERO)


def lcp(document_of: DocumentOf, delivered: str, largest: Largest | None, **parts: Any) -> dict[str, Any]:
    """Return the group `lcp` of a page that scripts changed into something else."""
    in_page = replace(IN_PAGE, largest=(largest,) if largest else ())
    found: dict[str, Any] = document_of(delivered, rendered="<p>Other</p>", in_page=in_page, **parts)["lcp"]
    return found


def test_the_largest_part_is_told_with_how_it_is_asked_for(document_of: DocumentOf) -> None:
    page = "<link rel=preload as=image href=/hero.webp><img src=/hero.webp>"
    seen = (Exchange(HERO, "image", "GET", 200, None, "image/webp", 900, 900, "preview"),)
    in_page = replace(IN_PAGE, largest=(replace(IMAGE, priority="high"),))
    assert document_of(page, in_page=in_page, exchanges=seen)["lcp"] == {
        "kind": "image",
        "selector": "main > img",
        "url": HERO,
        "transfer": 900,
        "text": None,
        "lazy": False,
        "priority": "high",
        "preloaded": True,
        "in_raw": True,
    }


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (replace(IMAGE, size=100_000), "image"),
        (replace(IMAGE, size=200_000), "text"),
        (replace(IMAGE, url="data:image/png;base64,AAAA", inline=2000, size=100_000), "image"),
        (replace(IMAGE, url="data:image/png;base64,AAAA", inline=200, size=100_000), "text"),
        (replace(IMAGE, url="https://cdn.net/unknown.webp", size=200_000), "image"),
    ],
)
def test_an_image_with_too_little_in_it_is_a_placeholder(document_of: DocumentOf, first: Largest, kind: str) -> None:
    seen = (Exchange(HERO, "image", "GET", 200, None, "image/webp", 900, 900, "preview"),)
    in_page = replace(IN_PAGE, largest=(first, Largest("text", "main > p", None, "Bread")))
    assert document_of("<p>Bread</p>", in_page=in_page, exchanges=seen)["lcp"]["kind"] == kind


def test_a_page_with_nothing_on_its_first_screen_has_none(document_of: DocumentOf) -> None:
    assert lcp(document_of, "<p>x", None) is None


@pytest.mark.parametrize(
    ("delivered", "in_raw"),
    [
        ("<img src=/hero.webp>", True),
        ("<img src=/a.webp srcset='/b.webp 1x, /hero.webp 2x'>", True),
        ("<picture><source srcset=/hero.webp><img src=/a.jpg></picture>", True),
        ("<video poster=/hero.webp src=/a.mp4></video>", True),
        ("<link rel=preload as=image href=/hero.webp>", True),
        ("<link rel=preload as=image imagesrcset='/hero.webp 2x'>", True),
        ("<img src=/a.webp data-src=/hero.webp>", False),
        ("<link rel=preload as=fetch href=/hero.webp>", False),
        ("<a href=/hero.webp>Hero</a>", False),
    ],
)
def test_an_image_is_known_early_where_the_delivered_document_names_it(
    document_of: DocumentOf, delivered: str, *, in_raw: bool
) -> None:
    assert lcp(document_of, delivered, IMAGE)["in_raw"] is in_raw


@pytest.mark.parametrize("by_script", [True, False])
def test_a_background_is_known_early_unless_a_script_asks_for_it(document_of: DocumentOf, *, by_script: bool) -> None:
    seen = Exchange(HERO, "image", "GET", 200, None, "image/webp", 9, 9, "preview", by_script=by_script)
    background = replace(IMAGE, kind="background")
    assert lcp(document_of, "<p>x", background, exchanges=(seen,))["in_raw"] is not by_script


@pytest.mark.parametrize(
    ("delivered", "in_raw"),
    [
        ("<p>Bread is baked slowly from <b>flour</b> and water.</p>", True),
        ("<p>Bread is baked slowly from flour and water, 12 loaves left today.</p>", True),
        ("<div id=app></div><p>Bread</p>", False),
    ],
)
def test_a_text_is_known_early_where_it_begins_or_ends_as_it_was_delivered(
    document_of: DocumentOf, delivered: str, *, in_raw: bool
) -> None:
    text = Largest("text", "main > p", None, "Bread is baked slowly from\n flour and water, none left, sorry.")
    assert lcp(document_of, delivered, text)["in_raw"] is in_raw


@pytest.mark.parametrize(
    ("srcset", "addresses"),
    [
        ("", []),
        ("/a.webp", ["/a.webp"]),
        ("/a.webp 1x, /b.webp 2x", ["/a.webp", "/b.webp"]),
        (" /a,b.webp 100w ,\n/c.webp 200w, ", ["/a,b.webp", "/c.webp"]),
        ("data:image/png;base64,AAAA 1x, /b.webp 2x", ["data:image/png;base64,AAAA", "/b.webp"]),
        ("/a.webp, /b.webp", ["/a.webp", "/b.webp"]),
    ],
)
def test_a_srcset_is_read_as_browsers_read_it(srcset: str, addresses: list[str]) -> None:
    assert candidates(srcset) == addresses


@pytest.mark.parametrize("srcset", ["," * 50_000, "( " * 50_000, "a (" * 50_000, "a, " * 50_000, "a, " + "(" * 50_000])
def test_a_hostile_srcset_comes_to_an_end(srcset: str) -> None:
    assert len(candidates(srcset)) <= 1000
