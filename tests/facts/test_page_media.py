from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.mime import fits
from checks.facts.page_settings import PageSettings
from checks.facts.visit import Exchange, InPage, PaintedImage

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

IN_PAGE = InPage("UTF-8", "CSS1Compat", 300, 0.3, 0, 412, 823)
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
        "alt": "",
        "status": 200,
        "content_type": "image/png",
        "bytes": 900,
        "natural": {"width": 600, "height": 400},
        "displayed": {"width": 300, "height": 200},
        "decoded": True,
        "loading": "lazy",
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


def test_scripts_are_those_that_run(document_of: DocumentOf) -> None:
    page = (
        "<script src=/a.js async></script><script type=module src=https://cdn.net/b.js integrity=sha384-x crossorigin>"
        "</script><script>1</script><script type=application/json>{}</script><script type=text/html src=/c></script>"
    )
    found = document_of(page)["scripts"]
    assert [(one["src"], one["async"], one["module"], one["cross_origin"]) for one in found["items"]] == [
        ("/a.js", True, False, False),
        ("https://cdn.net/b.js", False, True, True),
    ]
    assert (found["items"][1]["integrity"], found["items"][1]["crossorigin"], found["inline"]) == ("sha384-x", "", 1)


def test_styles_are_those_that_apply(document_of: DocumentOf) -> None:
    page = (
        "<link rel=stylesheet href=/a.css media=print><link rel='alternate stylesheet' href=/b.css><style>p{}</style>"
    )
    found = document_of(page)["styles"]
    assert ([(one["href"], one["media"]) for one in found["items"]], found["inline"]) == ([("/a.css", "print")], 1)


def test_frames_are_told_with_the_class_of_their_host(document_of: DocumentOf) -> None:
    assert document_of("<iframe src=https://staging.bakery.co/></iframe><iframe></iframe>")["iframes"] == [
        {"src": "https://staging.bakery.co/", "url": "https://staging.bakery.co/", "host_class": "staging"}
    ]


def test_a_form_is_told_with_where_it_sends_to(document_of: DocumentOf) -> None:
    page = (
        "<form action=http://www.bakery.co/login method=POST><input type=password>"
        "<button formaction=https://forms.others.com/a>x</button></form><form><input></form>"
    )
    assert [
        (one["action"], one["method"], one["scheme"], one["host_class"], one["has_password"])
        for one in document_of(page)["forms"]
    ] == [
        ("", "get", "https", "production", False),
        ("http://www.bakery.co/login", "post", "http", "production", True),
        ("https://forms.others.com/a", "post", "https", "third_party", True),
    ]


def test_a_form_may_send_to_an_allowed_host(document_of: DocumentOf) -> None:
    settings = PageSettings("https://www.bakery.co", allow_form_hosts=("forms.others.com",))
    assert document_of("<form action=https://forms.others.com/a>", settings)["forms"][0]["host_class"] == "allowed"


@pytest.mark.parametrize(
    ("kind", "path", "content_type", "expected"),
    [
        ("script", "/a.js", "text/javascript; charset=utf-8", True),
        ("script", "/a.js", "text/plain", False),
        ("script", "/a.js", None, False),
        ("style", "/a.css", "text/css", True),
        ("style", "/a.css", "text/html", False),
        ("image", "/a.svg", "image/svg+xml", True),
        ("image", "/a.svg", "text/xml", False),
        ("image", "/a.png", "image/webp", True),
        ("font", "/a.woff2", "font/woff2", True),
        ("font", "/a.woff2", "application/octet-stream", False),
        ("fetch", "/a.json", "application/json", True),
        ("fetch", "/a.json", "text/plain", False),
        ("fetch", "/api", "text/plain", None),
        ("other", "/site.webmanifest", "application/manifest+json", True),
        ("document", "/a.json", "text/html", None),
    ],
)
def test_a_media_type_fits_its_kind(kind: str, path: str, content_type: str | None, *, expected: bool | None) -> None:
    assert fits(kind, path, content_type) is expected
