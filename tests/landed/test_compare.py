"""What is live against what was judged, as data: pages, robots.txt, ways to the home page, crawlers."""

from __future__ import annotations

import hashlib
import socket
from dataclasses import dataclass, replace
from typing import Any

import pytest

from checks.collect.web.client import NO_LOOK_UP, NO_SUCH_HOST, look_up_failed
from checks.facts.bots import bots
from checks.facts.robots_txt import Robots
from checks.landed import compare, crawlers, robots, ways
from checks.landed.check import DIFFERS, NOT_MEASURED, SAME, Check, Outcome
from checks.landed.judged import Judged
from checks.landed.ways import End, Way

URL = "https://www.example.com/prices/"
HTML = b'<!doctype html><title>Prices</title><link rel="canonical" href="/prices/"><p>One</p>'
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "strict-transport-security": "max-age=31536000",
    "content-security-policy": "default-src 'self'",
}
JUDGED = Judged(
    "/prices/", 200, HEADERS, True, "text/html", hashlib.sha256(HTML).hexdigest(), "Prices", URL, noindex=False
)


@dataclass(frozen=True)
class Reply:
    status: int = 200
    headers: tuple[tuple[str, str], ...] = tuple(HEADERS.items())

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


def with_header(name: str, value: str | None) -> Reply:
    headers = {**HEADERS, name: value}
    return Reply(headers=tuple((key, said) for key, said in headers.items() if said is not None))


def page(reply: Reply | None = None, body: bytes = HTML, judged: Judged = JUDGED) -> Check:
    return compare.page(judged, URL, reply or Reply(), body, frozenset({"preview.example.dev"}))


def test_a_page_that_is_as_judged_is_the_same() -> None:
    assert page() == Check("pages", "/prices/", SAME)


DIFFERENCES: dict[str, tuple[Check, str]] = {
    "another status": (page(Reply(404)), "it answers 404, and 200 was judged"),
    "a password": (page(Reply(401)), "it answers 401 (a password is still there), and 200 was judged"),
    "a redirect": (page(Reply(302, (("location", "/soon/"),))), "it redirects to https://www.example.com/soon/"),
    "a login": (
        page(Reply(302, (("location", "https://acme.cloudflareaccess.com/cdn-cgi/access/login"),))),
        "it asks for a login at https://acme.cloudflareaccess.com/cdn-cgi/access/login",
    ),
    "a staging header": (page(with_header("x-robots-tag", "noindex")), "x-robots-tag is `noindex` (none was judged)"),
    "a lost header": (
        page(with_header("strict-transport-security", None)),
        "strict-transport-security is missing (`max-age=31536000` was judged)",
    ),
    "another header": (
        page(with_header("content-security-policy", "default-src *")),
        "content-security-policy is `default-src *` (`default-src 'self'` was judged)",
    ),
    "another type": (
        page(with_header("content-type", "text/plain")),
        "content-type is `text/plain` (`text/html` was judged)",
    ),
    "another text": (page(body=HTML.replace(b"One", b"Two")), "its body is not what was judged"),
    "another title": (
        page(body=HTML.replace(b"Prices", b"Home")),
        "its body is not what was judged: its title is `Home`, and `Prices` was judged",
    ),
    "another canonical": (
        page(body=HTML.replace(b'"/prices/"', b'"https://preview.example.dev/prices/"')),
        (
            "its body is not what was judged: its canonical address is https://preview.example.dev/prices/; "
            "it names preview.example.dev"
        ),
    ),
    "noindex": (
        page(body=HTML + b'<meta name="robots" content="NoIndex, follow">'),
        "its body is not what was judged: it tells search engines not to index it",
    ),
}


