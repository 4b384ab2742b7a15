"""How long a cold `gonogo check` takes, against a bare Playwright loop over the same pages.

The loop opens every page over plain http, waits for its load event, and reads `outerHTML`; it is given several
concurrencies, and its best one counts. Both run in turn, several times, because machines are noisy: the ratio within a
round is what to look at. Processor seconds (of every process that took part, the browser's too) are told beside the
seconds on the clock: they suffer less from what else the machine does.

    python benchmarks/bench_check.py [FOLDER] [--rounds 3] [--pages 200] [--browsers SHELL CHROME]

Without FOLDER, the pages are those of Debian's python3.11-doc. A round ends with the same check over plain http, which
says what https costs. With `--browsers`, nothing but the loop runs, once with each of the programs: how much faster a
headless shell renders than full Chrome.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import functools
import http.server
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import async_playwright
from sites import copied, python_docs

from checks.collect import browser

LIMIT = 1.4
CONCURRENCIES = (2, 4, 8)
_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


class Took(NamedTuple):
    """What one journey cost, in seconds."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.processor:.1f} s of processor)"


def measured(command: list[str], **environment: str) -> Took:
    """Run `command` and return what it cost, with all of its descendants."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, env={**os.environ, **environment}, check=False)
    wall = time.monotonic() - begun
    if done.returncode not in {0, 1}:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}")
    _reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _reap() -> None:
    """Wait for what the command has left: as its subreaper, we inherit the browser's processes and their times."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Say nothing."""


async def _loop(root: Path, names: list[str], concurrency: int) -> None:
    """Render the pages `names` of `root`, so many at once."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        async with async_playwright() as playwright:
            found = await playwright.chromium.launch(
                executable_path=str(browser.find().path), args=list(browser.LAUNCH_ARGUMENTS)
            )
            waiting = sorted(names, reverse=True)

            async def work() -> None:
                context = await found.new_context(viewport={"width": 412, "height": 823})
                page = await context.new_page()
                while waiting:
                    await page.goto(f"http://127.0.0.1:{server.server_port}/{waiting.pop()}", wait_until="load")
                    await page.evaluate("document.documentElement.outerHTML")

            await asyncio.gather(*(work() for _ in range(concurrency)))
            await found.close()
    finally:
        server.shutdown()
        server.server_close()


def loop(root: Path, concurrency: int, **environment: str) -> Took:
    """Return what the bare loop costs, in a process of its own."""
    return measured([sys.executable, __file__, str(root), "--loop", str(concurrency)], **environment)


def check(root: Path, site: str) -> Took:
    """Return what a cold `gonogo check` costs."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).parent / "gonogo"), "check", str(root), "--site", site]
        return measured([*command, "--no-cache", "--run", f"{folder}/run"])


def compare(root: Path, rounds: int) -> bool:
    """Print a line for each round and the median of the ratios; return whether the limit is kept."""
    walls, processors, shares = [], [], []
    for number in range(1, rounds + 1):
        loops = {concurrency: loop(root, concurrency) for concurrency in CONCURRENCIES}
        best, least = min(each.wall for each in loops.values()), min(each.processor for each in loops.values())
        took, plain = check(root, "https://docs.example.org"), check(root, "http://docs.example.org")
        walls.append(took.wall / best)
        processors.append(took.processor / least)
        shares.append(1 - plain.processor / took.processor)
        told = ", ".join(f"{concurrency} at once {each}" for concurrency, each in loops.items())
        print(f"round {number}: loop {told}; gonogo check {took}, over http {plain}", flush=True)
        print(f"    ratio {walls[-1]:.2f}, of processor time {processors[-1]:.2f}", flush=True)
    for name, ratios in (("", walls), ("of processor time ", processors)):
        told = f"{statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})"
        print(f"median ratio {name}{told}")
    print(f"limit of the first ratio: {LIMIT}; https takes {statistics.median(shares):.0%} of the processor time")
    return statistics.median(walls) <= LIMIT


def compare_browsers(root: Path, programs: list[str], rounds: int) -> None:
    """Print how many pages a second each of `programs` renders."""
    pages = sum(1 for _ in root.rglob("*.html"))
    for number in range(1, rounds + 1):
        for program in programs:
            took = loop(root, 4, GONOGO_BROWSER=program)
            print(f"round {number}: {program}: {took}, {pages / took.wall:.1f} pages a second", flush=True)


def main() -> None:
    """Read the arguments and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, help="only so many pages, copied with everything that is no page")
    parser.add_argument("--browsers", nargs="+", help="compare these programs instead")
    parser.add_argument("--loop", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.loop:
        names = [path.relative_to(arguments.folder).as_posix() for path in arguments.folder.rglob("*.html")]
        asyncio.run(_loop(arguments.folder, names, arguments.loop))
        return
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        whole = arguments.folder or python_docs()
        root = copied(whole, Path(folder), arguments.pages) if arguments.pages else whole
        if arguments.browsers:
            compare_browsers(root, arguments.browsers, arguments.rounds)
        else:
            sys.exit(not compare(root, arguments.rounds))


if __name__ == "__main__":
    main()
