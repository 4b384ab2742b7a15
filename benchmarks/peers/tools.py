"""The tools that are compared: which of them, as what, and what tells that a run did its work.

In: nothing. Out: `TOOLS`, one row a tool in one way of use, and `LEFT_OUT`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.peers import commands, counted, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from benchmarks.peers.commands import Task
    from benchmarks.peers.told import Told


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool in one way of use."""

    name: str
    group: str
    """`render` or `links`: what it is compared with."""
    command: Callable[[Task], list[str]]
    count: Callable[[Path, Iterable[str]], int | None]
    """How many pages its own output tells of."""
    told: Callable[[Path], Iterable[Told]]
    """What it found wrong."""
    codes: frozenset[int]
    """Exit codes of a run that did its work, whatever it found."""
    cache: bool = False
    """Whether its second run can be quicker than its first."""
    asks_server: bool = False
    """Whether it fetches the pages from the local server; else it reads the folder."""


_OURS: Final = frozenset({0, 1, 3})
TOOLS: Final = (
    Tool("gonogo", "render", commands.gonogo, counted.gonogo, told.gonogo, _OURS, cache=True),
    Tool(
        "lighthouse-ci",
        "render",
        commands.lighthouse_ci,
        counted.lighthouse_ci,
        told.lighthouse_ci,
        frozenset({0}),
        asks_server=True,
    ),
    Tool(
        "unlighthouse",
        "render",
        commands.unlighthouse,
        counted.unlighthouse,
        told.unlighthouse,
        frozenset({0}),
        asks_server=True,
    ),
    Tool("pa11y-ci", "render", commands.pa11y_ci, counted.pa11y_ci, told.pa11y_ci, frozenset({0, 2}), asks_server=True),
    Tool(
        "sitespeed.io",
        "render",
        commands.sitespeed,
        counted.sitespeed,
        told.sitespeed,
        frozenset({0, 1}),
        asks_server=True,
    ),
    Tool("gonogo --no-render", "links", commands.gonogo_links, counted.gonogo, told.gonogo, _OURS, cache=True),
    Tool("lychee", "links", commands.lychee, counted.lychee, told.lychee, frozenset({0, 2}), cache=True),
    Tool(
        "linkinator",
        "links",
        commands.linkinator,
        counted.linkinator,
        told.linkinator,
        frozenset({0, 1}),
        asks_server=True,
    ),
    Tool("hyperlink", "links", commands.hyperlink, counted.hyperlink, told.hyperlink, frozenset({0, 1})),
    Tool("html-proofer", "links", commands.html_proofer, counted.html_proofer, told.html_proofer, frozenset({0, 1})),
)

LEFT_OUT: Final = {
    "hyperlink (npm `@untitaker/hyperlink`)": "its package fetches the program from elsewhere while it is installed",
    "sitespeed.io after 39.2.0": "40.5.0 needs browsertime 27.2.0 and 42.7.0 a `@sitespeed.io/log`, which npm did not "
    "have when the lock was made",
}
"""Tools that were tried and are not compared, and why."""
