from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.url_credentials import has_credentials, masked
from checks.facts.urls import Resolver, is_absolute, normalise_url, parse, registrable_domain


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTP://Bakery.CO:80/a/../b", "http://bakery.co/b"),
        ("https://bakery.co", "https://bakery.co/"),
        ("https://bakery.co/%7ebread?b=1&a=2#crust", "https://bakery.co/%7Ebread?b=1&a=2"),
        ("https://bakery.co:443/./", "https://bakery.co/"),
        ("https://bäckerei.de/", "https://xn--bckerei-5wa.de/"),
        ("no address", "no address"),
    ],
)
def test_addresses_that_mean_the_same_are_made_equal(written: str, normal: str) -> None:
    assert normalise_url(written) == normal


def test_of_the_addresses_of_a_large_site_only_the_last_are_remembered() -> None:
    for number in range(3000):
        normalise_url(f"https://bakery.co/loaf-{number}")
    assert normalise_url.cache_info().currsize <= 1024


def test_an_address_falls_into_its_parts() -> None:
    address = parse("//u:p@Shop.Bakery.co:8080/a%20b?q=1#caf%C3%A9", "https://bakery.co/")
    assert address is not None
    assert (address.scheme, address.host, address.port, address.netloc) == (
        "https",
        "shop.bakery.co",
        8080,
        "shop.bakery.co:8080",
    )
    assert (address.path, address.query, address.fragment, address.has_userinfo) == ("/a%20b", "q=1", "café", True)


@pytest.mark.parametrize("written", ["http://", "https://a b/", "http://[", "https://bakery.co:99999/"])
def test_what_browsers_refuse_is_no_address(written: str) -> None:
    assert parse(written, "https://bakery.co/") is None


def test_an_address_without_a_host_has_none() -> None:
    address = parse("mailto:hello@bakery.co", "https://bakery.co/")
    assert address is not None
    assert (address.scheme, address.host, address.is_web) == ("mailto", "", False)


@pytest.mark.parametrize(
    ("href", "absolute"), [("https://a.co/", True), ("//a.co/", False), ("/a", False), ("a", False)]
)
def test_only_an_address_with_its_scheme_is_absolute(href: str, *, absolute: bool) -> None:
    assert is_absolute(href) is absolute


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("a.b.bakery.co.uk", "bakery.co.uk"),
        ("bakery.github.io", "bakery.github.io"),
        ("10.0.0.1", "10.0.0.1"),
        ("com", "com"),
    ],
)
def test_the_registrable_domain_is_what_one_owner_registered(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


@given(st.text(), st.text())
def test_no_text_breaks_the_parser(written: str, base: str) -> None:
    parse(written, base)
    normalise_url(written)
    Resolver("https://bakery.co/a").resolve(written)


@given(st.text())
def test_a_normal_address_stays_as_it_is(path: str) -> None:
    once = normalise_url(f"https://bakery.co/{path}")
    assert normalise_url(once) == once


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:secret@bakery.co/a", "https://***@bakery.co/a"),
        ("https://ghp_77af@bakery.co/a", "https://***@bakery.co/a"),
        ("ssh://git:secret@bakery.co/a", "ssh://***@bakery.co/a"),
        ("https://bakery.co/?a=1&access_token=abc&b=2", "https://bakery.co/?a=1&access_token=***&b=2"),
        ("https://bakery.co/a;jsessionid=77AF?x=1", "https://bakery.co/a;jsessionid=***?x=1"),
    ],
)
def test_secrets_in_addresses_are_seen_and_masked(url: str, shown: str) -> None:
    address = parse(url)
    assert address is not None
    assert has_credentials(address)
    assert masked(address) == shown


@pytest.mark.parametrize(
    "url",
    [
        "https://bakery.co/?page=2",
        "https://bakery.co/password=rules",
        "https://api.mapbox.com/?access_token=pk.abc",
        "https://bakery.co/?password=",
        "https://bakery.co/@me",
        "mailto://ada@bakery.co",
        "ssh://git@bakery.co/recipes.git",
    ],
)
def test_an_ordinary_address_carries_no_secret(url: str) -> None:
    address = parse(url)
    assert address is not None
    assert not has_credentials(address)
    assert masked(address) == url
