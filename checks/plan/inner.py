"""What a redirect map says of itself: conflicts, duplicates, loops, chains, what is dumped on the home page. Pure.

In: its lines, the home page. Out: faults, and which target each address finally has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checks.plan.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from checks.plan.redirect_map import Line

FOR_NOW: Final = frozenset({302, 303, 307})
DUMPED_FROM: Final = 5
DUMPED_SHARE: Final = 0.1
"""So many addresses, and more than this share of the map, on the home page are no accident."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where an address leads in the end."""

    end: str | None
    """None: nowhere, or round in a circle."""
    last: str
    """The last address of the map on the way."""
    back: str | None = None
    """The address that a circle comes back to."""


def first_of(lines: Sequence[Line]) -> dict[str, Line]:
    """Return the line of each address: the first one decides, as it does on every host."""
    found: dict[str, Line] = {}
    for line in lines:
        found.setdefault(line.source, line)
    return found


def faults(lines: Sequence[Line], home: str) -> Iterator[Fault]:
    """Yield what is wrong with the map itself."""
    first = first_of(lines)
    way = ways(first)
    for line in lines:
        earlier = first[line.source]
        if earlier is not line:
            yield _again(line, earlier)
            continue
        yield from _way(line, first, way[line.source])
        if line.status in FOR_NOW:
            yield Fault("temporary", line.line, line.source, f"it has status {line.status}; 301 and 308 are for good")
    yield from _dumped([line for line in first.values() if line.target == home and line.source != home], len(first))


def _again(line: Line, earlier: Line) -> Fault:
    if (line.target, line.status) == (earlier.target, earlier.status):
        return Fault("duplicate", line.line, line.source, f"it stands on line {earlier.line}, too")
    there = f"{earlier.target or 'nowhere'} ({earlier.status})"
    said = f"line {earlier.line} leads it to {there}, this one to {line.target or 'nowhere'} ({line.status})"
    return Fault("conflict", line.line, line.source, said)


def _way(line: Line, first: Mapping[str, Line], way: Way) -> Iterator[Fault]:
    if way.back is not None:
        yield Fault("loop", line.line, line.source, f"it comes back to {way.back}")
    elif line.target is not None and line.target in first:
        end = way.end or f"nowhere ({first[way.last].status})"
        said = f"{line.target} is redirected on line {first[line.target].line}; lead it to {end} at once"
        yield Fault("chain", line.line, line.source, said)


def ways(first: Mapping[str, Line]) -> dict[str, Way]:
    """Follow every address through the map; each is followed once, however long the chains are."""
    found: dict[str, Way] = {}
    for start in first:
        passed: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in first and at not in found and at not in passed:
            passed[at] = None
            at = first[at].target
        before = True
        for source in passed if at in passed else ():
            before = before and source != at
            found[source] = Way(None, source, at if before else source)
        for source in reversed(passed) if at not in passed else ():
            target = first[source].target
            found[source] = found.get(target or "", Way(target, source))
    return found


def _dumped(to_home: Sequence[Line], total: int) -> Iterator[Fault]:
    if len(to_home) >= DUMPED_FROM and len(to_home) > DUMPED_SHARE * total:
        share = len(to_home) / total
        said = f"{len(to_home):,} of {total:,} addresses ({share:.0%}) are sent to the home page"
        yield Fault("home-dumping", None, str(to_home[0].target), said)
    for line in to_home:
        yield Fault("to-home", line.line, line.source, "lead it to the page that is about the same, or answer 410")
