"""What the protocol says of answers to `fetch()`: of one with a body the end is waited for, others are at theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from checks.collect.recorder import Recorder

URL = "https://www.example.com/data"


class Session:
    """Takes the place of a session of the protocol: keeps who listens to what."""

    def __init__(self) -> None:
        self.tell: dict[str, Callable[[dict[str, Any]], None]] = {}

    def on(self, event: str, handler: Callable[[dict[str, Any]], None]) -> None:
        self.tell[event] = handler

    async def send(self, *_: object) -> dict[str, Any]:
        return {"frameTree": {"frame": {"id": "main"}}}


@pytest.mark.parametrize(
    ("method", "status", "headers", "waits"),
    [
        ("GET", 200, {"Content-Length": "9"}, True),
        ("GET", 200, {}, True),
        ("GET", 200, {"content-length": "0"}, False),
        ("POST", 204, {}, False),
        ("HEAD", 200, {"Content-Length": "9"}, False),
    ],
    ids=["a body", "a body of unknown length", "an empty body", "no content", "a head alone"],
)
def test_the_end_of_an_answer_is_waited_for_where_it_has_a_body(
    method: str, status: int, headers: dict[str, str], *, waits: bool
) -> None:
    session, recorder = Session(), Recorder()
    asyncio.run(recorder.listen(session, "world"))  # type: ignore[arg-type]
    asked = {"requestId": "1", "loaderId": "document", "type": "Fetch"}
    session.tell["Network.requestWillBeSent"]({**asked, "request": {"url": URL, "method": method}})
    answer = {"url": URL, "status": status, "headers": headers}
    session.tell["Network.responseReceived"]({**asked, "response": answer})
    assert bool(recorder.awaited) is waits


def test_a_late_word_of_the_page_before_is_no_arrival() -> None:
    recorder, session = Recorder(), Session()
    asyncio.run(recorder.listen(session, "world"))  # type: ignore[arg-type]  # what a session does here, it does
    recorder.reset()
    session.tell["Page.frameNavigated"]({"frame": {"url": URL, "loaderId": "before"}})
    assert not recorder.arrived
    sent = {"requestId": "now", "loaderId": "now", "type": "Document", "request": {"url": URL, "method": "GET"}}
    session.tell["Network.requestWillBeSent"](sent)
    session.tell["Page.frameNavigated"]({"frame": {"url": URL, "loaderId": "now"}})
    assert recorder.arrived
