from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.headers import directives, joined

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf


def security(document_of: DocumentOf, *headers: tuple[str, str], body: str = "<p>x") -> dict[str, Any]:
    found: dict[str, Any] = document_of(body, headers=headers)["security"]
    return found


def test_headers_are_told_by_lower_case_name_with_repeats_joined() -> None:
    assert joined((("X-B", " 1 "), ("x-a", "2"), ("x-b", "3"))) == {"x-a": "2", "x-b": "1, 3"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        (["max-age=31536000; includeSubDomains; preload"], (31536000, True, True, ["subdomains", "preload"], 1)),
        (['Max-Age="600"'], (600, False, False, [], 1)),
        (["includeSubDomains"], (None, True, False, ["subdomains"], 1)),
        (["max-age=1", "max-age=2"], (1, False, False, [], 2)),
    ],
)
def test_hsts_is_read_from_the_first_header(
    document_of: DocumentOf, values: list[str], expected: tuple[Any, ...] | None
) -> None:
    found = security(document_of, *(("Strict-Transport-Security", value) for value in values))["hsts"]
    assert (tuple(found.values()) if found else None) == expected


def test_a_policy_in_a_header_goes_before_one_in_the_page(document_of: DocumentOf) -> None:
    page = "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'; frame-ancestors 'none'\">"
    alone, both = security(document_of, body=page), security(document_of, ("Content-Security-Policy", "a"), body=page)
    assert (alone["csp"]["source"], alone["csp"]["ignored_in_meta"]) == ("meta", ["frame-ancestors"])
    assert both["csp"]["source"] == "header"
    assert alone["frame_protection"] is False


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("X-Frame-Options", "SAMEORIGIN"), True),
        (("X-Frame-Options", "ALLOWALL"), False),
        (("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"), True),
        (("Content-Security-Policy-Report-Only", "frame-ancestors 'none'"), False),
    ],
)
def test_framing_is_refused_by_header(document_of: DocumentOf, header: tuple[str, str], *, expected: bool) -> None:
    assert security(document_of, header)["frame_protection"] is expected


def test_other_headers_are_read(document_of: DocumentOf) -> None:
    found = security(document_of, ("X-Content-Type-Options", "NoSniff"), ("Permissions-Policy", "camera=()"))
    assert (found["nosniff"], found["permissions_policy"], found["referrer_policy"]) == (True, "camera=()", None)


def test_the_referrer_policy_may_stand_in_the_page(document_of: DocumentOf) -> None:
    assert security(document_of, body="<meta name=referrer content=Unsafe-URL>")["referrer_policy"] == "unsafe-url"


def test_the_first_of_two_directives_counts() -> None:
    assert directives("script-src 'self';; Script-Src *; base-uri 'none'") == {
        "script-src": "'self'",
        "base-uri": "'none'",
    }


def test_what_an_https_page_fetches_by_http_is_told(document_of: DocumentOf) -> None:
    page = (
        "<script src=http://cdn.net/a.js></script><img srcset='http://cdn.net/a.png 1x'><a href=http://others.com/>x</a>"
        "<link rel=canonical href=http://www.bakery.co/><form action=http://www.bakery.co/buy></form>"
    )
    assert security(document_of, body=page)["http_refs"] == [
        {"url": "http://cdn.net/a.js", "tag": "script"},
        {"url": "http://cdn.net/a.png", "tag": "img"},
        {"url": "http://www.bakery.co/buy", "tag": "form"},
    ]
