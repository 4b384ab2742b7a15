"""How large report.html is for a large site, and how long it takes to open and to filter it in a browser.

In: numbers of pages and findings. Out: figures on the screen. The pages are made up: 30 KB of facts each; each has a
finding of its own and one that it shares with all others.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from checks.collect import browser
from checks.report import html
from checks.report.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT_MS = 1000
ORIGIN = "https://www.example.com"
TYPE_INTO_FILTER = """async (text) => {
    const field = document.querySelector("input[type=search]"), begun = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - begun;
}"""


def path_of(number: int) -> str:
    """Return the path of a page; forty folders share them."""
    return f"/section-{number % 40}/page-{number}/"


def pages(count: int) -> Iterator[dict[str, Any]]:
    """Give page documents, each with 80 links to others."""
    for number in range(count):
        links = [{"url": ORIGIN + path_of((number * 7 + step) % count), "internal": True} for step in range(80)]
        yield {
            "path": path_of(number),
            "url": ORIGIN + path_of(number),
            "title": {"text": f"Page {number} of the section"},
            "template": path_of(number % 9),
            "vitals": {"lcp_ms": 300 + number % 900, "cls": 0.0, "tbt_ms": 0},
            "requests": {"by_party": {"first": {"transfer": 40_000 + number}}, "items": []},
            "links": {"items": links},
            "text": {"main": random.Random(number).randbytes(12_000).hex()},  # noqa: S311 - what no other page says
        }


def findings(count: int) -> Iterator[dict[str, Any]]:
    """Give two findings a page: one of its own, one that all pages share."""
    known = {"owner": "marketing", "title": "A rule", "severity": "warning", "state": "new", "fix": "Mend it."}
    for number in range(count):
        for policy, what in (("seo/title-length", str(number)), ("links/internal-broken", "/gone/")):
            cause = f"c1:{what if policy.startswith('seo') else 'footer'}"
            said = {"message": f"Something is wrong with {what}.", "cause": cause, "policy": policy}
            yield {**known, **said, "fingerprint": f"v1:{policy}{number}", "page": path_of(number), "what": what}


def made(count: int) -> Result:
    """Return a run with `count` pages."""
    verdict = {"verdict": "NO-GO", "site": ORIGIN, "owners": {"marketing": {"verdict": "NO-GO", "warnings": 2 * count}}}
    return Result(verdict, {}, lambda: findings(count), lambda: iter(()), pages=lambda: pages(count))


def opened(file: Path) -> dict[str, float]:
    """Return milliseconds until the first view, until all pages can be searched, and of one step of a filter."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(browser.find().path), chromium_sandbox=browser.can_sandbox()
        )
        page = chromium.new_page()
        page.goto(f"{file.as_uri()}#/pages", wait_until="commit")
        page.wait_for_selector(".page-line")
        first = page.evaluate("performance.getEntriesByName('first view')[0].startTime")
        ready = page.evaluate("performance.now()")
        filtering = page.evaluate(TYPE_INTO_FILTER, "page-99")
        chromium.close()
    return {"first view": first, "all pages there": ready, "one step of the filter": filtering}


def main() -> int:
    """Write the report of a made-up run, open it, and tell what that took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="how often the report is opened; the best is told")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.html")
        begun = time.process_time()
        with file.open("w", encoding="utf-8") as out:
            html.write(made(asked.pages), out)
        took = time.process_time() - begun
        print(f"{asked.pages:,} pages: {file.stat().st_size / 1e6:.1f} MB, written in {took:.1f} s of processor time")
        print(f"peak memory of the writer: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        rounds = [opened(file) for _ in range(asked.rounds)]
    best = {name: min(one[name] for one in rounds) for name in rounds[0]}
    for name, milliseconds in best.items():
        print(f"{name}: {milliseconds:.0f} ms")
    print(f"limit for the first view: {LIMIT_MS} ms")
    return int(best["first view"] > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
