"""A rendering place whose browser dies, and a browser that dies while it starts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from checks.collect import browser
from checks.collect.browser import LAUNCH_ARGUMENTS, Browser, can_sandbox
from checks.collect.place import Place
from checks.collect.running import RunningBrowser
from checks.collect.visit_errors import BrowserGoneError
from checks.collect.ways import Ways
from checks.errors import CannotMeasureError


def test_a_browser_that_dies_before_its_cookies_are_read_is_gone_and_no_fault_of_ours(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>")

    async def visit() -> None:
        async with async_playwright() as playwright:
            running = await playwright.chromium.launch(
                executable_path=str(browser.find().path), args=list(LAUNCH_ARGUMENTS), chromium_sandbox=can_sandbox()
            )
            place = Place(running, asyncio.Semaphore(1), 20, "test")
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
