"""How long a cold `gonogo check` takes, against a bare Playwright loop over the same pages.

The loop opens every page over plain http, waits for its load event, and reads `outerHTML`; it is given several
concurrencies, and its best one counts. Both run in turn, several times, because machines are noisy: the ratio within a
round is what to look at.

    python benchmarks/bench_check.py [FOLDER] [--rounds 3] [--pages 200]

Without FOLDER, the pages are those of Debian's python3.11-doc.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import http.server
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.async_api import async_playwright
from sites import python_docs

from checks.collect import browser

CONCURRENCIES = (2, 4, 8)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Say nothing."""


async def _loop(root: Path, names: list[str], concurrency: int) -> float:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        async with async_playwright() as playwright:
            found = await playwright.chromium.launch(
                executable_path=str(browser.find().path), args=list(browser.LAUNCH_ARGUMENTS)
            )
            waiting = list(reversed(names))

            async def work() -> None:
                context = await found.new_context(viewport={"width": 412, "height": 823})
                page = await context.new_page()
                while waiting:
                    await page.goto(f"http://127.0.0.1:{server.server_port}/{waiting.pop()}", wait_until="load")
                    await page.evaluate("document.documentElement.outerHTML")

            begun = time.monotonic()
            await asyncio.gather(*(work() for _ in range(concurrency)))
            took = time.monotonic() - begun
            await found.close()
            return took
    finally:
        server.shutdown()
        server.server_close()


def _check(root: Path, *more: str) -> float:
    command = Path(sys.executable).parent / "gonogo"
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        done = subprocess.run(
            [command, "check", root, "--site", "https://docs.example.org", "--run", f"{folder}/run", *more],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        took = time.monotonic() - begun
    if done.returncode not in {0, 1}:
        sys.exit(f"gonogo check ended with {done.returncode}")
    return took


def main() -> None:
    """Print a line for each round, and the median of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, help="only so many pages, copied with everything that is no page")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole = arguments.folder or python_docs()
        root = _part(whole, Path(folder), arguments.pages) if arguments.pages else whole
        names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))
        ratios = []
        for number in range(1, arguments.rounds + 1):
            loops = {concurrency: asyncio.run(_loop(root, names, concurrency)) for concurrency in CONCURRENCIES}
            best = min(loops, key=loops.__getitem__)
            took = _check(root)
            ratios.append(took / loops[best])
            told = ", ".join(f"{concurrency}: {seconds:.1f} s" for concurrency, seconds in loops.items())
            print(f"round {number}: {len(names)} pages; loop {told}; gonogo check {took:.1f} s; ratio {ratios[-1]:.2f}")
        print(f"median ratio {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


def _part(root: Path, into: Path, pages: int) -> Path:
    kept = set(sorted(root.rglob("*.html"))[:pages])
    for path in root.rglob("*"):
        if path.is_file() and (path.suffix != ".html" or path in kept):
            target = into / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return into


if __name__ == "__main__":
    main()
