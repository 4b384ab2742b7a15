"""What is easily lost at a launch: tags behind a policy, forms that reach nobody, campaigns, lists without members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.campaigns import parameters
from checks.facts.csp_match import allows
from checks.facts.csp_text import parse_csp
from checks.facts.listing import empty_listing
from checks.facts.page_settings import PageSettings
from checks.facts.sandboxes import sandbox
from checks.facts.urls import parse
from tests.facts.conftest import HEADERS, ORIGIN

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

OWN = parse("https://www.bakery.co/")


@pytest.mark.parametrize(
    ("policy", "url", "is_let_in"),
    [
        ("img-src 'self'", "https://cdn.co/a.js", True),
        ("default-src 'self'", "https://cdn.co/a.js", False),
        ("default-src 'self'", "https://www.bakery.co/a.js", True),
        ("default-src *; script-src 'none'", "https://cdn.co/a.js", False),
        ("script-src *; script-src-elem 'self'", "https://cdn.co/a.js", False),
        ("script-src *", "https://cdn.co/a.js", True),
        ("script-src *", "data:text/javascript,1", False),
        ("script-src https:", "https://cdn.co/a.js", True),
        ("script-src http:", "https://cdn.co/a.js", True),
        ("script-src CDN.co", "https://cdn.co/a.js", True),
        ("script-src cdn.co", "http://cdn.co/a.js", False),
        ("script-src http://cdn.co", "https://cdn.co/a.js", True),
        ("script-src *.cdn.co", "https://x.y.cdn.co/a.js", True),
        ("script-src *.cdn.co", "https://cdn.co/a.js", False),
        ("script-src cdn.co:8443", "https://cdn.co/a.js", False),
        ("script-src cdn.co:*", "https://cdn.co:8443/a.js", True),
        ("script-src cdn.co:443", "https://cdn.co/a.js", True),
        ("script-src cdn.co/js/", "https://cdn.co/js/a.js", True),
        ("script-src cdn.co/js", "https://cdn.co/js/a.js", False),
        ("script-src cdn.co/js/a.js", "https://cdn.co/js/a.js?v=1", True),
        ("script-src cdn.co/js/", "https://cdn.co/", True),
        ("script-src https://x.cdn.co", "https://cdn.co/", True),
        ("script-src https://x.cdn.co", "https://cdn.co/a.js", False),
        ("script-src 'nonce-abcdefgh12'", "https://cdn.co/a.js", None),
        ("script-src 'nonce-abcdefgh12' cdn.co", "https://cdn.co/a.js", True),
        ("script-src cdn.co 'strict-dynamic' 'nonce-abcdefgh12'", "https://cdn.co/a.js", None),
    ],
)
def test_a_policy_lets_in_what_browsers_let_in(policy: str, url: str, is_let_in: bool | None) -> None:
    address = parse(url)
    assert address is not None
    assert allows(parse_csp(policy), "script-src", address, OWN) is is_let_in


@given(st.text(), st.sampled_from(["script-src", "connect-src", "img-src"]))
def test_no_policy_is_too_strange_to_be_asked(policy: str, directive: str) -> None:
    address = parse("https://cdn.co/a.js")
    assert address is not None
    assert allows(parse_csp(f"default-src 'none'; {policy}"), directive, address, OWN) in {True, False, None}


def test_a_tag_that_no_policy_speaks_of_is_not_blocked(document_of: DocumentOf) -> None:
    settings = PageSettings(ORIGIN, analytics=("G-ABCDE12345",))
    assert document_of("<p>Bread", settings)["security"]["csp"]["blocked"] == []


def test_a_tag_whose_script_may_not_load_is_told_with_the_address(document_of: DocumentOf) -> None:
    settings = PageSettings(ORIGIN, analytics=("GTM-ABC123",))
    headers = (*HEADERS, ("Content-Security-Policy", "script-src 'self'"))
    assert document_of("<p>Bread", settings, headers=headers)["security"]["csp"]["blocked"] == [
        {
            "key": "GTM-ABC123 script-src",
            "declared": "GTM-ABC123",
            "directive": "script-src",
            "address": "https://www.googletagmanager.com/gtm.js",
        }
    ]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://forms.mill.co/f/1", None),
        ("https://httpbin.org/post", "is a service for tests"),
        ("https://eu.httpbin.org/post", "is a service for tests"),
        ("https://www.sandbox.paypal.com/donate", "is a service for tests"),
        ("https://sandbox.mill.co/f/1", "is a test environment"),
        ("https://sandbox.co/f/1", None),
        ("https://formspree.io/f/{form_id}", "holds a placeholder"),
        ("mailto:ada@mill.co", None),
    ],
)
def test_a_sandbox_is_known_by_its_address(url: str, said: str | None) -> None:
    assert sandbox(parse(url), own=False) == said


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("utm_source=a&UTM_Medium=b", ["utm_medium", "utm_source"]),
        ("page=2&gclid=x", ["gclid"]),
        ("my_utm_source=a&sort=price", []),
        ("utm_source", []),
    ],
)
def test_campaign_parameters_are_known_by_name(query: str, names: list[str]) -> None:
    assert parameters(query) == names


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("No products found.", True),
        ("Showing 0 results", True),
        ("All bread (0 products)", True),
        ("10 products", False),
        ("1.0 items", False),
        ("We bake so that no products found in shops come near ours.", False),
    ],
)
def test_a_list_says_by_itself_that_it_is_empty(text: str, is_empty: bool) -> None:
    assert (empty_listing([text], 40) is not None) is is_empty


def test_a_page_with_much_text_is_no_empty_list() -> None:
    assert empty_listing(["No products found."], 400) is None
