"""The engine: whether a text matches a pattern, and what each part of the pattern stands for in it.

In: a tree, then texts. Out: `Match` or None, as a backtracking engine with the same pattern would find, first options
first. Pure, and linear in the text whatever the pattern: it goes once through the text from its end, and notes at each
place from which instructions a match can still be reached (as the bits of one number); then once from its beginning,
and takes at each place the first way that is among them (https://swtch.com/~rsc/regexp/regexp2.html has the idea).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.collect.hosts.patterns.program import Here, Program, compile_tree
from checks.collect.hosts.patterns.tree import ANY, Node, Repeat, Sequence, prefix_of

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 8_192
"""Characters of a text that is matched at all; servers refuse addresses long before."""


@dataclass(frozen=True, slots=True)
class Match:
    """What the parts of a pattern stand for."""

    captures: Mapping[str | int, str]
    """By name or number; a group that took no part is not there."""

    def get(self, name: str | int) -> str:
        """Return what a part stands for; empty where it took no part."""
        return self.captures.get(name, "")


class Machine:
    """One pattern, ready to match. `anywhere`: a match may begin and end anywhere in the text."""

    def __init__(self, tree: Node, *, anywhere: bool = False) -> None:
        self.prefix = "" if anywhere else prefix_of(tree)[0]
        self._anywhere = anywhere
        self._program = compile_tree(Sequence((Repeat(ANY, lazy=True), tree)) if anywhere else tree)

    def match(self, text: str) -> Match | None:
        """Return how the whole of `text` (or with `anywhere`, its first part that does) matches, or None."""
        if not text.startswith(self.prefix) or len(text) > LONGEST:
            return None
        alive, holding = _alive(self._program, text, anywhere=self._anywhere)
        if not alive[0] & 1:
            return None
        return Match(_captures(self._program, text, alive, holding, anywhere=self._anywhere))


def _alive(program: Program, text: str, *, anywhere: bool) -> tuple[list[int], list[int]]:
    """Return for each place the instructions from which a match can be reached, and the conditions that hold."""
    holding = _holding(program, text)
    found = [0] * (len(text) + 1)
    for place in range(len(text), -1, -1):
        seeds = program.accept if anywhere or place == len(text) else 0
        if place < len(text):
            seeds |= program.taking(text[place]) & (found[place + 1] >> 1)
        found[place] = program.closed(seeds, holding[place])
    return found, holding


def _holding(program: Program, text: str) -> list[int]:
    """Return for each place the conditions that hold, as the bits of their instructions."""
    if not program.conditions:
        return [0] * (len(text) + 1)
    looks = [_alive(look, text, anywhere=True)[0] for look in program.looks]
    return [
        sum(1 << number for number in program.conditions if program.holds(number, text, place, looks))
        for place in range(len(text) + 1)
    ]


def _captures(
    program: Program, text: str, alive: list[int], holding: list[int], *, anywhere: bool
) -> dict[str | int, str]:
    if not program.names:
        return {}
    marks: dict[int, int] = {}
    number = place = 0
    while number >= 0:
        ends = anywhere or place == len(text)
        here = Here(number, alive[place], holding[place], ends=ends)
        number, passed = program.step(here, text[place] if place < len(text) else "", alive[min(place + 1, len(text))])
        for slot in passed:
            marks[slot] = place
        place += 1
    return {
        name: text[marks[2 * index] : marks[2 * index + 1]]
        for index, name in enumerate(program.names)
        if 2 * index in marks and 2 * index + 1 in marks
    }
