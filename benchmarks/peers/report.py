"""The measured runs as Markdown tables: medians, and ratios to gonogo within a round.

In: `Run`s. Out: Markdown. A tool without a whole run has a line that says so, and no figure.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from benchmarks.peers.tools import LEFT_OUT, TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.peers.runs import Run

_OURS: Final = {"render": "gonogo", "links": "gonogo --no-render"}
_GROUP: Final = {tool.name: tool.group for tool in TOOLS}
_HEAD: Final = (
    "| tool | rounds | pages a second | seconds | of processor | memory, MiB | time, ratio | processor, ratio |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def tables(runs: list[Run]) -> str:
    """Return a table for each site, size, way of use, and cold or warm; then what is not checked or compared."""
    groups: dict[tuple[str, int, str, bool], list[Run]] = defaultdict(list)
    for run in runs:
        groups[run.site, run.pages, _GROUP[run.tool], run.warm].append(run)
    parts = []
    for (site, pages, group, warm), members in sorted(groups.items()):
        load = f"load {min(run.load for run in members):.1f} to {max(run.load for run in members):.1f}"
        parts.append(f"**{site}, {pages} pages, {group}, {'warm' if warm else 'cold'}** ({load})\n\n{_HEAD}")
        parts[-1] += "".join(f"\n{line}" for line in _lines(members, _OURS[group]))
    return "\n\n".join([*parts, *_not_looked_at()])


def _lines(members: list[Run], ours: str) -> Iterator[str]:
    base = {run.round: run for run in members if run.tool == ours and run.whole}
    for tool in (each.name for each in TOOLS):
        all_runs = [run for run in members if run.tool == tool]
        whole = [run for run in all_runs if run.whole]
        if whole:
            yield _line(tool, whole, [(run, base[run.round]) for run in whole if run.round in base])
        elif all_runs:
            last = all_runs[-1]
            yield f"| {tool} | 0 | not whole: exit code {last.code}, {last.counted} of {last.pages} pages |||||"


def _line(tool: str, runs: list[Run], pairs: list[tuple[Run, Run]]) -> str:
    wall = statistics.median(run.wall_s for run in runs)
    cells = [
        tool,
        str(len(runs)),
        f"{runs[0].pages / wall:.2f}",
        f"{wall:.1f}",
        f"{statistics.median(run.processor_s for run in runs):.1f}",
        f"{statistics.median(run.memory_mib for run in runs):.0f}",
        _ratio(run.wall_s / ours.wall_s for run, ours in pairs),
        _ratio(run.processor_s / ours.processor_s for run, ours in pairs),
    ]
    return f"| {' | '.join(cells)} |"


def _ratio(ratios: Iterable[float]) -> str:
    found = list(ratios)
    return f"{statistics.median(found):.2f}" if found else "-"


def _not_looked_at() -> Iterator[str]:
    yield "\n".join(["Not compared:", "", *(f"- {name}: {why}." for name, why in LEFT_OUT.items())])
