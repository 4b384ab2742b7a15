"""The measured runs as Markdown tables: medians, ratios to gonogo within a round, and growth.

In: `Run`s. Out: Markdown. A tool without a whole run has a line that says so, and no figure.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from benchmarks.peers.tools import LEFT_OUT, TOOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.peers.runs import Run

_OURS: Final = {"render": "gonogo", "links": "gonogo --no-render"}
GROUP: Final = {tool.name: tool.group for tool in TOOLS}
_HEAD: Final = (
    "| tool | rounds | pages a second | seconds | of processor | memory, MiB | time, ratio | processor, ratio |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def tables(runs: list[Run]) -> str:
    """Return a table for each site, size, way of use, and cold or warm; then growth, and what is not compared."""
    groups: dict[tuple[str, str, int, bool], list[Run]] = defaultdict(list)
    for run in runs:
        groups[GROUP[run.tool], run.site, run.pages, run.warm].append(run)
    parts = [_compared(*key, members) for key, members in sorted(groups.items())]
    left_out = "\n".join(f"- {name}: {why}." for name, why in LEFT_OUT.items())
    return "\n\n".join([*parts, *_growths(runs), f"Not compared:\n\n{left_out}"])


def _compared(group: str, site: str, pages: int, warm: bool, runs: list[Run]) -> str:  # noqa: FBT001 - a part of a key
    loads = [run.load for run in runs]
    machines = ", ".join(sorted({run.machine for run in runs}))
    head = f"**{group}, {site}, {pages} pages, {'warm' if warm else 'cold'}**"
    told = f"{head} (load {min(loads):.0f} to {max(loads):.0f}; {machines})"
    return "\n".join([f"{told}\n\n{_HEAD}", *_lines(runs, _OURS[group])])


def _lines(members: list[Run], ours: str) -> Iterator[str]:
    base = {run.round: run for run in members if run.tool == ours and run.whole}
    for tool in GROUP:
        all_runs = [run for run in members if run.tool == tool]
        whole = [run for run in all_runs if run.whole]
        if whole:
            yield _line(tool, whole, [(run, base[run.round]) for run in whole if run.round in base])
        elif all_runs:
            yield _not_whole(all_runs[-1])


def _not_whole(run: Run) -> str:
    ended = "ended by the limit" if run.code is None else f"exit code {run.code}"
    seen = f"{run.opened} of {run.pages} pages opened, {run.counted} told of"
    return f"| {run.tool} | 0 | not whole: {ended} after {run.wall_s:.0f} s, {seen} ||||||"


def _line(tool: str, runs: list[Run], pairs: list[tuple[Run, Run]]) -> str:
    wall = _median(runs, lambda run: run.wall_s)
    cells = [
        tool,
        str(len(runs)),
        f"{runs[0].pages / wall:.2f}",
        f"{wall:.1f}",
        f"{_median(runs, lambda run: run.processor_s):.1f}",
        f"{_median(runs, lambda run: run.memory_mib):.0f}",
        _ratio(run.wall_s / ours.wall_s for run, ours in pairs),
        _ratio(run.processor_s / ours.processor_s for run, ours in pairs),
    ]
    return f"| {' | '.join(cells)} |"


def _growths(runs: list[Run]) -> Iterator[str]:
    """Yield a table for each site that was measured cold in several sizes: processor seconds a page, and memory."""
    found: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in runs:
        if run.whole and not run.warm:
            found[GROUP[run.tool], run.site].append(run)
    for (group, site), members in sorted(found.items()):
        sizes = sorted({run.pages for run in members})
        if len(sizes) > 1:
            heads = [f"{pages:,} pages" for pages in sizes]
            lines = [f"**{group}, {site}, growth** (milliseconds of processor a page; peak memory)\n"]
            lines += [f"| tool | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(sizes)}"]
            lines += [_growth(tool, sizes, members) for tool in GROUP if any(run.tool == tool for run in members)]
            yield "\n".join(lines)


def _growth(tool: str, sizes: list[int], members: list[Run]) -> str:
    cells = []
    for pages in sizes:
        runs = [run for run in members if run.tool == tool and run.pages == pages]
        if runs:
            each = _median(runs, lambda run: 1000 * run.processor_s / run.pages)
            cells.append(f"{each:.1f} ms; {_median(runs, lambda run: run.memory_mib):.0f} MiB")
        else:
            cells.append("-")
    return f"| {tool} | {' | '.join(cells)} |"


def _median(runs: list[Run], of: Callable[[Run], float]) -> float:
    return statistics.median(map(of, runs))


def _ratio(ratios: Iterable[float]) -> str:
    found = list(ratios)
    return f"{statistics.median(found):.2f}" if found else "-"
