"""Take the pictures of the report that the README shows.

In: a run of examples/bakery-broken with `--screens`, and names of pictures (all, where none is named). Out: PNG files
in docs/images/. To be looked at before they are committed.

    gonogo check examples/bakery-broken --site https://www.hearthandcrumb.example --screens
    python tools/report_images.py gonogo-run
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from checks.collect import browser

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "images"
_WIDTH: Final = 1100
_BELOW_THE_BAR: Final = "(heading) => scrollBy(0, heading.getBoundingClientRect().top - 76)"


@dataclass(frozen=True, slots=True)
class Shot:
    """A view of the report, and what is done in it before the picture is taken."""

    view: str
    height: int
    prepare: Callable[[Page], None] = lambda _page: None


def _first_cause(page: Page) -> None:
    page.locator("a[href*='cause=']").first.click()


def _title_rule(page: Page) -> None:
    """Ask for shorter titles than some pages have."""
    page.get_by_label("Find a fact").fill("title.length")
    page.get_by_role("button", name="title.length").first.click()
    page.get_by_label("Number").fill("40")
    page.locator(".paths").first.wait_for()
    page.get_by_label("Why it matters").fill("Phones cut longer titles off.")
    page.get_by_role("heading", name="2. Say what must hold").evaluate(_BELOW_THE_BAR)


SHOTS: Final = {
    "report-overview": Shot("overview", 735),
    "report-cause": Shot("findings", 760, _first_cause),
    "report-map": Shot("map", 450),
    "report-workbench": Shot("workbench", 690, _title_rule),
}


def main() -> None:
    """Open the report, and take what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="the run folder")
    parser.add_argument("--only", action="append", choices=list(SHOTS), help="which picture (all)")
    parsed = parser.parse_args()
    report = (parsed.run / "report.html").resolve().as_uri()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browser.find().path, args=list(browser.LAUNCH_ARGUMENTS))
        for name in parsed.only or SHOTS:
            shot = SHOTS[name]
            page = found.new_page(viewport={"width": _WIDTH, "height": shot.height})
            page.goto(f"{report}#{shot.view}")
            page.locator("h1").first.wait_for()
            shot.prepare(page)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        found.close()


if __name__ == "__main__":
    main()
