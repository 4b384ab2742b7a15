"""The interactive part of report.html, in a real browser, from the file alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from checks.collect import browser
from checks.report import html
from checks.report.result import Result


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = browser.find()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=str(found.path), chromium_sandbox=browser.can_sandbox(), args=browser.LAUNCH_ARGUMENTS
        )
        yield running
        running.close()


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Write the report of a result and open it; at the end of the test, nothing may have gone wrong in it."""
    wrong: list[str] = []
    contexts = []

    def note(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            wrong.append(request.url)

    def open_it(result: Result, at: str = "", **context: object) -> Page:
        file = tmp_path / "report.html"
        with file.open("w", encoding="utf-8") as out:
            html.write(result, out)
        contexts.append(chromium.new_context(**context))  # type: ignore[arg-type] # options of the browser, as they are
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", note)
        page.goto(file.as_uri() + at)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert wrong == []


def test_it_says_the_verdict_and_the_poll(bakery: Result, opened: Callable[..., Page]) -> None:
    page = opened(bakery)
    page.wait_for_selector("#app h1")
    assert page.inner_text("#app h1") == "NO-GO"
    assert [row.split("\t")[:2] for row in page.locator("#app .poll tbody").inner_text().splitlines()] == [
        ["marketing", "NO-GO"],
        ["engineering", "NO-GO"],
        ["security", "GO"],
    ]


def test_without_scripts_the_plain_page_is_read(bakery: Result, opened: Callable[..., Page]) -> None:
    page = opened(bakery, java_script_enabled=False)
    assert page.is_visible("#blocking article")
    assert not page.is_visible("#app")


def test_the_plain_page_is_out_of_sight_where_scripts_run(bakery: Result, opened: Callable[..., Page]) -> None:
    page = opened(bakery)
    page.wait_for_selector("#app h1")
    assert not page.is_visible("#blocking")


def test_filters_narrow_the_findings_and_the_address_keeps_them(bakery: Result, opened: Callable[..., Page]) -> None:
    page = opened(bakery, "#findings")
    page.get_by_label("owner").select_option("marketing")
    assert [told.splitlines()[0] for told in page.locator(".causes a").all_inner_texts()] == [
        "robots.txt forbids the whole site for *.",
        "The title has 84 characters: <b>Bread | @baker</b> ##[add-mask]r ::set-output",
    ]
    assert page.url.endswith("#findings?owner=marketing")
    page.reload()
    assert page.locator(".causes a").count() == 2


def test_a_chosen_cause_says_why_how_to_mend_it_and_where(bakery: Result, opened: Callable[..., Page]) -> None:
    page = opened(bakery, "#findings?family=links")
    page.locator(".causes a").click()
    told = page.inner_text(".detail article")
    for part in (
        "A dead link costs a visitor.",
        "Correct the address, or add a redirect for the page that moved.",
        "line 118, column 11",
        '<a href="/opening-times">Opening times</a>',
        "gonogo explain",
    ):
        assert part in told
