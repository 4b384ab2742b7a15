"""gonogo beside its peers: the same machine, the same pages, in turn.

    python -m benchmarks.peers [FOLDER] [--pages 50] [--rounds 3] [--tools NAME ...] [--results FILE]
        [--plot NAME] [--report]

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
from benchmarks.peers.measure import adopt_orphans, measured
from benchmarks.peers.plot import svg
from benchmarks.peers.report import tables
from benchmarks.peers.served import invented, part_of, served
from benchmarks.peers.tools import TOOLS, Task, Tool

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
        adopt_orphans()
        usable = [tool for tool in chosen if tool.name not in failed]
        for pages in arguments.pages:
            with tempfile.TemporaryDirectory(prefix="peers-") as folder:
                into = Path(folder, "site")
                site = part_of(arguments.folder, pages, into) if arguments.folder else invented(pages, into)
                for run in _compare(home, site, usable, arguments):
                    print(f"  {run.tool}{' warm' * run.warm} {run.round}: {run}", file=sys.stderr, flush=True)
    found = runs.read(arguments.results)
    print(tables(found))
    if arguments.plot:
        group = {tool.name: tool.group for tool in TOOLS}
        for kind in ("render", "links"):
            drawn = svg([run for run in found if group[run.tool] == kind])
            if drawn:
                arguments.plot.with_name(f"{arguments.plot.name}-{kind}.svg").write_text(drawn, encoding="utf-8")


def _compare(home: Home, site: Site, tools: list[Tool], arguments: argparse.Namespace) -> Iterator[runs.Run]:
    """Run each tool once a round, cold and, where it has a cache, warm."""
    done = {run.key for run in runs.read(arguments.results)}
    for number in range(1, arguments.rounds + 1):
        for tool in tools:
            for warm in (False, True) if tool.cache else (False,):
                if (tool.name, site.name, len(site.pages), warm, number) in done:
                    continue
                run = _run(tool, home, site, number, arguments.limit, warm=warm)
                runs.append(arguments.results, run)
                yield run


def _run(tool: Tool, home: Home, site: Site, number: int, limit_s: float, *, warm: bool) -> runs.Run:
    load = os.getloadavg()[0]
    with served(site) as server, tempfile.TemporaryDirectory(prefix="peers-run-") as folder:
        task = Task(home, site, server, Path(folder), warm)
        command = tool.command(task)
        for _ in range(1 + warm):  # the first fills the cache
            cost = measured(command, task.folder, home.environment, limit_s)
        counted = tool.count(task.folder)
        if cost.code not in tool.codes:
            print((task.folder / "stderr").read_text(encoding="utf-8", errors="replace")[-2000:], file=sys.stderr)
    return runs.Run(
        tool=tool.name,
        site=site.name,
        pages=len(site.pages),
        warm=warm,
        round=number,
        wall_s=round(cost.wall_s, 3),
        processor_s=round(cost.processor_s, 3),
        memory_mib=round(cost.memory_mib, 1),
        counted=counted,
        code=cost.code,
        whole=cost.code in tool.codes and counted == len(site.pages),
        load=round(load, 2),
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [tool.name for tool in TOOLS]
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, nargs="+", default=[50])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tools", nargs="+", choices=names, default=names)
    parser.add_argument("--limit", type=float, default=3600, help="seconds after which a run is ended")
    parser.add_argument("--results", type=Path, default=Path("peers.jsonl"))
    parser.add_argument("--report", action="store_true", help="measure nothing")
    parser.add_argument("--plot", type=Path, help="also write NAME-render.svg and NAME-links.svg")
    return parser.parse_args()


if __name__ == "__main__":
    main()