@pytest.mark.parametrize(("found", "said"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_what_differs_is_said(found: Check, said: str) -> None:
    assert (found.state, found.said) == (DIFFERS, said)


def test_what_a_cdn_is_known_to_add_is_told_apart() -> None:
    beacon = b'<script defer src="https://static.cloudflareinsights.com/beacon.min.js"></script>'
    reply = Reply(headers=(*HEADERS.items(), ("cf-ray", "8a-LHR"), ("server", "cloudflare")))
    assert page(reply, HTML + beacon).state == SAME
    assert page(reply, HTML + beacon.replace(b"static.cloudflareinsights", b"evil")).state == DIFFERS


def test_headers_that_no_host_was_asked_for_are_no_difference() -> None:
    judged = replace(JUDGED, sends_headers=False)
    assert page(with_header("strict-transport-security", None), judged=judged).state == SAME


@pytest.mark.parametrize(
    ("name", "value", "state"),
    [
        ("refresh", "0; url=https://soon.example/", DIFFERS),
        ("link", '<https://other.example/>; rel="canonical"', DIFFERS),
        ("link", "</a.css>; rel=preload; as=style", SAME),
        ("content-security-policy", "script-src 'none'", DIFFERS),
        ("content-security-policy", "upgrade-insecure-requests", SAME),
        ("x-frame-options", "DENY", SAME),
    ],
)
def test_a_header_that_nobody_judged_differs_where_it_acts(name: str, value: str, state: str) -> None:
    headers = {key: said for key, said in HEADERS.items() if key != "content-security-policy"}
    reply = Reply(headers=(*headers.items(), (name, value)))
    assert page(reply, judged=replace(JUDGED, headers=headers)).state == state


def test_a_run_that_wrote_no_digest_down_proves_nothing() -> None:
    assert page(judged=replace(JUDGED, digest=None)).state == NOT_MEASURED


def site(text: str | None = "User-agent: *\nAllow: /\n", **wanted: str) -> dict[str, Any]:
    said = Robots(text.encode() if text is not None else None, 200 if text is not None else 404)
    home = "https://www.example.com/"
    group = {"exists": said.exists, "bytes": said.bytes, "digest": said.digest}
    return {
        "url": home,
        "config": {"crawlers": wanted},
        "robots_txt": {**group, "allows_root": {"*": said.allowed("*", home)}},
        "ai": {"bots": bots(said, home, wanted)},
    }


ROBOTS = {
    "as judged": (200, "User-agent: *\nAllow: /\n", SAME, ""),
    "of staging": (
        200,
        "User-agent: *\nDisallow: /\n",
        DIFFERS,
        "it closes the home page to all crawlers (status 200)",
    ),
    "broken": (503, "", DIFFERS, "it closes the home page to all crawlers (status 503)"),
    "gone": (404, "", DIFFERS, "it is not there (status 404)"),
    "managed by the CDN": (
        200,
        "User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n",
        DIFFERS,
        "crawlers are told otherwise: GPTBot may not fetch the home page",
    ),
    "another text": (
        200,
        "User-agent: *\nAllow: /\n# x\n",
        DIFFERS,
        "its text is another one (27 bytes, 23 were judged)",
    ),
}


@pytest.mark.parametrize(("status", "text", "state", "said"), ROBOTS.values(), ids=ROBOTS)
def test_robots_txt_is_held_to_what_was_judged(status: int, text: str, state: str, said: str) -> None:
    found = robots.robots(site(), status, text.encode())
    assert (found.state, found.said) == (state, said)


def test_a_robots_txt_that_leads_elsewhere_is_not_the_same_as_none() -> None:
    assert robots.robots(site(None), 404, b"").state == SAME
    assert robots.robots(site(None), 302, b"").state == DIFFERS


HOME = "https://www.example.com/"


@pytest.mark.parametrize(
    ("home", "moved", "asked"),
    [
        (HOME, (), ["http://www.example.com/", "http://example.com/", "https://example.com/"]),
        (
            "https://example.co.uk/",
            ("https://old.example",),
            [
                "http://example.co.uk/",
                "http://www.example.co.uk/",
                "https://www.example.co.uk/",
                "https://old.example/",
            ],
        ),
        ("https://shop.example.com/", (), ["http://shop.example.com/"]),
        ("http://127.0.0.1:8000/", (), []),
    ],
)
def test_the_ways_to_the_home_page_are_those_that_people_type(
    home: str, moved: tuple[str, ...], asked: list[str]
) -> None:
    assert [way.url for way in ways.ways(home, moved)] == asked


def test_other_pages_are_asked_for_by_each_way_and_key_pages_on_old_origins() -> None:
    found = ways.ways(HOME, ("https://old.example",), ["/courses/"], ["/", "/visit/"])
    assert [(way.url, way.to) for way in found if way.to != HOME] == [
        ("http://www.example.com/courses/", f"{HOME}courses/"),
        ("http://example.com/courses/", f"{HOME}courses/"),
        ("https://example.com/courses/", f"{HOME}courses/"),
        ("https://old.example/visit/", f"{HOME}visit/"),
    ]


def test_another_page_that_is_led_to_the_home_page_differs() -> None:
    found = ways.check(Way("http://www.example.com/courses/", f"{HOME}courses/"), End(HOME, None, (301,)))
    assert (found.state, found.said) == (DIFFERS, f"it ends at {HOME}, and not at {HOME}courses/")


ENDS = {
    "there": (End(HOME, None, (301,)), SAME, ""),
    "there, for good, in two": (End(HOME, None, (308, 301)), SAME, ""),
    "for now": (End(HOME, None, (302,)), DIFFERS, "it leads there only for now (status 302)"),
    "a twin": (
        End("https://example.com/", 200, ()),
        DIFFERS,
        "it answers itself with status 200, and not at https://www.example.com/",
    ),
    "elsewhere": (
        End("https://parking.example/", None, (302,)),
        DIFFERS,
        "it ends at https://parking.example/, and not at https://www.example.com/",
    ),
    "no such host": (End("https://example.com/", None, (), "it can't be reached: no such host", True), SAME, ""),
    "no certificate": (
        End("https://example.com/", None, (), "bad", bad_certificate=True),
        DIFFERS,
        "https://example.com/: its certificate is not one that browsers take",
    ),
    "no answer": (
        End("https://example.com/", None, (), "no whole answer"),
        NOT_MEASURED,
        "https://example.com/: no whole answer",
    ),
}


@pytest.mark.parametrize(("end", "state", "said"), ENDS.values(), ids=ENDS)
def test_each_way_must_end_at_the_home_page(end: End, state: str, said: str) -> None:
    found = ways.check(Way("https://example.com/", HOME, optional=True), end)
    assert (found.state, found.said) == (state, said)


@pytest.mark.parametrize(("number", "said"), [(socket.EAI_NONAME, NO_SUCH_HOST), (socket.EAI_AGAIN, NO_LOOK_UP)])
def test_only_dns_itself_says_that_there_is_no_such_host(number: int, said: str) -> None:
    assert look_up_failed(socket.gaierror(number, "")) == said


def bot(token: str, **wanted: str) -> dict[str, Any]:
    return next(one for one in site(**wanted)["ai"]["bots"] if one["token"] == token)


def crawler(token: str, reply: Reply, body: bytes = HTML, wanted: str | None = None) -> str:
    found = crawlers.answer(bot(token), wanted, HOME, (Reply(), HTML), (reply, body))
    return found.state


@pytest.mark.parametrize(
    ("token", "reply", "wanted", "state"),
    [
        ("GPTBot", Reply(), None, SAME),
        ("GPTBot", Reply(403), None, DIFFERS),
        ("GPTBot", Reply(403), "block", SAME),
        ("Googlebot", Reply(403), None, NOT_MEASURED),
        ("Googlebot", Reply(404), None, DIFFERS),
        ("Googlebot", with_header("x-robots-tag", "noindex"), None, DIFFERS),
    ],
)
def test_a_crawler_gets_what_a_visitor_gets(token: str, reply: Reply, wanted: str | None, state: str) -> None:
    assert crawler(token, reply, wanted=wanted) == state


def test_a_crawler_that_gets_another_page_is_told() -> None:
    assert crawler("bingbot", Reply(), HTML.replace(b"Prices", b"Just a moment...")) == DIFFERS


def test_where_visitors_are_turned_away_nobody_knows_what_a_crawler_gets() -> None:
    found = crawlers.answer(bot("GPTBot"), None, HOME, (Reply(503), b""), (Reply(503), b""))
    assert found.state == NOT_MEASURED


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ([Check("pages", "/", SAME)], 0),
        ([Check("pages", "/", SAME), Check("robots", "/", NOT_MEASURED)], 3),
        ([Check("pages", "/", NOT_MEASURED), Check("robots", "/", DIFFERS)], 1),
        ([Check("robots", "/", SAME)], 3),
        ([], 3),
    ],
)
def test_what_differs_is_exit_1_and_what_nobody_saw_is_exit_3(checks: list[Check], code: int) -> None:
    outcome = Outcome()
    outcome.take(*checks)
    assert outcome.exit_code == code
