"""What the project promises beside its pages: consent, tags, legal pages and files."""

from __future__ import annotations

import datetime as dt

import pytest

from checks.errors import UserError
from checks.settings import from_bytes
from checks.settings.duties import Duties, Languages

DAY = dt.date(2026, 11, 1)
WRITTEN = """
consent:
  {exempt: [Plausible.io], essential: [cart*], pages: [/shop/**], give: {click: "#yes"}, refuse: {cookie: choice=no}}
analytics: [G-ABCDE12345]
legal: {privacy: /privacy/, imprint: /imprint/}
required_files: [/ads.txt]
service_workers: [/sw.js]
hsts: [subdomains]
campaigns: {qr: ["/spring?utm_source=flyer#top"]}
"""


def duties(text: str) -> Duties:
    return from_bytes(text.encode(), "gonogo.yaml", {}, DAY).duties


def test_promises_are_read() -> None:
    assert duties(WRITTEN) == Duties(
        exempt=("plausible.io",),
        essential=("cart*",),
        consent_pages=("/shop/**",),
        choices={"given": ("click", "#yes"), "refused": ("cookie", "choice=no")},
        analytics=("G-ABCDE12345",),
        legal={"privacy": "/privacy/", "imprint": "/imprint/"},
        required_files=("/ads.txt",),
        service_workers=("/sw.js",),
        hsts=("subdomains",),
        campaigns={"qr": ("/spring?utm_source=flyer",)},
    )


def test_nothing_is_promised_where_nothing_is_said() -> None:
    assert duties("{}") == Duties()


def test_what_run_json_keeps_is_read_as_the_same() -> None:
    assert duties(WRITTEN).to_document()["consent"] == {
        "exempt": ["plausible.io"],
        "essential": ["cart*"],
        "pages": ["/shop/**"],
        "give": {"click": "#yes"},
        "refuse": {"cookie": "choice=no"},
    }


def test_who_pays_for_links_and_which_languages_are_spoken_is_read() -> None:
    said = duties("links: {sponsored-hosts: [Mill.example.net], outside: check}\nlanguages: {spoken: [en, de]}")
    assert (said.sponsored_hosts, said.checks_outside) == (("mill.example.net",), True)
    assert said.languages == Languages(("en", "de"))


def test_a_page_is_promised_in_every_language_in_the_sections_that_are_named_unless_it_is_exempt() -> None:
    languages = Languages(("en", "de"), ("/shop/**",), ("/shop/news/",))
    assert [languages.promised(path) for path in ("/shop/rye/", "/shop/news/", "/about/")] == [True, False, False]
    assert Languages().promised("/") is False


def test_other_sites_can_not_be_asked_where_third_parties_are_blocked() -> None:
    with pytest.raises(UserError, match="asks other sites"):
        duties("links: {outside: check}\nrender: {third-party: block}")


def test_choices_are_made_on_the_pages_that_are_named() -> None:
    settings = from_bytes(WRITTEN.encode(), "gonogo.yaml", {}, DAY)
    assert (settings.chooses("/shop/cart/"), settings.chooses("/")) == (True, False)
    silent = from_bytes(b"analytics: [G-ABCDE12345]", "gonogo.yaml", {}, DAY)
    assert silent.chooses("/") is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("consent: {give: {click: a, script: b}}", "`consent.give` says too much"),
        ("consent: {give: {}}", "`consent.give` says nothing"),
    ],
)
def test_a_choice_is_made_in_one_way(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        duties(text)


@pytest.mark.parametrize(
    "text",
    [
        "consent: {give: {cookie: no-value}}",
        "legal: {privcy: /privacy/}",
        "legal: {privacy: privacy/}",
        "required_files: [ads.txt]",
        "analytics: ['G ABC']",
        "service_workers: [sw.js]",
        "hsts: [everything]",
        "campaigns: {posters: [/a]}",
        "campaigns: {qr: [//other.example/a]}",
    ],
)
def test_what_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        duties(text)
