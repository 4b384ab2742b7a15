"""What stands between the browser and the rest of the world lets nothing collect, and nothing reach private places."""

from __future__ import annotations

import asyncio

import pytest

from checks.collect.third_parties import PublicOnlyResolver, Rules, decide, is_private
from checks.facts.trackers import collects

OPEN = Rules(allow=True, collects=collects, refused_hosts=frozenset({"www.example.com"}))


@pytest.mark.parametrize(
    ("method", "host", "path", "becomes"),
    [
        ("GET", "cdn.example.net", "/library.js", "allowed"),
        ("GET", "www.googletagmanager.com", "/gtag/js?id=G-1", "allowed"),
        ("GET", "www.google-analytics.com", "/g/collect?v=2", "recorded"),
        ("POST", "forms.example.net", "/submit", "recorded"),
        ("OPTIONS", "api.example.net", "/", "recorded"),
        ("GET", "169.254.169.254", "/latest/meta-data/", "refused"),
        ("GET", "127.0.0.1", "/", "refused"),
        ("GET", "[::1]", "/", "refused"),
        ("POST", "10.0.0.1", "/", "refused"),
        ("GET", "www.example.com", "/", "refused"),
    ],
)
def test_what_becomes_of_a_request_depends_on_method_host_and_path(
    method: str, host: str, path: str, becomes: str
) -> None:
    assert decide(OPEN, method=method, host=host, path=path) == becomes


def test_where_third_parties_are_blocked_a_script_is_blocked_too() -> None:
    closed = Rules(allow=False, collects=collects)
    assert decide(closed, method="GET", host="cdn.example.net", path="/library.js") == "blocked"


@pytest.mark.parametrize(
    "host",
    [
        *["localhost", "LOCALHOST", "localhost.", "a.localhost", "printer.local", "metadata.google.internal", "", "."],
        *["192.168.1.1", "127.0.0.1.", "100.64.0.1", "0.0.0.0", "169.254.169.254"],  # noqa: S104 - asked, not bound to
        *["fd00::1", "::1", "[::1]", "::", "fe80::1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a9fe:a9fe"],
    ],
)
def test_private_places_are_known_by_name_and_address(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize("host", ["example.com", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_places_are_not_private(host: str) -> None:
    assert not is_private(host)


async def _resolved(host: str) -> object:
    return await PublicOnlyResolver().resolve(host, 80)


def test_a_name_that_leads_to_a_private_address_is_not_resolved() -> None:
    with pytest.raises(OSError, match="no public address"):
        asyncio.run(_resolved("localhost"))
