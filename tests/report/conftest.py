"""What the tests of reports share: a made-up run that every report is shown, and the report opened in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request

from checks.report import html
from checks.report.interactive import bundle
from checks.report.result import Result
from tests.conftest import IN_TIME_MS
from tests.report.made_run import TITLE, Finding, made_page, made_result, make_finding


@pytest.fixture
def page_document() -> Callable[..., dict[str, Any]]:
    return made_page


@pytest.fixture
def bakery() -> Result:
    return made_result()


@pytest.fixture
def bakery_with() -> Callable[..., Result]:
    return made_result


@pytest.fixture
def finding() -> Callable[..., Finding]:
    """Build a finding of the policy about titles."""

    def build(page: str | None = "/", what: str = "title", message: str = "The title is long.", **more: Any) -> Finding:
        return make_finding({**TITLE, **more.pop("policy", {})}, page, what, message, **more)

    return build


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Write the report of a result and open it; at the end of the test, nothing may have gone wrong in it.

    What goes wrong is an error of its script, a request, a dialog, and whatever the console says: a breach of its own
    content security policy is told there.
    """
    if bundle.find() is None:
        pytest.fail("the interactive report is not built here; `make .venv/report.stamp` does it")
    wrong: list[str] = []
    contexts = []

    def note(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            wrong.append(request.url)

    def ask(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    def open_it(result: Result, at: str = "", **context: object) -> Page:
        file = tmp_path / "report.html"
        with file.open("w", encoding="utf-8") as out:
            html.write(result, out)
        contexts.append(chromium.new_context(**context))  # type: ignore[arg-type] # options of the browser, as they are
        contexts[-1].set_default_timeout(IN_TIME_MS)
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", note)
        page.on("dialog", ask)
        page.goto(file.as_uri() + at)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert wrong == []
