from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.assets import Asset, NamedFace
from checks.facts.fonts import font_format
from checks.facts.visit import Exchange, Face, InPage, Largest, PaintedImage

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

IN_PAGE = InPage("CSS1Compat", 300, 0.3, 0, 412, 823)
SITE = "https://www.bakery.co"


def exchange(path: str, kind: str, content_type: str, **parts: Any) -> Exchange:
    return Exchange(f"{SITE}{path}", kind, "GET", 200, None, content_type, 900, 400, "preview", **parts)


def test_fonts_are_told_as_files_and_as_faces(document_of: DocumentOf) -> None:
    page = "<link rel=preload as=font href=/a.woff2 crossorigin><p>x</p>"
    faces = (Face('"Bread Sans"', "400", "normal", "swap"), Face('"Bread Sans"', "400", "normal", "swap"))
    seen = (exchange("/a.woff2", "font", "font/woff2"),)
    assert document_of(page, exchanges=seen, in_page=replace(IN_PAGE, faces=faces))["fonts"] == {
        "items": [{"url": f"{SITE}/a.woff2", "party": "first", "format": "woff2", "transfer": 400, "preloaded": True}],
        "faces": [
            {
                "face": "Bread Sans 400 normal",
                "family": "Bread Sans",
                "weight": "400",
                "style": "normal",
                "display": "swap",
            }
        ],
    }


def test_a_font_that_did_not_arrive_is_a_failed_request_and_no_font_of_the_page(document_of: DocumentOf) -> None:
    gone = replace(exchange("/a.woff", "font", "text/plain"), status=404)
    document = document_of("<p>x</p>", exchanges=(gone,), in_page=IN_PAGE)
    assert document["fonts"]["items"] == []
    assert [one["url"] for one in document["requests"]["failed"]] == [f"{SITE}/a.woff"]


@pytest.mark.parametrize(
    ("url", "media_type", "expected"),
    [
        (f"{SITE}/a.woff2?v=1", None, "woff2"),
        (f"{SITE}/font", "font/woff", "woff"),
        (f"{SITE}/a.TTF", "application/octet-stream", "ttf"),
        (f"{SITE}/a", "application/octet-stream", None),
    ],
)
def test_the_format_of_a_font_is_that_of_its_type_or_ending(url: str, media_type: str | None, expected: str) -> None:
    assert font_format(url, media_type) == expected


def test_whether_a_connection_is_used_cannot_be_told_where_somebody_did_not_answer(document_of: DocumentOf) -> None:
    silent = Exchange("https://fonts.net/a.css", "style", "GET", None, "net::ERR_FAILED", None, None, None, "blocked")
    [item] = document_of("<link rel=preconnect href=https://files.net>", exchanges=(silent,))["preloads"]
    assert item["used"] is None


SHEET = exchange("/css/a.css", "style", "text/css", asset=Asset("x", faces=(NamedFace("Bread", ("../a.woff2",)),)))
USES_IT = replace(IN_PAGE, faces=(Face("Bread", "400", "normal", "swap"),))


@pytest.mark.parametrize(
    ("link", "in_page", "used"),
    [
        ("<link rel=preload as=style href=/css/a.css><link rel=stylesheet href=/css/a.css>", IN_PAGE, True),
        ("<link rel=preload as=style href=/b.css>", IN_PAGE, False),
        ("<link rel=preload as=script href=/a.js><script src=/a.js></script>", IN_PAGE, True),
        ("<link rel=preload as=script href=/b.js>", IN_PAGE, False),
        ("<link rel=modulepreload href=/b.js>", IN_PAGE, None),
        ("<link rel=preload as=fetch href=/b.json>", IN_PAGE, None),
        ("<link rel=preload as=font href=/a.woff2>", USES_IT, True),
        ("<link rel=preload as=font href=/a.woff2>", IN_PAGE, False),
        ("<link rel=preload as=font href=/unknown.woff2>", IN_PAGE, None),
        ("<link rel=preconnect href=https://cdn.net>", IN_PAGE, True),
        ("<link rel=preconnect href=https://other.net>", IN_PAGE, False),
        ("<link rel=preload as=image href=/a.png>", IN_PAGE, None),
        (
            "<link rel=preload as=image href=/a.png>",
            replace(
                IN_PAGE,
                images=(PaintedImage("/a.png", 1, 1, 1, 1, True, True, True, chosen=f"{SITE}/a.png"),),
            ),
            True,
        ),
        (
            "<link rel=preload as=image href=/a.png>",
            replace(IN_PAGE, largest=(Largest("background", "main", f"{SITE}/a.png"),)),
            True,
        ),
    ],
)
def test_a_preload_is_unused_only_where_that_is_certain(
    document_of: DocumentOf, link: str, in_page: InPage, *, used: bool | None
) -> None:
    seen = (SHEET, Exchange("https://cdn.net/x.js", "script", "GET", 200, None, "text/javascript", 1, 1, "allowed"))
    [item] = document_of(link, in_page=in_page, exchanges=seen)["preloads"]
    assert item["used"] is used
