"""A live page against what was judged, as data: content, headers, what a CDN adds, and the exit code."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from checks.landed import compare
from checks.landed.check import DIFFERS, NOT_MEASURED, SAME, Check, Outcome
from checks.landed.judged import Judged
from tests.landed.live import HEADERS, HTML, URL, Reply, with_header

JUDGED = Judged(
    "/prices/", 200, HEADERS, True, "text/html", hashlib.sha256(HTML).hexdigest(), "Prices", URL, noindex=False
)


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
