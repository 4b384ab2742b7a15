from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from checks import shapes
from checks.facts.complete import complete
from checks.facts.surroundings import Answered
from checks.facts.visit import Exchange

if TYPE_CHECKING:
    from checks.facts.digest import PageDigest
    from tests.facts.conftest import BuiltOf, DocumentOf

ORIGIN = "https://www.bakery.co"
SHAPE = jsonschema.Draft202012Validator(shapes.load("page"))


@dataclass
class Around:
    """A site of two pages, an image and a redirect."""

    pages: dict[str, PageDigest] = field(default_factory=dict)
    disallowed: frozenset[str] = frozenset()
    in_sitemaps: frozenset[str] = frozenset()

    others_answer = True

    def answer(self, url: str) -> Answered:
        if url == f"{ORIGIN}/old/":
            return Answered(200, 1, f"{ORIGIN}/cake/", "text/html; charset=utf-8", 900, None)
        if url.endswith(".png"):
            return Answered(200, 0, url, "image/png", 500, (1200, 630))
        status = 200 if url in {f"{ORIGIN}/cake/", f"{ORIGIN}/bread/"} else 404
        return Answered(status, 0, url, "text/html", 900, None)

    def page(self, url: str) -> PageDigest | None:
        return self.pages.get(url)

    def anchors(self, url: str) -> frozenset[str] | None:
        return {f"{ORIGIN}/cake/": frozenset({"rye", "café"}), f"{ORIGIN}/bread/": frozenset({"a"})}.get(url)

    def robots_allowed(self, agent: str, url: str) -> bool:
        return f"{agent} {url}" not in self.disallowed

    def template(self, path: str) -> str:
        return f"/like{path}"

    def form_status(self, _url: str) -> int | None:
        return 200

    def listed(self, url: str) -> bool:
        return url in self.in_sitemaps


class Offline(Around):
    """The same site, looked at from a machine without a way out."""

    others_answer = False


@pytest.mark.parametrize(
    ("around", "host", "answered"),
    [
        (Offline(), "cdn.net", "unreachable"),
        (Offline(), "img.bakery.co", "unreachable"),
        (Offline(), "cdn.invalid", "allowed"),
        (Around(), "cdn.net", "allowed"),
    ],
)
def test_who_is_cut_off_tells_nothing_of_other_sites(
    document_of: DocumentOf, around: Around, host: str, answered: str
) -> None:
    silent = Exchange(f"https://{host}/a.js", "script", "GET", 502, None, None, 0, 0, "allowed")
    found = complete(document_of("<p>x", exchanges=(silent,)), around)["requests"]
    [item] = [one for one in found["items"] if one["url"] == silent.url]
    assert item["answered"] == answered
    assert silent.url not in {one["url"] for one in found["failed"]} or answered != "unreachable"


