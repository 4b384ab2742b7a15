from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.opt_out import training_wish
from checks.facts.page_settings import PageSettings
from checks.facts.visit import Cookie, Exchange, InPage

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

SETTINGS = PageSettings(
    "https://www.bakery.co",
    first_party_domains=frozenset({"bakery.co"}),
    consent_exempt=("plausible.io",),
    consent_essential=("_ga_own*",),
    analytics=("G-ABCDE12345", "plausible.io"),
    legal=(("imprint", "/imprint/"),),
    training="block",
)
SIGNALS = "ad_storage: 'denied', analytics_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied'"
DEFAULT = f"<script>gtag('consent', 'default', {{{SIGNALS}}})</script>"
CONFIG = "<script>gtag('config', 'G-ABCDE12345')</script>"
TAG = "<script src='https://www.googletagmanager.com/gtag/js?id={}'></script>"


def asked(url: str) -> Exchange:
    return Exchange(url, "script", "GET", 200, None, "text/javascript", 10, 10, "allowed")


def cookie(name: str, domain: str = "www.bakery.co") -> Cookie:
    return Cookie(name, domain, "/", secure=True, http_only=False, same_site="Lax")


def test_hosts_that_count_or_advertise_are_trackers_unless_they_are_exempt(document_of: DocumentOf) -> None:
    urls = ("https://bat.bing.com/bat.js", "https://plausible.io/js/script.js", "https://cdn.jsdelivr.net/npm/a.js")
    found = document_of("<p>x", SETTINGS, exchanges=tuple(map(asked, urls)))["consent"]["trackers"]
    assert [one["host"] for one in found] == ["bat.bing.com"]


def test_what_is_kept_and_follows_people_is_told_with_whose_it_is(document_of: DocumentOf) -> None:
    in_page = InPage("CSS1Compat", 300, 0.3, 0, 412, 823, local_storage=("_hjSession_1", "cart"))
    cookies = (cookie("_ga"), cookie("_ga_own1"), cookie("theme"), cookie("id", ".ads.others.com"))
    found = document_of("<p>x", SETTINGS, in_page=in_page, cookies=cookies)["consent"]["kept"]
    assert [(one["key"], one["vendor"]) for one in found] == [
        ("cookie _ga", "Google Analytics"),
        ("cookie id", "ads.others.com"),
        ("local storage _hjSession_1", "Hotjar"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (DEFAULT + CONFIG, (True, [])),
        (CONFIG + DEFAULT, (False, [])),
        (DEFAULT.replace("ad_user_data: 'denied', ", "") + CONFIG, (True, ["ad_user_data"])),
        ("<p>x", None),
        (DEFAULT, None),
        (f"<div id=CybotCookiebotDialog></div>{CONFIG}", None),
    ],
)
def test_consent_mode_has_a_default_before_the_first_tag(
    document_of: DocumentOf, body: str, expected: tuple[bool, list[str]] | None
) -> None:
    found = document_of(body)["consent"]["google"]
    assert (found and tuple(found.values())) == expected


def analytics(document_of: DocumentOf, body: str) -> dict[str, Any]:
    found: dict[str, Any] = document_of(body, SETTINGS)["analytics"]
    return found


def test_tags_are_counted_and_compared_with_those_of_production(document_of: DocumentOf) -> None:
    body = (
        TAG.format("G-ABCDE12345") * 2 + TAG.format("GTM-XYZ12&l=d") + "<script src=https://plausible.io/a.js></script>"
    )
    found = analytics(document_of, body)
    assert [(one["id"], one["count"], one["expected"]) for one in found["tags"]] == [
        ("G-ABCDE12345", 2, True),
        ("GTM-XYZ12", 1, False),
        ("plausible.io", 1, True),
    ]
    assert (found["missing"], found["google_analytics"]) == ([], 1)


def test_a_tag_that_is_not_there_is_missing(document_of: DocumentOf) -> None:
    assert analytics(document_of, TAG.format("G-ABCDE12345"))["missing"] == ["plausible.io"]


def test_universal_analytics_is_retired(document_of: DocumentOf) -> None:
    (tag,) = analytics(document_of, "<script>ga('create', 'UA-12345-1')</script>")["tags"]
    assert (tag["id"], tag["retired"]) == ("UA-12345-1", True)


@pytest.mark.parametrize(
    ("body", "privacy", "missing"),
    [
        ("<a href=/privacy/>x</a><a href=/imprint/>y</a>", True, []),
        ("<a href=/x/>Datenschutzerklärung</a><a href=/imprint/index.html>y</a>", True, []),
        ("<a href=/x/>Politique de confidentialité</a><a href=/imprint/>y</a>", True, []),
        ("<a href=/x/>5.8.5.2. Confidentiality</a>", False, ["imprint"]),
        ("<a href=/x/>x</a>", False, ["imprint"]),
    ],
)
def test_pages_that_the_law_asks_for_are_linked(
    document_of: DocumentOf, body: str, *, privacy: bool, missing: list[str]
) -> None:
    found = document_of(body, SETTINGS)["legal"]
    assert (found["privacy_link"], [one["name"] for one in found["missing"]]) == (privacy, missing)


def test_a_page_says_what_it_thinks_of_training(document_of: DocumentOf) -> None:
    body = "<meta name=robots content='noai, index'><meta name=tdm-reservation content=1>"
    assert document_of(body, SETTINGS)["ai"] == {"noai": ["noai"], "tdm_reservation": "1", "training": "block"}


@pytest.mark.parametrize(
    ("crawlers", "wish"),
    [
        ({}, None),
        ({"bingbot": "allow"}, None),
        ({"GPTBot": "block", "CCBot": "block"}, "block"),
        ({"gptbot": "allow"}, "allow"),
    ],
)
def test_the_wish_about_training_is_that_of_its_crawlers(crawlers: dict[str, str], wish: str | None) -> None:
    assert training_wish(crawlers) == wish
