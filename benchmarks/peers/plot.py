"""The measured runs as a plot: what a page costs each tool in processor time, a bar a tool, rendering beside links.

In: `Run`s. Out: SVG, readable on light and dark ground. Only whole cold runs are drawn, each bar the median of its
rounds; of each way of use, the site and size that most tools were measured at. Processor time, for that is what a busy
machine leaves alone; what was measured at rest may as well be read off the tables in seconds.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.peers.report import GROUP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.peers.runs import Run

_WIDTH, _LABEL, _VALUE, _ROW = 720, 150, 80, 24
_STYLE: Final = (
    "text{font:13px sans-serif;fill:#1f2328}.head{font-weight:600}.bar{fill:#8c959f}.ours{fill:#0b6e4f}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.bar{fill:#6e7681}.ours{fill:#3fb68b}}"
)
_TITLES: Final = {"render": "Rendering", "links": "Links and HTML only"}


class Bar(NamedTuple):
    """One tool."""

    tool: str
    milliseconds: float
    """Of processor time, a page."""


def svg(runs: list[Run]) -> str:
    """Return the plot; an empty string where there is nothing to draw."""
    parts: list[str] = []
    top = 0
    for group, title in _TITLES.items():
        site, pages, bars = _chosen([run for run in runs if GROUP[run.tool] == group and run.whole and not run.warm])
        if bars:
            parts += _panel(f"{title}: {site}, {pages} pages", bars, top)
            top += (len(bars) + 2) * _ROW
    if not parts:
        return ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img">'
    said = "<title>Milliseconds of processor time a page, by tool; shorter is quicker</title>"
    return "\n".join([head, said, f"<style>{_STYLE}</style>", *parts, "</svg>", ""])


def _chosen(runs: list[Run]) -> tuple[str, int, list[Bar]]:
    """Return the site and size with most tools, the larger one of equals, and its bars, the quickest first."""
    groups: dict[tuple[str, int], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        groups[run.site, run.pages][run.tool].append(1000 * run.processor_s / run.pages)
    if not groups:
        return "", 0, []
    (site, pages), found = max(groups.items(), key=lambda each: (len(each[1]), each[0][1]))
    bars = [Bar(tool, statistics.median(each)) for tool, each in found.items()]
    return site, pages, sorted(bars, key=lambda bar: bar.milliseconds)


def _panel(title: str, bars: list[Bar], top: int) -> Iterator[str]:
    longest = max(bar.milliseconds for bar in bars)
    yield f'<text class="head" x="0" y="{top + 17}">{escape(title)}</text>'
    for number, bar in enumerate(bars, start=1):
        y = top + number * _ROW
        length = max(1.0, (_WIDTH - _LABEL - _VALUE) * bar.milliseconds / longest)
        kind = "ours" if bar.tool.startswith("gonogo") else "bar"
        yield f'<text x="{_LABEL - 8}" y="{y + 17}" text-anchor="end">{escape(bar.tool)}</text>'
        yield f'<rect class="{kind}" x="{_LABEL}" y="{y + 3}" width="{length:.1f}" height="{_ROW - 6}" rx="2"/>'
        yield f'<text x="{_LABEL + length + 6:.1f}" y="{y + 17}">{_told(bar.milliseconds)}</text>'


def _told(milliseconds: float) -> str:
    return (
        f"{milliseconds / 1000:.1f} s"
        if milliseconds >= 1000
        else f"{milliseconds:.{1 if milliseconds < 10 else 0}f} ms"
    )
