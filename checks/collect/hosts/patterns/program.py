"""A tree as instructions, numbered so that sets of them are the bits of one number.

In: a tree. Out: a `Program` for `machine`. Pure. An instruction takes a character, marks a place, asks a condition, or
chooses between ways; all but the last lead to the instruction after them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from checks.collect.hosts.patterns.tree import (
    Ahead,
    Capture,
    Chars,
    Choice,
    Edge,
    Node,
    PatternError,
    Repeat,
    Sequence,
)

MOST = 5_000
"""Instructions: a pattern that a person wrote has a few dozen, and 4,096 characters are the most that a host takes."""
DEEPEST = 100
_MOST_REMEMBERED = 256
"""Of each kind and pattern: a path has few characters, and a host may have thousands of patterns."""
_WORD = Chars((("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z")))


class Here(NamedTuple):
    """A place on the way to a match."""

    number: int
    """The instruction that comes next."""
    alive: int
    """The instructions from which a match can be reached."""
    holding: int
    """The conditions that hold."""
    ends: bool
    """Whether a match may end here."""


@dataclass(slots=True)
class Program:
    """Instructions, by number."""

    chars: dict[int, Chars] = field(default_factory=dict)
    slots: dict[int, int] = field(default_factory=dict)
    conditions: dict[int, Edge | tuple[int, bool]] = field(default_factory=dict)
    """An edge; or the number of a look, and whether it must not hold."""
    ways: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Where a choice leads, first option first."""
    names: list[str | int] = field(default_factory=list)
    looks: list[Program] = field(default_factory=list)
    accept: int = 0
    """The bit of the last instruction."""
    leading_to: list[int] = field(default_factory=list)
    """For each instruction, those that lead to it in one step, without a character and without a condition."""
    _taking: dict[str, int] = field(default_factory=dict)
    _closed: dict[tuple[int, int], int] = field(default_factory=dict)
    _steps: dict[tuple[Here, str, int], tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def taking(self, character: str) -> int:
        """Return the bits of the instructions that take this character."""
        known = self._taking.get(character)
        if known is None:
            known = sum(1 << number for number, chars in self.chars.items() if chars.accepts(character))
            self._taking[character] = known
        return known

    def holds(self, number: int, text: str, place: int, looks: list[list[int]]) -> bool:
        """Return whether the condition of an instruction holds at a place; `looks`: what is alive in each, by place."""
        condition = self.conditions[number]
        if isinstance(condition, tuple):
            look, negated = condition
            return bool(looks[look][place] & 1) != negated
        if condition.kind in {"start", "end"}:
            return place == (0 if condition.kind == "start" else len(text))
        before = place > 0 and _WORD.accepts(text[place - 1])
        after = place < len(text) and _WORD.accepts(text[place])
        return (before != after) == (condition.kind == "word")

    def closed(self, seeds: int, holding: int) -> int:
        """Return `seeds` and every instruction that leads to one of them without taking a character.

        `holding` are the conditions that hold. Remembered: texts are alike, and so are the places in them.
        """
        known = self._closed.get((seeds, holding))
        if known is None:
            _make_room(self._closed)
            known = self._closed[seeds, holding] = self._closure(seeds, holding)
        return known

    def _closure(self, seeds: int, holding: int) -> int:
        found, waiting = 0, seeds
        while waiting:
            lowest = waiting & -waiting
            found |= lowest
            waiting = (waiting | self.leading_to[lowest.bit_length() - 1] | (lowest >> 1 & holding)) & ~found
        return found

    def step(self, here: Here, character: str, alive_after: int) -> tuple[int, tuple[int, ...]]:
        """Take the first way that leads to a match over the next character, and return where, and the slots passed.

        The number -1 says that the match is complete. Remembered, as `closed`.
        """
        key = here, character, alive_after
        known = self._steps.get(key)
        if known is None:
            _make_room(self._steps)
            known = self._steps[key] = self._step(here, character, alive_after)
        return known

    def _step(self, here: Here, character: str, alive_after: int) -> tuple[int, tuple[int, ...]]:
        taking = self.taking(character) if character else 0
        waiting: list[tuple[int, tuple[int, ...]]] = [(here.number, ())]
        seen = 0
        while waiting:
            number, passed = waiting.pop()
            bit = 1 << number
            if seen & bit or not here.alive & bit:
                continue
            seen |= bit
            if bit == self.accept:
                if here.ends:
                    return -1, passed
            elif number in self.chars:
                if taking & bit and alive_after & (bit << 1):
                    return number + 1, passed
            elif number in self.slots:
                waiting.append((number + 1, (*passed, self.slots[number])))
            elif number in self.conditions:
                if here.holding & bit:
                    waiting.append((number + 1, passed))
            else:
                waiting.extend((after, passed) for after in reversed(self.ways[number]))
        raise AssertionError("a way that is alive leads on")


def _make_room(remembered: dict[Any, Any]) -> None:
    if len(remembered) >= _MOST_REMEMBERED:
        remembered.clear()


def compile_tree(tree: Node) -> Program:
    """Return the instructions for `tree`. Raises PatternError for a pattern that is too large."""
    writing = _Writing()
    writing.write(tree, 0)
    return writing.done()


class _Writing:
    def __init__(self) -> None:
        self.program = Program()
        self.count = 0

    def done(self) -> Program:
        program = self.program
        program.accept = 1 << self.count
        program.leading_to = [0] * (self.count + 1)
        for number in range(self.count):
            if number in program.slots:
                program.leading_to[number + 1] |= 1 << number
            for after in program.ways.get(number, ()):
                program.leading_to[after] |= 1 << number
        return program

    def write(self, node: Node, depth: int) -> None:
        if depth > DEEPEST:
            raise PatternError("it is nested too deeply")
        match node:
            case Chars():
                self.program.chars[self._next()] = node
            case Edge():
                self.program.conditions[self._next()] = node
            case Sequence(parts):
                for part in parts:
                    self.write(part, depth + 1)
            case Choice(options):
                self._choice(options, depth)
            case Repeat():
                self._repeat(node, depth)
            case Capture(name, body):
                self._capture(name, body, depth)
            case Ahead(body, negated):
                self.program.looks.append(compile_tree(body))
                self.program.conditions[self._next()] = (len(self.program.looks) - 1, negated)

    def _next(self) -> int:
        self.count += 1
        if self.count > MOST:
            raise PatternError("it is too large")
        return self.count - 1

    def _choice(self, options: tuple[Node, ...], depth: int) -> None:
        start, begins, ends = self._next(), [], []
        for option in options:
            begins.append(self.count)
            self.write(option, depth + 1)
            ends.append(self._next())
        self.program.ways[start] = tuple(begins)
        for end in ends:
            self.program.ways[end] = (self.count,)

    def _repeat(self, node: Repeat, depth: int) -> None:
        for _ in range(node.least):
            self.write(node.body, depth + 1)
        if node.most is None:
            start = self._next()
            self.write(node.body, depth + 1)
            again = self._next()
            self.program.ways[again] = (start,)
            self.program.ways[start] = _ordered(start + 1, self.count, lazy=node.lazy)
            return
        skips = []
        for _ in range(node.most - node.least):
            skips.append(self._next())
            self.write(node.body, depth + 1)
        for skip in skips:
            self.program.ways[skip] = _ordered(skip + 1, self.count, lazy=node.lazy)

    def _capture(self, name: str | int, body: Node, depth: int) -> None:
        if name not in self.program.names:
            self.program.names.append(name)
        slot = 2 * self.program.names.index(name)
        self.program.slots[self._next()] = slot
        self.write(body, depth + 1)
        self.program.slots[self._next()] = slot + 1


def _ordered(into: int, past: int, *, lazy: bool) -> tuple[int, int]:
    return (past, into) if lazy else (into, past)
