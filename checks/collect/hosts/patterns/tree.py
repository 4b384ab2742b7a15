"""What a pattern consists of, whichever language it was written in.

In: nothing; the readers of the languages build these. Out: nodes, which `machine` runs. Pure.
There are no back references: with them, matching takes exponential time, and no host promises them.
"""

from __future__ import annotations

from dataclasses import dataclass

Ranges = tuple[tuple[str, str], ...]
"""First and last character of each range, both inclusive."""


class PatternError(ValueError):
    """A pattern that is broken, or says something that is not evaluated here; the message says what."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character: one of `ranges`, or where `negated` is true, none of them."""

    ranges: Ranges
    negated: bool = False

    def accepts(self, character: str) -> bool:
        """Return whether it stands for this character."""
        return any(first <= character <= last for first, last in self.ranges) != self.negated


@dataclass(frozen=True, slots=True)
class Sequence:
    """Its parts, one after the other."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The first of its options that leads to a match."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Its body, from `least` to `most` times (None: without end); `lazy`: as seldom as possible."""

    body: Node
    least: int = 0
    most: int | None = None
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """Its body, remembered under a name: text, or the number of the group, from 1 on."""

    name: str | int
    body: Node


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters: `start`, `end`, `word` (where a word begins or ends), `inside` (where none does)."""

    kind: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """A place from which its body matches what follows; where `negated` is true, one from which it does not."""

    body: Node
    negated: bool = False


Node = Chars | Sequence | Choice | Repeat | Capture | Edge | Ahead

ANY = Chars((), negated=True)
"""Any character at all."""
NO_SLASH = Chars((("/", "/"),), negated=True)
SEGMENT = Repeat(NO_SLASH, 1)
"""One part of a path."""


def literal(text: str) -> Sequence:
    """Return the node that stands for `text` itself."""
    return Sequence(tuple(Chars(((character, character),)) for character in text))


def prefix_of(node: Node) -> tuple[str, bool]:
    """Return the text that everything begins with that matches `node`, and whether that is the whole of it."""
    match node:
        case Chars(((first, last),), False) if first == last:
            return first, True
        case Sequence(parts):
            text = ""
            for part in parts:
                more, whole = prefix_of(part)
                text += more
                if not whole:
                    return text, False
            return text, True
        case Capture(_, body):
            return prefix_of(body)
        case _:
            return "", False
