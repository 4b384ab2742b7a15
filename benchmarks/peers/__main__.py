"""gonogo beside its peers: the same machine, the same pages, in turn.

    python -m benchmarks.peers [FOLDER] [--pages 50] [--rounds 3] [--tools NAME ...] [--results FILE]
        [--plot FILE] [--report]

From the root of the repository. Without FOLDER the pages are made up; `--pages 50 500` shows growth. What was measured
is kept in the results file, one line a run: stopped, it goes on where it was. `--report` only prints the tables.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers import runs
from benchmarks.peers.install import install
from benchmarks.peers.measure import adopt_orphans, machine
from benchmarks.peers.opened import assert_told
from benchmarks.peers.plot import svg
from benchmarks.peers.report import tables
from benchmarks.peers.running import ran
from benchmarks.peers.served import copies_of, invented, part_of
from benchmarks.peers.tools import TOOLS, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.peers.install import Home
    from benchmarks.peers.served import Site


def main() -> None:
    """Measure what is missing, and print the tables."""
    arguments = _arguments()
    if not arguments.report:
        chosen = [tool for tool in TOOLS if tool.name in arguments.tools]
        home, failed = install([tool.name for tool in chosen])
        for name, why in failed.items():
            print(f"{name} could not be installed: {why}", file=sys.stderr)
        assert_told()
        adopt_orphans()
        usable = [tool for tool in chosen if tool.name not in failed]
        for pages in arguments.pages:
            with tempfile.TemporaryDirectory(prefix="peers-") as folder:
                into = Path(folder, "site")
                site = _site(arguments, pages, into)
                for run in _compare(home, site, usable, arguments):
                    print(f"  {run.tool}{' warm' * run.warm} {run.round}: {run}", file=sys.stderr, flush=True)
    found = runs.read(arguments.results)
    print(tables(found))
    if arguments.plot:
        arguments.plot.write_text(svg(found), encoding="utf-8")


def _site(arguments: argparse.Namespace, pages: int, into: Path) -> Site:
    if not arguments.folder:
        return invented(pages, into)
    return (copies_of if arguments.copies else part_of)(
        arguments.folder, pages, into, arguments.name or arguments.folder.name
    )


def _compare(home: Home, site: Site, tools: list[Tool], arguments: argparse.Namespace) -> Iterator[runs.Run]:
    """Run each tool once a round, cold and, where it has a cache, warm."""
    done = {run.key for run in runs.read(arguments.results)}
    for number in range(1, arguments.rounds + 1):
        for tool in tools:
            for warm in (False, True) if tool.cache and not arguments.cold else (False,):
                if (tool.name, site.name, len(site.pages), warm, number) in done:
                    continue
                run = _run(tool, home, site, number, arguments.limit, warm=warm)
                runs.append(arguments.results, run)
                yield run


def _run(tool: Tool, home: Home, site: Site, number: int, limit_s: float, *, warm: bool) -> runs.Run:
    with ran(tool, home, site, limit_s=limit_s, warm=warm) as done:
        if not done.whole:
            print(f"{tool.name} is not whole; it said: {done.said}", file=sys.stderr)
    return runs.Run(
        tool=tool.name,
        site=site.name,
        pages=len(site.pages),
        warm=warm,
        round=number,
        wall_s=round(done.cost.wall_s, 3),
        processor_s=round(done.cost.processor_s, 3),
        memory_mib=round(done.cost.memory_mib, 1),
        opened=done.opened,
        counted=done.counted,
        code=done.cost.code,
        whole=done.whole,
        load=round(os.getloadavg()[0], 2),
        machine=machine(),
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [tool.name for tool in TOOLS]
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, nargs="+", default=[50])
    parser.add_argument("--name", help="what the site is called in the results (default: the name of FOLDER)")
    parser.add_argument("--copies", action="store_true", help="repeat FOLDER until there are so many pages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tools", nargs="+", choices=names, default=names)
    parser.add_argument("--cold", action="store_true", help="no warm runs")
    parser.add_argument("--limit", type=float, default=3600, help="seconds after which a run is ended")
    parser.add_argument("--results", type=Path, default=Path("peers.jsonl"))
    parser.add_argument("--report", action="store_true", help="measure nothing")
    parser.add_argument("--plot", type=Path, help="also draw them into this SVG file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
