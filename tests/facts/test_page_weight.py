from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.page_settings import PageSettings
from checks.facts.page_state import prefix_ok
from checks.facts.trackers import category, collects
from checks.facts.visit import ConsoleMessage, Cookie, Exchange, InPage, PaintedImage

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

PAGE = "https://www.bakery.co/bread/"
IN_PAGE = InPage("CSS1Compat", 300, 0.3, 0, 412, 823)


def exchange(url: str, kind: str = "script", **parts: Any) -> Exchange:
    given: dict[str, Any] = {
        "method": "GET",
        "status": 200,
        "error": None,
        "content_type": "text/javascript",
        "body_bytes": 100,
        "transfer_bytes": 40,
        "answered": "preview",
        **parts,
    }
    return Exchange(url, kind, **given)


def weight(record: dict[str, Any]) -> tuple[int, int, int]:
    return record["count"], record["bytes"], record["transfer"]


def test_every_address_weighs_once_and_the_page_itself_counts(document_of: DocumentOf) -> None:
    body = "<p>x</p>"
    seen = (
        exchange("https://www.bakery.co/a.js"),
        exchange("https://www.bakery.co/a.js#x"),
        exchange("https://cdn.net/b.js", answered="allowed"),
        exchange("data:text/plain,x", "other"),
    )
    found = document_of(body, exchanges=seen)["requests"]
    assert (found["count"], found["bytes_total"]) == (3, 80 + len(body))
    assert weight(found["by_type"]["script"]) == (2, 200, 80)
    assert weight(found["by_type"]["font"]) == (0, 0, 0)
    assert weight(found["by_party"]["third"]) == (1, 100, 40)


def test_the_largest_parts_are_told_of_the_page_and_of_each_kind(document_of: DocumentOf) -> None:
    seen = (
        exchange("https://www.bakery.co/b.js", transfer_bytes=900),
        exchange("https://www.bakery.co/a.jpg", "image", transfer_bytes=900),
        exchange("https://www.bakery.co/c.jpg", "image", transfer_bytes=30),
        exchange("https://cdn.net/c.js", transfer_bytes=None),
    )
    found = document_of("<p>x</p>", exchanges=seen)["requests"]
    jpg, js = ({"url": f"https://www.bakery.co/{name}", "transfer": 900} for name in ("a.jpg", "b.js"))
    assert found["largest"] == [jpg, js, {"url": "https://www.bakery.co/c.jpg", "transfer": 30}]
    assert found["by_type"]["script"]["largest"] == [js]
    assert found["by_party"]["third"]["largest"] == []


def test_what_holds_up_the_first_paint_is_what_the_browser_says(document_of: DocumentOf) -> None:
    seen = (
        exchange("https://www.bakery.co/a.css", "style", transfer_bytes=500),
        exchange("https://cdn.net/b.js", transfer_bytes=700, answered="allowed"),
        exchange("https://www.bakery.co/c.js"),
    )
    in_page = replace(IN_PAGE, render_blocking=("https://cdn.net/b.js", "https://www.bakery.co/a.css#x"))
    document = document_of("<p>x</p>", exchanges=seen, in_page=in_page)
    found = document["requests"]
    assert [(one["url"], one["party"]) for one in found["render_blocking"]] == [
        ("https://cdn.net/b.js", "third"),
        ("https://www.bakery.co/a.css", "first"),
    ]
    assert (found["blocking"]["count"], found["blocking"]["transfer"]) == (2, 1200)
    assert [(one["host"], one["blocking"], one["transfer"]) for one in document["third_parties"]["items"]] == [
        ("cdn.net", 1, 700)
    ]
    assert document["third_parties"]["largest"] == [{"host": "cdn.net", "transfer": 700}]


def test_failed_requests_are_first_party_and_not_the_page_itself(document_of: DocumentOf) -> None:
    seen = (
        exchange(PAGE, "document", status=404),
        exchange("https://www.bakery.co/gone.js", status=404),
        exchange("https://img.bakery.co/a.png", "image", status=None, error="net::ERR_FAILED"),
        exchange("https://cdn.net/b.js", status=500),
    )
    found = document_of("<p>x", status=404, exchanges=seen)["requests"]["failed"]
    assert [(one["url"], one["status"], one["error"]) for one in found] == [
        ("https://img.bakery.co/a.png", None, "net::ERR_FAILED"),
        ("https://www.bakery.co/gone.js", 404, None),
    ]


def test_an_image_that_cannot_be_shown_is_told_as_an_image_only(document_of: DocumentOf) -> None:
    gone = exchange("https://www.bakery.co/gone.png", "image", status=404)
    hole = PaintedImage("/gone.png", 0, 0, 16, 16, complete=True, visible=True, reserved=True)
    page = "<img src=/gone.png alt=Rye>"
    document = document_of(page, exchanges=(gone,), in_page=replace(IN_PAGE, images=(hole,)))
    assert [one["decoded"] for one in document["images"]["items"]] == [False]
    assert document["requests"]["failed"] == []


def test_what_did_not_arrive_weighs_nothing_in_its_kind(document_of: DocumentOf) -> None:
    seen = (exchange("https://www.bakery.co/gone.js", status=404), exchange("https://www.bakery.co/a.js"))
    assert weight(document_of("<p>x", exchanges=seen)["requests"]["by_type"]["script"]) == (1, 100, 40)


