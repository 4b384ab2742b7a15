"""The live robots.txt against the one that was judged."""

from __future__ import annotations

import pytest

from checks.landed import robots
from checks.landed.check import DIFFERS, SAME
from tests.landed.live import site

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
