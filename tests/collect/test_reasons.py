"""What the coverage ledger says of a page that could not be measured."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Error

from checks.collect import reasons
from checks.collect.recorder import Recorder, Seen


def recorded(*requests: Seen, **told: Any) -> Recorder:
    return Recorder(requests={request.url: request for request in requests}, **told)


WAITED_FOR = Seen("https://www.example.com/slow.css", "style", "GET", None)
SCRIPT = Seen("https://www.example.com/cart.js", "script", "GET", None, status=200)


@pytest.mark.parametrize(
    ("recorder", "scripted", "said"),
    [
        (recorded(SCRIPT), True, "a script does not end (scripts: https://www.example.com/cart.js)"),
        (recorded(), True, "a script does not end"),
        (recorded(), False, "no script of it runs by itself, but it is too large to be rendered in that time"),
        (recorded(SCRIPT, WAITED_FOR), True, "still waiting for https://www.example.com/slow.css"),
        (recorded(SCRIPT, WAITED_FOR, dialogs=9), True, "it opens dialogs without end (9 so far)"),
        (recorded(SCRIPT, WAITED_FOR, navigations=9), True, "the page loads itself again and again"),
    ],
)
def test_a_page_that_is_late_is_told_by_what_it_was_doing(recorder: Recorder, scripted: bool, said: str) -> None:
    assert reasons.late(recorder, 4, scripted=scripted) == f"not settled within 4 s: {said}"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("Page.goto: Download is starting", "the browser was given a download instead of a page"),
        ("Page.goto: net::ERR_TOO_MANY_REDIRECTS at x", "it redirects without end"),
        ("Page.goto: Page crashed", "the page crashed its renderer"),
        ("Page.goto: net::ERR_EMPTY_RESPONSE at x\nCall log:", "net::ERR_EMPTY_RESPONSE at x"),
    ],
)
def test_an_error_of_the_browser_is_told_in_words(error: str, said: str) -> None:
    assert reasons.refused(Error(error)) == said
