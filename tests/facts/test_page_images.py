from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.complete import complete
from checks.facts.images import shown_as
from checks.facts.surroundings import Answered
from checks.facts.visit import Exchange, InPage, PaintedImage

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

IN_PAGE = InPage("CSS1Compat", 300, 0.3, 0, 412, 823, scale=2.0)
PNG = Exchange("https://www.bakery.co/a.png", "image", "GET", 200, None, "image/png", 900, 900, "preview")
PAINTED = PaintedImage("/a.png", 600, 400, 300, 200, complete=True, visible=True, reserved=True)


def image(document_of: DocumentOf, painted: tuple[PaintedImage, ...], exchange: Exchange = PNG) -> dict[str, Any]:
    page = "<img src='/a.png' alt='' loading=lazy>"
    found = document_of(page, in_page=replace(IN_PAGE, images=painted), exchanges=(exchange,))
    [item] = found["images"]["items"]
    told: dict[str, Any] = item
    return told


def test_an_image_is_told_with_its_file_and_its_size(document_of: DocumentOf) -> None:
    assert image(document_of, (PAINTED,)) == {
        "src": "/a.png",
        "url": "https://www.bakery.co/a.png",
        "chosen": None,
        "alt": "",
        "status": 200,
        "content_type": "image/png",
        "bytes": 900,
        "transfer": 900,
        "natural": {"width": 600, "height": 400},
        "displayed": {"width": 300, "height": 200},
        "pixels": None,
        "oversize": None,
        "waste_bytes": None,
        "distortion": 0.0,
        "decoded": True,
        "loading": "lazy",
        "priority": "auto",
        "screen": 0,
        "reserved": True,
        "internal": True,
    }


BROKEN = replace(PAINTED, natural_width=0, natural_height=0)


@pytest.mark.parametrize(
    ("painted", "exchange", "decoded"),
    [
        ((PAINTED,), PNG, True),
        ((BROKEN,), PNG, False),
        ((PAINTED, BROKEN), PNG, False),
        ((replace(BROKEN, complete=False),), PNG, None),
        ((BROKEN,), replace(PNG, content_type="image/svg+xml"), True),
        ((BROKEN,), replace(PNG, content_type="image/svg+xml", status=404), False),
        ((BROKEN,), replace(PNG, answered="recorded"), None),
        ((), PNG, None),
    ],
)
def test_an_image_that_was_finished_came_out_or_not(
    document_of: DocumentOf, painted: tuple[PaintedImage, ...], exchange: Exchange, *, decoded: bool | None
) -> None:
    assert image(document_of, painted, exchange)["decoded"] is decoded


def test_a_missing_alternative_is_not_hidden_by_an_image_with_the_same_source(document_of: DocumentOf) -> None:
    found = document_of("<img src=a alt=Oven><img src=a><img alt=none>")["images"]
    assert ([one["alt"] for one in found["items"]], found["count"]) == ([None], 3)


def test_an_image_without_src_is_known_by_its_first_candidate(document_of: DocumentOf) -> None:
    assert document_of("<img srcset='/a.png 1x, /b.png 2x'>")["images"]["items"][0]["src"] == "/a.png"


def test_inline_image_data_is_cut(document_of: DocumentOf) -> None:
    [item] = document_of(f"<img src='data:image/png;base64,{'A' * 5000}'>")["images"]["items"]
    assert (len(item["src"]), len(item["url"])) == (200, 200)


def test_bytes_are_those_of_the_file_that_the_browser_chose(document_of: DocumentOf) -> None:
    webp = Exchange("https://www.bakery.co/a.webp", "image", "GET", 200, None, "image/webp", 300, 300, "preview")
    chosen = replace(PAINTED, chosen="https://www.bakery.co/a.webp")
    item = image(document_of, (chosen,), webp)
    assert (item["chosen"], item["bytes"], item["transfer"]) == ("https://www.bakery.co/a.webp", 300, 300)
    assert item["status"] is None  # of the file that `src` names, which nobody asked for


def test_of_an_image_that_is_shown_twice_the_larger_one_is_told(document_of: DocumentOf) -> None:
    thumb = replace(PAINTED, displayed_width=30, displayed_height=20, screen=4)
    item = image(document_of, (thumb, replace(PAINTED, screen=7)))
    assert (item["displayed"], item["screen"]) == ({"width": 300, "height": 200}, 4)


def test_images_that_are_asked_for_first_are_counted(document_of: DocumentOf) -> None:
    assert (
        document_of("<img src=a fetchpriority=high><img src=b fetchPriority=HIGH><img src=c>")["images"][
            "high_priority"
        ]
        == 2
    )


SHOWN: dict[str, Any] = {"displayed": {"width": 300, "height": 200}, "transfer": 100_000}


@pytest.mark.parametrize(
    ("item", "pixels", "content_type", "scale", "told"),
    [
        (SHOWN, (600, 400), "image/webp", 2.0, (1.0, 0)),
        (SHOWN, (600, 400), "image/webp", 1.0, (4.0, 75_000)),
        (SHOWN, (2400, 1600), "image/webp", 2.0, (16.0, 93_750)),
        (SHOWN, (150, 100), "image/webp", 1.0, (0.25, 0)),
        (SHOWN, (600, 400), "image/svg+xml", 1.0, (None, None)),
        (SHOWN, None, "image/webp", 1.0, (None, None)),
        ({**SHOWN, "displayed": None}, (600, 400), "image/webp", 1.0, (None, None)),
        ({**SHOWN, "transfer": None}, (600, 400), "image/webp", 1.0, (None, None)),
    ],
)
def test_pixels_that_no_screen_shows_are_waste(
    item: dict[str, Any],
    pixels: tuple[int, int] | None,
    content_type: str,
    scale: float,
    told: tuple[float | None, int | None],
) -> None:
    found = shown_as(item, pixels, content_type, scale)
    assert (found["oversize"], found["waste_bytes"]) == told


class Around:
    """A site whose images have 1200 by 800 pixels."""

    others_answer = True

    def answer(self, url: str) -> Answered:
        return Answered(200, 0, url, "image/png", 5000, (1200, 800), 5000)

    def page(self, _url: str) -> None:
        return None

    def anchors(self, _url: str) -> None:
        return None

    def robots_allowed(self, _agent: str, _url: str) -> bool:
        return True

    def template(self, path: str) -> str:
        return path

    def form_status(self, _url: str) -> int | None:
        return 200

    def listed(self, _url: str) -> bool:
        return False


def test_pixels_are_those_of_the_file_and_not_those_that_density_makes_of_it(document_of: DocumentOf) -> None:
    painted = replace(PAINTED, chosen="https://www.bakery.co/a.png")
    page = document_of("<img src=/a.png srcset='/a.png 2x' alt=''>", in_page=replace(IN_PAGE, images=(painted,)))
    [item] = complete(page, Around())["images"]["items"]
    assert (item["natural"], item["pixels"]) == ({"width": 600, "height": 400}, {"width": 1200, "height": 800})
    assert (item["oversize"], item["bytes"], item["transfer"]) == (4.0, 5000, 5000)
