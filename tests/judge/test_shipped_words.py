"""What people read about a page: delivered HTML in, the words of the shipped policies out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checks import shapes
from checks.facts import page
from checks.facts.complete import complete
from checks.facts.loading import Loading
from checks.facts.page_settings import PageSettings
from checks.facts.surroundings import Answered
from checks.facts.visit import Exchange, InPage, Visit
from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.judge.finding import Finding

ORIGIN = "https://www.bakery.co"
URL = f"{ORIGIN}/bread/"
SHIPPED = {policy.id: policy for policy in policies.load([], ["strict", "advice"], {})}
VIEWPORT = '<meta name="viewport" content="width=device-width">'
FIXED = '<meta name="viewport" content="width=1024">'


class Nothing:
    """A site on which nothing else is found."""

    others_answer = True

    def answer(self, url: str) -> Answered:
        return Answered(404, 0, url, None, None, None)

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


def visit(body: str, *exchanges: Exchange) -> Visit:
    """Return the visit of a page that was delivered and painted as `body`."""
    return Visit(
        url=URL,
        path="/bread/",
        status=200,
        final_url=URL,
        redirects=(),
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
        transfer_bytes=len(body),
        rendered=body,
        in_page=InPage("CSS1Compat", 300, 0.3, 0, 412, 823),
        exchanges=exchanges,
    )


def visited(body: str, *exchanges: Exchange, origin_known: bool = True) -> dict[str, Any]:
    """Return the document of such a page."""
    return complete(
        page.build(visit(body, *exchanges), PageSettings(ORIGIN, origin_known=origin_known)).document, Nothing()
    )


def findings(document: dict[str, Any], *names: str) -> list[Finding]:
    """Return what the policies of these names find."""
    return Judge([SHIPPED[name] for name in names], shapes.load).document(document)


def image(size: int) -> Exchange:
    return Exchange(f"{ORIGIN}/oven.jpg", "image", "GET", 200, None, "image/jpeg", size, size, "preview")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", "it has 0, and the one that counts, the last, says: none"),
        (VIEWPORT + FIXED, "it has 2, and the one that counts, the last, says: width=1024"),
        (FIXED, "it has 1, and the one that counts, the last, says: width=1024"),
    ],
)
def test_the_mending_of_a_viewport_fits_none_several_and_another_one(head: str, said: str) -> None:
    [found] = findings(visited(head), "seo/viewport")
    assert said in found.message
    assert [word for word in ("add it", "correct it", "go by the last") if word not in found.fix] == []


def test_two_viewports_that_agree_are_no_fault() -> None:
    assert findings(visited(VIEWPORT * 2), "seo/viewport") == []


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (1_000_000, []),
        (2_000_000, ["perf/page-weight"]),
        (3_000_000, ["perf/page-weight--error"]),
    ],
)
def test_a_heavy_page_is_told_once(size: int, told: list[str]) -> None:
    found = findings(visited("<p>x</p>", image(size)), "perf/page-weight", "perf/page-weight--error")
    assert [each.policy for each in found] == told


def test_a_heavy_page_is_told_with_who_would_send_it_and_its_largest_parts() -> None:
    [found] = findings(visited("<p>x</p>", image(3_000_000)), "perf/page-weight--error")
    assert found.message == (
        "The host (plain) would send 3,000,008 bytes for the page and what it loads (a plain host compresses nothing); "
        "at most 2,731,008 are allowed. The largest parts: https://www.bakery.co/oven.jpg (transfer 3,000,000), "
        "https://www.bakery.co/bread/ (transfer 8)."
    )
    assert [word for word in ("compress", "split the document") if word not in found.fix] == []


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (200_000, []),
        (400_000, ["perf/third-party-weight"]),
        (1_200_000, ["perf/third-party-weight--error"]),
    ],
)
def test_what_others_add_is_told_with_their_largest_files(size: int, told: list[str]) -> None:
    chat = Exchange("https://cdn.net/chat.js", "script", "GET", 200, None, "text/javascript", size, size, "allowed")
    found = findings(visited("<p>x</p>", chat), "perf/third-party-weight", "perf/third-party-weight--error")
    assert [each.policy for each in found] == told
    assert all("The largest: https://cdn.net/chat.js (transfer " in each.message for each in found)


@pytest.mark.parametrize(("alone", "told"), [(True, ["perf/third-party-time"]), (False, [])])
def test_that_scripts_of_others_run_long_is_told_where_they_did_so_alone(told: list[str], *, alone: bool) -> None:
    loading = Loading(scripts={"https://cdn.net/chat.js": 400.0, f"{ORIGIN}/own.js": 900.0}, alone=alone)
    document = page.build(replace(visit("<p>x</p>"), loading=loading), PageSettings(ORIGIN)).document
    assert [each.policy for each in findings(document, "perf/third-party-time")] == told


LEAKS = ("crawl/canonical-production-host", "leak/localhost-references")
LOCAL = "file:///home/anna/bread.html"


def test_an_address_on_a_disk_is_told_whole() -> None:
    [found] = findings(visited(f"<a href={LOCAL}>x</a>"), *LEAKS, "links/localhost")
    assert found.message == (
        "The page leads to file:///home/anna/bread.html, which no visitor can reach: an address on the computer, the "
        "disk or the network of whoever built it."
    )
    assert "What begins with file: is a place on a disk" in found.fix


@pytest.mark.parametrize(
    ("head", "origin_known", "told"),
    [
        (f"<link rel=canonical href={LOCAL}>", True, ["crawl/canonical-production-host"]),
        (f"<link rel=canonical href={LOCAL}>", False, ["leak/localhost-references"]),
        (f"<link rel=canonical href=/bread/><link rel=canonical href={LOCAL}>", True, ["leak/localhost-references"]),
        (f"<link rel=canonical href={LOCAL}><link rel=next href={LOCAL}>", True, list(LEAKS)),
    ],
)
def test_a_canonical_on_the_own_machine_is_one_launch_blocker(
    head: str, told: list[str], *, origin_known: bool
) -> None:
    assert [each.policy for each in findings(visited(head, origin_known=origin_known), *LEAKS)] == told


def test_the_text_that_closes_a_head_is_named() -> None:
    [found] = findings(visited("<head><title>x</title>{{ extra }}</head><body>"), "seo/head-intact")
    assert "ended by: #text; its text: {{ extra }};" in found.message
    assert "remove it, or fill in the variable of the template" in found.fix


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('xml:lang="en"', "(lang: none; xml:lang, which does not count in text/html: en)"),
        ('lang="english"', "(lang: english; xml:lang, which does not count in text/html: none)"),
        ("", "(lang: none; xml:lang, which does not count in text/html: none)"),
    ],
)
def test_a_language_that_only_xml_knows_is_told(attributes: str, said: str) -> None:
    [found] = findings(visited(f"<html {attributes}><p>x"), "i18n/lang-valid")
    assert said in found.message


def test_one_page_at_two_addresses_is_not_to_be_renamed() -> None:
    shared = {"value": "Bread", "urls": [f"{ORIGIN}/a/", f"{ORIGIN}/b/"], "count": 2}
    site = {"kind": "site", "path": "/", "measured": ["duplicates"], "duplicates": {"titles": [shared]}}
    [found] = findings(site, "seo/title-unique")
    assert found.message == '2 pages have the title "Bread": https://www.bakery.co/a/, https://www.bakery.co/b/'
    assert "If it is the same page twice, leave the title as it is" in found.fix


def test_one_missing_page_is_one_cause_and_each_missing_place_its_own() -> None:
    document = visited("".join(f"<a href=/gone/#{name}>x</a>" for name in "abc"))
    found = findings(document, "links/internal-broken")
    assert (len(found), len({each.cause for each in found})) == (3, 1)
    for item in document["links"]["items"]:
        item.update(status=200, fragment_ok=False)
    found = findings(document, "links/fragment-broken")
    assert (len(found), len({each.cause for each in found})) == (3, 3)


def test_a_page_that_begins_as_xml_has_its_doctype() -> None:
    document = visited('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html><title>x</title>')
    assert findings(document, "seo/doctype") == []
    assert document["html"]["doctype"] == "<!DOCTYPE html>"
