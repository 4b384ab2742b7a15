"""What only the browser sees: stretched images, layers over the page, small texts, lost icons, what it will drop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.visit import InPage, Overlay, PaintedImage, Report

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

SCREEN = InPage("CSS1Compat", 300, 0.3, 0, 412, 823)
PAINTED = PaintedImage("/a.png", 600, 400, 300, 200, complete=True, visible=True, reserved=True)


@pytest.mark.parametrize(
    ("painted", "distortion"),
    [
        (PAINTED, 0.0),
        (replace(PAINTED, displayed_height=300), 0.5),
        (replace(PAINTED, displayed_width=450), 0.5),
        (replace(PAINTED, displayed_height=300, fit="cover"), None),
        (replace(PAINTED, displayed_height=300, visible=False), None),
        (replace(PAINTED, natural_width=1, natural_height=1), None),
    ],
)
def test_an_image_is_stretched_by_what_its_sides_differ(
    document_of: DocumentOf, painted: PaintedImage, distortion: float | None
) -> None:
    [image] = document_of("<img src=/a.png>", in_page=replace(SCREEN, images=(painted,)))["images"]["items"]
    assert image["distortion"] == distortion


def test_a_picture_without_an_image_is_told_by_its_first_source(document_of: DocumentOf) -> None:
    page = "<picture><source srcset=/a.avif><source srcset=/a.webp></picture><picture><img src=/b.png></picture>"
    assert document_of(page)["images"]["empty_pictures"] == [{"srcset": "/a.avif"}]


def rendered(document_of: DocumentOf, **seen: Any) -> dict[str, Any]:
    group: dict[str, Any] = document_of("<p>Bread", in_page=replace(SCREEN, **seen))["render"]
    return group


@pytest.mark.parametrize(
    ("text", "is_gate"),
    [("We use COOKIES", True), ("Wir bitten um Ihre Einwilligung", True), ("Subscribe to our newsletter", False)],
)
def test_a_layer_says_what_it_is_for(document_of: DocumentOf, text: str, *, is_gate: bool) -> None:
    layer = rendered(document_of, overlay=Overlay(0.64, "#layer", text))["overlay"]
    assert layer == {"share": 0.64, "selector": "#layer", "text": text, "is_gate": is_gate}


def test_a_page_that_nothing_lies_over_has_no_layer(document_of: DocumentOf) -> None:
    assert rendered(document_of)["overlay"] is None


def test_signs_of_a_lost_font_are_told_once(document_of: DocumentOf) -> None:
    assert rendered(document_of, unreadable=("Menu \uf101", "Menu \uf101 "))["unreadable"] == [{"text": "Menu U+F101"}]


def test_what_the_browser_will_drop_is_told_of_the_sites_own_code(document_of: DocumentOf) -> None:
    own = Report("deprecation", "UnloadHandler", "Unload handlers go.", "https://www.bakery.co/app.js")
    others = replace(own, id="Other", url="https://cdn.example.net/chat.js")
    found = document_of("<p>Bread", in_page=replace(SCREEN, reports=(own, own, others)))["console"]["deprecations"]
    assert found == [{"id": own.id, "type": own.type, "text": own.message, "url": own.url}]


def test_the_shared_image_is_told_with_what_the_page_says_of_it(document_of: DocumentOf) -> None:
    page = """<meta property="og:image" content="/a.png"><meta property="og:image:width" content="1200">
    <meta property="og:image:height" content="tall"><meta property="og:image:alt" content="Loaves">"""
    declared = {"width": 1200, "height": None, "alt": "Loaves", "is_true": None}
    assert document_of(page)["social"]["image"]["declared"] == declared
