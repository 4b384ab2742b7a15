"""What a crawler gets of the live site, against what a visitor gets."""

from __future__ import annotations

from typing import Any

import pytest

from checks.landed import crawlers
from checks.landed.check import DIFFERS, NOT_MEASURED, SAME
from tests.landed.live import HOME, HTML, Reply, site, with_header


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