def test_mixed_content_is_told_by_its_kind(document_of: DocumentOf) -> None:
    seen = (
        exchange("http://cdn.net/a.js", status=None, answered="blocked", mixed="active"),
        exchange("http://cdn.net/a.png", "image", mixed="passive"),
    )
    found = document_of("<p>x", exchanges=seen)["requests"]
    assert found["mixed_active"] == [{"url": "http://cdn.net/a.js", "type": "script"}]
    assert found["mixed_passive"] == [{"url": "http://cdn.net/a.png", "type": "image"}]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.bakery.co/@vite/client", True),
        ("ws://localhost:35729/livereload", True),
        ("https://www.bakery.co/_next/webpack-hmr", True),
        ("https://www.bakery.co/vite/client.js", False),
    ],
)
def test_a_development_server_is_known_by_its_addresses(document_of: DocumentOf, url: str, *, expected: bool) -> None:
    items = document_of("<p>x", exchanges=(exchange(url),))["requests"]["items"]
    assert [one["dev_server"] for one in items if one["url"] == url] == [expected]


def test_third_parties_are_told_by_host(document_of: DocumentOf) -> None:
    settings = PageSettings("https://www.bakery.co", allow_third_parties=("gstatic.com",))
    seen = (
        exchange("https://fonts.gstatic.com/a"),
        exchange("https://fonts.gstatic.com/b"),
        exchange("https://www.google-analytics.com/g/collect", answered="recorded", transfer_bytes=0),
    )
    found = document_of("<p>x", settings, exchanges=seen)["third_parties"]
    assert [(one["host"], one["category"], one["requests"], one["allowed"]) for one in found["items"]] == [
        ("fonts.gstatic.com", "content", 2, True),
        ("www.google-analytics.com", "analytics", 1, False),
    ]
    assert (found["hosts"], found["bytes"]) == (2, 80)


def test_errors_of_third_parties_are_only_counted(document_of: DocumentOf) -> None:
    said = (
        ConsoleMessage("error", "b\n  is \ud800 odd", "https://www.bakery.co/b.js"),
        ConsoleMessage("exception", "a is not defined", None),
        ConsoleMessage("exception", "a is not defined", PAGE),
        ConsoleMessage("error", "theirs", "https://cdn.net/x.js"),
    )
    found = document_of("<p>x", console=said)["console"]
    assert [one["text"] for one in found["errors"]] == ["b is \ufffd odd"]
    assert [one["text"] for one in found["exceptions"]] == ["a is not defined"]
    assert found["third_party"] == 1


@pytest.mark.parametrize(("asked", "own"), [("https://api.cdn.net/stars", 0), ("https://api.bakery.co/hours", 1)])
def test_what_another_site_refuses_to_the_page_is_no_error_of_the_page(
    document_of: DocumentOf, asked: str, own: int
) -> None:
    text = (
        f"Access to fetch at '{asked}' from origin 'https://www.bakery.co' has been blocked by CORS policy: no header."
    )
    found = document_of("<p>x", console=(ConsoleMessage("error", text, PAGE),))["console"]
    assert (len(found["errors"]), found["third_party"]) == (own, 1 - own)


@pytest.mark.parametrize(
    ("name", "domain", "path", "secure", "expected"),
    [
        ("a", "www.bakery.co", "/", False, True),
        ("__Secure-a", ".bakery.co", "/x", True, True),
        ("__Secure-a", "www.bakery.co", "/", False, False),
        ("__Host-a", "www.bakery.co", "/", True, True),
        ("__host-a", ".bakery.co", "/", True, False),
        ("__Host-a", "www.bakery.co", "/x", True, False),
    ],
)
def test_a_cookie_keeps_the_promise_of_its_name(
    name: str, domain: str, path: str, *, secure: bool, expected: bool
) -> None:
    assert prefix_ok(name, domain, path, secure=secure) is expected


def test_cookies_are_sorted_and_have_a_party(document_of: DocumentOf) -> None:
    kept = (
        Cookie("b", ".bakery.co", "/", secure=True, http_only=True, same_site="Lax"),
        Cookie("a", ".doubleclick.net", "/", secure=True, http_only=False, same_site="None"),
    )
    assert [(one["name"], one["party"]) for one in document_of("<p>x", cookies=kept)["cookies"]] == [
        ("a", "third"),
        ("b", "first"),
    ]


@pytest.mark.parametrize(
    ("host", "path", "expected"),
    [
        ("www.google-analytics.com", "/g/collect?v=2", True),
        ("region1.google-analytics.com", "/g/collect", True),
        ("www.googletagmanager.com", "/gtag/js?id=G-1", False),
        ("www.facebook.com", "/tr?id=1", True),
        ("connect.facebook.net", "/en_US/fbevents.js", False),
        ("stats.bakery.co", "/matomo.php?idsite=1", True),
        ("plausible.io", "/js/script.js", False),
        ("cdn.net", "/collect.js", False),
    ],
)
def test_beacons_collect_and_scripts_do_not(host: str, path: str, *, expected: bool) -> None:
    assert collects(host, path) is expected


def test_a_category_is_that_of_the_longest_known_ending() -> None:
    assert [category("use.fontawesome.com"), category("fonts.gstatic.com"), category("bakery.co")] == [
        "content",
        "content",
        None,
    ]
