from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from checks.facts.mime import fits
from checks.facts.page_settings import PageSettings
from checks.facts.visit import Embed, Exchange, InPage

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

IN_PAGE = InPage("CSS1Compat", 300, 0.3, 0, 412, 823)


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
        {
            "src": "https://staging.bakery.co/",
            "url": "https://staging.bakery.co/",
            "host_class": "staging",
            "reserved": True,
            "third_party": False,
            "sandbox": None,
            "allow": None,
        }
    ]


def test_frames_and_videos_are_told_with_the_place_that_is_kept_for_them(document_of: DocumentOf) -> None:
    page = (
        "<iframe src=/map></iframe><iframe src=/map></iframe>"
        "<video autoplay muted><source src=/a.webm><source src=/a.mp4></video><video src=/b.mp4></video>"
    )
    embeds = (
        Embed("iframe", "/map", reserved=True),
        Embed("iframe", "/map", reserved=False),
        Embed("video", "/a.webm", reserved=True),
        Embed("video", "/b.mp4", reserved=False),
    )
    clip = Exchange("https://www.bakery.co/b.mp4", "media", "GET", 200, None, "video/mp4", 900, 900, "preview")
    found = document_of(page, in_page=replace(IN_PAGE, embeds=embeds), exchanges=(clip,))
    assert [one["reserved"] for one in found["iframes"]] == [False]
    assert [(one["src"], one["autoplay"], one["muted"], one["transfer"]) for one in found["videos"]] == [
        ("/a.webm", True, True, None),
        ("/b.mp4", False, False, 900),
    ]
    assert [one["reserved"] for one in found["videos"]] == [True, False]


def test_without_a_browser_nobody_knows_what_place_is_kept(document_of: DocumentOf) -> None:
    found = document_of("<iframe src=/a></iframe><video src=/b></video>", rendered=None, in_page=None)
    assert (found["iframes"][0]["reserved"], found["videos"][0]["reserved"]) == (None, None)


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


@pytest.mark.parametrize(
    ("inside", "submits"),
    [
        ("<textarea></textarea>", False),
        ("<textarea></textarea><button type=button>x</button><input type=checkbox>", False),
        ("<textarea></textarea><button>Send</button>", True),
        ("<input type=submit>", True),
        ("<input name=email>", True),
    ],
)
def test_a_form_is_told_with_whether_a_visitor_can_send_it(
    document_of: DocumentOf, inside: str, *, submits: bool
) -> None:
    found = document_of(f"<button>outside</button><form>{inside}</form><input>")["forms"]
    assert [one["submits"] for one in found] == [submits]


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