def links(document_of: DocumentOf, body: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = complete(document_of(body), Around())["links"]["items"]
    return found


@pytest.mark.parametrize(
    ("href", "status", "redirects", "fragment_ok"),
    [
        ("/cake/", 200, 0, None),
        ("http://www.bakery.co/cake/", 200, 0, None),
        ("/gone/", 404, 0, None),
        ("/old/#rye", 200, 1, True),
        ("/cake/#caf%C3%A9", 200, 0, True),
        ("/cake/#wheat", 200, 0, False),
        ("#a", 200, 0, True),
        ("#top", 200, 0, True),
        ("/cake/#:~:text=rye", 200, 0, True),
        ("/cake/#rye:~:text=rye", 200, 0, True),
        ("#/basket", 200, 0, None),
        ("/gone/#x", 404, 0, None),
        ("https://others.com/#x", None, 0, None),
        ("mailto:a@bakery.co", None, 0, None),
    ],
)
def test_links_are_told_with_where_they_lead(
    document_of: DocumentOf, href: str, status: int | None, redirects: int, *, fragment_ok: bool | None
) -> None:
    [item] = links(document_of, f"<a href='{href}'>x</a>")
    assert (item["status"], item["redirects"], item["fragment_ok"]) == (status, redirects, fragment_ok)


def test_a_canonical_is_told_with_what_is_there(document_of: DocumentOf, built_of: BuiltOf) -> None:
    cake = built_of("<link rel=canonical href=/other/>", path="/cake/").digest
    around = Around({f"{ORIGIN}/cake/": cake})
    document = complete(document_of("<link rel=canonical href=/cake/>"), around)
    assert document["canonical"]["target"] == {
        "url": f"{ORIGIN}/cake/",
        "status": 200,
        "indexable": False,
        "is_self": False,
    }


@pytest.mark.parametrize("body", ["<p>x", "<link rel=canonical href=https://others.com/>"])
def test_a_canonical_that_leads_nowhere_we_know_has_no_target(document_of: DocumentOf, body: str) -> None:
    assert complete(document_of(body), Around())["canonical"]["target"] is None


def test_a_page_that_robots_txt_forbids_is_not_indexable(document_of: DocumentOf) -> None:
    around = Around(disallowed=frozenset({f"bingbot {ORIGIN}/bread/"}))
    document = complete(document_of("<p>x"), around)
    assert document["robots_txt"] == {"allowed": {"googlebot": True, "bingbot": False, "*": True}}
    assert (document["indexable"], document["indexability_reasons"]) == (False, ["robots_txt"])


def test_a_page_without_a_reason_against_it_is_indexable(document_of: DocumentOf) -> None:
    assert complete(document_of("<p>x"), Around())["indexable"] is True


def test_files_that_the_browser_did_not_fetch_are_looked_up(document_of: DocumentOf) -> None:
    page = "<img src=/a.png><link rel=icon href=/i.png><meta property=og:image content=/og.png><img src=https://o.com/a.png>"
    document = complete(document_of(page), Around())
    image, elsewhere = document["images"]["items"]
    assert (image["status"], image["bytes"], image["natural"]) == (200, 500, {"width": 1200, "height": 630})
    assert elsewhere["status"] is None
    assert document["icons"]["items"][0]["status"] == 200
    social = document["social"]["image"]
    assert (social["status"], social["content_type"], social["width"], social["height"]) == (
        200,
        "image/png",
        1200,
        630,
    )


def test_requests_know_whether_googlebot_may_make_them(document_of: DocumentOf) -> None:
    seen = tuple(
        Exchange(url, "script", "GET", 200, None, "text/javascript", 1, 1, "preview")
        for url in (f"{ORIGIN}/a.js", "https://cdn.net/b.js")
    )
    around = Around(disallowed=frozenset({f"googlebot {ORIGIN}/a.js"}))
    items = complete(document_of("<p>x", exchanges=seen), around)["requests"]["items"]
    assert [item["robots_allowed"] for item in items] == [None, False, True]


def test_a_completed_document_has_the_published_shape_and_the_other_is_left_alone(document_of: DocumentOf) -> None:
    document = document_of("<a href=/cake/#rye>x</a><img src=/a.png><link rel=canonical href=/bread/>")
    before = copy.deepcopy(document)
    SHAPE.validate(complete(document, Around()))
    assert document == before


def test_without_a_browser_there_are_no_requests_to_complete(document_of: DocumentOf) -> None:
    assert "requests" not in complete(document_of(b"<p>x", rendered=None, in_page=None), Around())


def test_a_page_says_whether_a_sitemap_lists_it(document_of: DocumentOf) -> None:
    listed = Around(in_sitemaps=frozenset({f"{ORIGIN}/bread/"}))
    found = [complete(document_of("<p>x"), around)["sitemap"]["listed"] for around in (listed, Around())]
    assert found == [True, False]


@pytest.mark.parametrize(("height", "is_true"), [(630, True), (1200, False)])
def test_what_a_page_says_of_its_shared_image_is_compared_with_the_file(
    document_of: DocumentOf, height: int, *, is_true: bool
) -> None:
    page = f'<meta property="og:image" content="/a.png"><meta property="og:image:height" content="{height}">'
    assert complete(document_of(page), Around())["social"]["image"]["declared"]["is_true"] is is_true


def test_an_icon_is_told_with_the_size_of_its_file(document_of: DocumentOf) -> None:
    [icon] = complete(document_of("<link rel=icon href=/a.png>"), Around())["icons"]["items"]
    assert (icon["status"], icon["width"], icon["height"]) == (200, 1200, 630)


def test_an_image_of_structured_data_is_told_with_its_answer(document_of: DocumentOf) -> None:
    page = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article",
    "image": ["/a.png", {"@type": "ImageObject", "url": "/lost.jpg"}]}</script>"""
    found = complete(document_of(page), Around())["structured_data"]["images"]
    assert [(one["url"], one["of"], one["status"]) for one in found] == [
        (f"{ORIGIN}/a.png", "Article.image", 200),
        (f"{ORIGIN}/lost.jpg", "Article.image", 404),
    ]
