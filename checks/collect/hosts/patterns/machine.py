"""The engine: whether a text matches a pattern, and what each part of the pattern stands for in it.

In: a tree, then texts. Out: `Match` or None, as a backtracking engine with the same pattern would find, first options
first. Pure, and linear in the text whatever the pattern: it goes once through the text from its end, and notes at each
place from which instructions a match can still be reached (as the bits of one number); then once from its beginning,
and takes at each place the first way that is among them (https://swtch.com/~rsc/regexp/regexp2.html has the idea).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.collect.hosts.patterns.program import Program, compile_tree
from checks.collect.hosts.patterns.tree import ANY, Node, Repeat, Sequence, prefix_of

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 8_192
"""Characters of a text that is matched at all; servers refuse addresses long before."""

Saves = tuple["Saves | None", int, int]
"""The marks passed on the way: those before, the slot, the place."""


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
        alive, looks = _alive(self._program, text, anywhere=self._anywhere)
        if not alive[0] & 1:
            return None
        return Match(_captures(self._program, text, alive, looks, anywhere=self._anywhere))


def _alive(program: Program, text: str, *, anywhere: bool) -> tuple[list[int], list[int]]:
    """Return for each place the instructions from which a match can be reached; likewise where each look holds."""
    looks = [_holding(look, text) for look in program.looks]
    found = [0] * (len(text) + 1)
    for place in range(len(text), -1, -1):
        seeds = program.accept if anywhere or place == len(text) else 0
        if place < len(text):
            seeds |= program.taking(text[place]) & (found[place + 1] >> 1)
        found[place] = _closed(program, seeds, text, place, looks)
    return found, looks


def _holding(look: Program, text: str) -> int:
    alive, _ = _alive(look, text, anywhere=True)
    return sum(1 << place for place, mask in enumerate(alive) if mask & 1)


def _closed(program: Program, seeds: int, text: str, place: int, looks: list[int]) -> int:
    """Return `seeds` and every instruction that leads to one of them without taking a character."""
    found, waiting = 0, seeds
    while waiting:
        lowest = waiting & -waiting
        found |= lowest
        waiting = (waiting | program.leading_to[lowest.bit_length() - 1]) & ~found
        if not waiting:
            for number in program.conditions:
                if not found >> number & 1 and found >> (number + 1) & 1 and program.holds(number, text, place, looks):
                    waiting |= 1 << number
    return found


def _captures(
    program: Program, text: str, alive: list[int], looks: list[int], *, anywhere: bool
) -> dict[str | int, str]:
    place, number = 0, 0
    saves: Saves | None = None
    while True:
        number, saves = _step(program, text, (place, number, saves), alive, looks, anywhere=anywhere)
        if number < 0:
            return _named(program, text, saves)
        place += 1


def _step(
    program: Program,
    text: str,
    state: tuple[int, int, Saves | None],
    alive: list[int],
    looks: list[int],
    *,
    anywhere: bool,
) -> tuple[int, Saves | None]:
    """Take the first way that leads to a match over the next character; -1: the match is complete."""
    place, start, kept = state
    waiting: list[tuple[int, Saves | None]] = [(start, kept)]
    seen = 0
    while waiting:
        number, saves = waiting.pop()
        if seen >> number & 1 or not alive[place] >> number & 1:
            continue
        seen |= 1 << number
        if program.accept >> number & 1:
            if anywhere or place == len(text):
                return -1, saves
        elif program.is_taking(number):
            if place < len(text) and program.taking(text[place]) >> number & 1 and alive[place + 1] >> (number + 1) & 1:
                return number + 1, saves
        elif (slot := program.slots.get(number)) is not None:
            waiting.append((number + 1, (saves, slot, place)))
        elif number in program.conditions:
            if program.holds(number, text, place, looks):
                waiting.append((number + 1, saves))
        else:
            waiting.extend((after, saves) for after in reversed(program.ways[number]))
    raise AssertionError("a way that is alive leads on")


def _named(program: Program, text: str, saves: Saves | None) -> dict[str | int, str]:
    places: dict[int, int] = {}
    while saves is not None:
        before, slot, place = saves
        places.setdefault(slot, place)
        saves = before
    return {
        name: text[places[2 * index] : places[2 * index + 1]]
        for index, name in enumerate(program.names)
        if 2 * index in places and 2 * index + 1 in places
    }
