"""A rendering place whose page leads away or whose browser dies, and a browser that dies while it starts."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.async_api import Browser as PlaywrightBrowser
from playwright.async_api import BrowserContext, async_playwright

from checks.collect import browser
from checks.collect.browser import LAUNCH_ARGUMENTS, Browser, can_sandbox
from checks.collect.place import Place
from checks.collect.running import RunningBrowser
from checks.collect.scripts import COLLECT
from checks.collect.visit_errors import BrowserGoneError
from checks.collect.ways import Ways
from checks.collect.window import Window
from checks.errors import CannotMeasureError


@contextlib.asynccontextmanager
async def a_place() -> AsyncIterator[tuple[Place, PlaywrightBrowser]]:
    """Return a place, and its browser."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=str(browser.find().path),
            args=list(LAUNCH_ARGUMENTS),
            chromium_sandbox=can_sandbox(),
            timeout=300_000,
        )
        yield Place(running, asyncio.Semaphore(1), 300, "test"), running
        await running.close()


class LeadsAway(BaseHTTPRequestHandler):
    """Answers `/` with a page that leads to another while the rest of its own HTML is still on its way."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.path != "/":
            self.wfile.write(b"<!doctype html><title>There</title>")
            return
        self.wfile.write(b"<!doctype html><title>Here</title><script>location.replace('/there')</script>")
        with contextlib.suppress(OSError):  # the browser hangs up
            while True:
                self.wfile.write(b"<p>Bread</p>")
                time.sleep(0.01)

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


@pytest.fixture
def leading_away() -> Iterator[str]:
    """Return the address of a page that leads away."""
    with ThreadingHTTPServer(("127.0.0.1", 0), LeadsAway) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_page_that_is_left_before_it_is_there_is_waited_for_no_more(leading_away: str) -> None:
    async def visit() -> str:
        async with a_place() as (place, _):
            return (await place.visit(leading_away, scripted=True)).final_url

    assert asyncio.run(visit()) == f"{leading_away}there"


def test_what_is_asked_of_a_page_that_is_replaced_meanwhile_is_asked_of_the_one_in_its_place(leading_away: str) -> None:
    there, again = f"{leading_away}there", f"{leading_away}again"

    async def visit() -> str:
        async with a_place() as (place, _):
            await place.visit(there, scripted=False)
            leave = f"new Promise(() => location.replace({again!r}))"
            return str(await place.ask(f"location.href === {again!r} ? location.href : {leave}"))

    assert asyncio.run(visit()) == again


LATE = """<!doctype html><title>Here</title><script>
onload = () => setTimeout(async () => { document.title = await (await fetch("/late")).text(); }, 400);
</script>"""


@dataclass
class AsksLate:
    """A server of a page that asks for its title a moment after it has loaded."""

    asked: threading.Event = field(default_factory=threading.Event)
    hears_again: threading.Event = field(default_factory=threading.Event)
    """Set once the browser's driver goes on."""

    def handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/late":
                    server.asked.set()
                    server.hears_again.wait(300)
                    time.sleep(1)
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"There" if self.path == "/late" else LATE.encode())

            def log_message(self, *_told: object) -> None:
                """Say nothing."""

        return Handler


def test_a_document_that_comes_while_the_one_before_is_read_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    late = AsksLate()
    late.hears_again.set()
    ask, left = Window.ask, list[int]()

    async def leaving(window: Window, script: str) -> Any:
        if script == COLLECT and not left:
            left.append(window.recorder.navigations)
            await ask(window, "void location.replace('/there')")
            for _ in range(3000):
                if window.recorder.navigations > left[0]:
                    break
                await asyncio.sleep(0.01)
        return await ask(window, script)

    monkeypatch.setattr(Window, "ask", leaving)

    async def visit(url: str) -> str:
        async with a_place() as (place, _):
            return str((await place.visit(f"{url}late", scripted=True)).answer["html"])

    with ThreadingHTTPServer(("127.0.0.1", 0), late.handler()) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        html = asyncio.run(visit(f"http://127.0.0.1:{server.server_port}/"))
        server.shutdown()
    assert "<title>There</title>" in html


def test_a_page_is_not_settled_because_nobody_heard_what_it_asked_for() -> None:
    """The browser's driver stalls, as any process does on a busy machine, while the page goes on."""
    late = AsksLate()

    async def visit(url: str) -> str:
        async with a_place() as (place, _):
            (driver,) = [one for one in psutil.Process().children() if "run-driver" in one.cmdline()]
            visiting = asyncio.create_task(place.visit(url, scripted=True))
            while not (place.recorder.navigations and not place.recorder.awaited.pending):  # noqa: ASYNC110 - it sets no event
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)
            driver.suspend()
            try:
                await asyncio.to_thread(late.asked.wait, 300)
                await asyncio.sleep(0.6)
            finally:
                driver.resume()
                late.hears_again.set()
            return str((await visiting).answer["html"])

    with ThreadingHTTPServer(("127.0.0.1", 0), late.handler()) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        html = asyncio.run(visit(f"http://127.0.0.1:{server.server_port}/"))
        server.shutdown()
    assert "<title>There</title>" in html


class SlowToOpen:
    """A browser that takes its time to open a window, as on a busy machine: the clock is put on."""

    def __init__(self, running: PlaywrightBrowser) -> None:
        self._running = running

    def is_connected(self) -> bool:
        return self._running.is_connected()

    async def new_context(self, **options: Any) -> BrowserContext:
        loop = asyncio.get_running_loop()
        time_before = loop.time
        loop.time = lambda: time_before() + TIME_LIMIT + 1  # type: ignore[method-assign]
        return await self._running.new_context(**options)


TIME_LIMIT = 60


def test_the_time_of_a_page_begins_when_its_window_is_open(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>")

    async def visit() -> str:
        async with a_place() as (_, running):
            slow: Any = SlowToOpen(running)
            place = Place(slow, asyncio.Semaphore(1), TIME_LIMIT, "test")
            return (await place.visit((tmp_path / "index.html").as_uri(), scripted=False)).final_url

    assert asyncio.run(visit()).endswith("/index.html")


def test_a_browser_that_dies_before_its_cookies_are_read_is_gone_and_no_fault_of_ours(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>")

    async def visit() -> None:
        async with a_place() as (place, running):
            await place.visit((tmp_path / "index.html").as_uri(), scripted=False)
            await running.close()
            await place.cookies()

    with pytest.raises(BrowserGoneError):
        asyncio.run(visit())


def dying(folder: Path, times: int) -> Browser:
    """Return a browser that dies so often before it comes up."""
    found = browser.find()
    program = folder / "chromium"
    program.write_text(
        f"""#!/bin/sh
[ "$(wc -l < {folder}/starts)" -ge {times} ] && exec {found.path} "$@"
echo >> {folder}/starts
exit 1
"""
    )
    program.chmod(0o755)
    (folder / "starts").touch()
    return replace(found, path=program)


def started(found: Browser, ways: Ways) -> int:
    async def start() -> int:
        async with RunningBrowser(found, ways) as running:
            assert (await running.get()).is_connected()
            return running.restarts

    return asyncio.run(start())


WAYS = Ways("www.example.com", 443, 1, 1, 1, "spki")


def test_a_browser_that_dies_while_it_starts_is_started_once_more(tmp_path: Path) -> None:
    assert started(dying(tmp_path, 1), WAYS) == 1


def test_a_browser_that_never_comes_up_leaves_the_verdict_open(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasureError, match="the browser does not start"):
        started(dying(tmp_path, 2), WAYS)
