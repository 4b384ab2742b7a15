"""The measured runs as a plot: seconds against pages, one line a tool, both axes logarithmic.

In: `Run`s of one way of use. Out: SVG. Only whole cold runs are drawn, each point the median of its rounds.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.peers.runs import Run

_WIDTH, _HEIGHT, _MARGIN, _KEY = 640, 360, 50, 150
_COLOURS: Final = ("#0b6e4f", "#c1440e", "#1f4e8c", "#7a3e9d", "#8a6d00", "#444444")
Points = dict[int, float]


def svg(runs: list[Run]) -> str:
    """Return the plot; an empty string where there is nothing to draw."""
    lines = _medians(runs)
    if not lines:
        return ""
    across = _scale([pages for points in lines.values() for pages in points], _MARGIN, _WIDTH - _KEY)
    up = _scale([took for points in lines.values() for took in points.values()], _HEIGHT - _MARGIN, 20)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" ']
    parts[0] += 'font-size="12" role="img"><title>Seconds a run takes, by pages</title>'
    parts.append(f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>')
    sizes = sorted({pages for points in lines.values() for pages in points})
    base = f'y="{_HEIGHT - 25}" text-anchor="middle"'
    parts += [f'<text x="{across(pages):.0f}" {base}>{pages} pages</text>' for pages in sizes]
    for colour, (tool, points) in zip(_COLOURS, lines.items(), strict=False):
        parts += _line(tool, colour, [(across(pages), up(took), took) for pages, took in sorted(points.items())])
    return "\n".join([*parts, "</svg>", ""])


def _medians(runs: list[Run]) -> dict[str, Points]:
    found: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        if run.whole and not run.warm:
            found[run.tool][run.pages].append(run.wall_s)
    return {tool: {pages: statistics.median(each) for pages, each in sizes.items()} for tool, sizes in found.items()}


def _line(tool: str, colour: str, places: list[tuple[float, float, float]]) -> Iterator[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y, took in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"><title>{took:.1f} s</title></circle>'
    x, y, took = places[-1]
    yield f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{escape(tool)}, {took:.1f} s</text>'


def _scale(numbers: list[int] | list[float], begin: float, end: float) -> Callable[[float], float]:
    """Lay the logarithm of numbers on a length."""
    low = math.log(min(numbers))
    span = (math.log(max(numbers)) - low) or 1.0
    return lambda number: begin + (math.log(number) - low) / span * (end - begin)
