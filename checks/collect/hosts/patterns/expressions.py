"""Regular expressions as JavaScript and RE2 write them, as far as hosts take them in their settings.

In: an expression. Out: a tree. Pure. Not evaluated, and said so: back references, what looks behind, flags, classes by
Unicode property.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

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

if TYPE_CHECKING:
    from checks.collect.hosts.patterns.tree import Ranges

MOST_REPEATS = 1_000
DEEPEST = 40
_LINE_ENDS: Ranges = (("\n", "\n"), ("\r", "\r"), ("\u2028", "\u2029"))
_DIGIT: Ranges = (("0", "9"),)
_WORD: Ranges = (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z"))
_SPACE: Ranges = (("\t", "\r"), (" ", " "), ("\xa0", "\xa0"), ("\u2028", "\u2029"), ("\ufeff", "\ufeff"))
_CLASSES: dict[str, Ranges] = {"d": _DIGIT, "w": _WORD, "s": _SPACE}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}
_COUNTED = re.compile(r"\{(\d{1,9})(,(\d{0,9}))?\}")
_NAME = re.compile(r"\?P?<([A-Za-z_$][\w$]{0,100})>", re.ASCII)
_TIMES: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_LAST = "\U0010ffff"


def read(text: str, first_group: int = 1) -> tuple[Node, int]:
    """Return the tree of an expression, and the number that the next group after it has.

    Raises PatternError, with what is wrong, for one that is broken or not evaluated.
    """
    reading = _Reading(text, first_group)
    node = reading.choice(0)
    if reading.at < len(text):
        reading.fail("it has a `)` without a `(`")
    return node, reading.group


class _Reading:
    def __init__(self, text: str, group: int) -> None:
        self.text = text
        self.at = 0
        self.group = group

    def fail(self, what: str) -> NoReturn:
        raise PatternError(what)

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _skips(self, text: str) -> bool:
        if self.text.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def choice(self, depth: int) -> Node:
        if depth > DEEPEST:
            self.fail("it is nested too deeply")
        options = [self._sequence(depth)]
        while self._skips("|"):
            options.append(self._sequence(depth))
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.at < len(self.text) and self._next() not in "|)":
            parts.append(self._repeated(self._atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, node: Node) -> Node:
        counted = _COUNTED.match(self.text, self.at)
        if self._next() in _TIMES and self._next():
            least, most = _TIMES[self._next()]
            self.at += 1
        elif counted:
            least = int(counted[1])
            most = (int(counted[3]) if counted[3] else None) if counted[2] else least
            self.at = counted.end()
        else:
            return node
        if max(least, most or 0) > MOST_REPEATS or (most is not None and most < least):
            self.fail(f"it repeats something {counted[0] if counted else ''} times")
        if isinstance(node, Edge | Ahead):
            self.fail("it repeats a condition")
        lazy = self._skips("?")
        if self._next() in {"*", "+"}:
            self.fail("it repeats a repetition")
        return Repeat(node, least, most, lazy)

    def _atom(self, depth: int) -> Node:
        character = self._next()
        self.at += 1
        match character:
            case ".":
                return Chars(_LINE_ENDS, negated=True)
            case "^":
                return Edge("start")
            case "$":
                return Edge("end")
            case "(":
                return self._group(depth)
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                self.fail(f"its `{character}` has nothing to repeat")
        return Chars(((character, character),))

    def _group(self, depth: int) -> Node:
        wrap = self._opened()
        body = self.choice(depth + 1)
        if not self._skips(")"):
            self.fail("it has a `(` without a `)`")
        if wrap is None:
            return body
        return Ahead(body, negated=wrap) if isinstance(wrap, bool) else Capture(wrap, body)

    def _opened(self) -> str | int | bool | None:
        """Read what follows a bracket: the name or number of the group, whether a look is negated, None for neither."""
        if self._skips("?:"):
            return None
        if self._skips("?="):
            return False
        if self._skips("?!"):
            return True
        if named := _NAME.match(self.text, self.at):
            self.at = named.end()
            self.group += 1
            return named[1]
        if self._next() == "?":
            what = "looks behind" if self.text.startswith(("?<=", "?<!"), self.at) else "sets flags"
            self.fail(f"it {what}, which is not evaluated")
        self.group += 1
        return self.group - 1

    def _escape(self) -> Node:
        character = self._next()
        self.at += 1
        if not character:
            self.fail("it ends with a `\\`")
        if character in "bB":
            return Edge("word" if character == "b" else "inside")
        if character in "123456789k":
            self.fail("it refers back to a group, which is not evaluated")
        if character in "pP":
            self.fail("it asks for a Unicode property, which is not evaluated")
        if character.lower() in _CLASSES:
            return Chars(_CLASSES[character.lower()], negated=character.isupper())
        character = self._spelled(character)
        return Chars(((character, character),))

    def _spelled(self, character: str) -> str:
        if character in _CONTROLS:
            return _CONTROLS[character]
        digits = {"x": 2, "u": 4}.get(character)
        if digits is not None and re.fullmatch(rf"[0-9A-Fa-f]{{{digits}}}", self.text[self.at : self.at + digits]):
            character = chr(int(self.text[self.at : self.at + digits], 16))
            self.at += digits
        return character

    def _class(self) -> Node:
        negated = self._skips("^")
        ranges: list[tuple[str, str]] = []
        while not self._skips("]"):
            if self.at >= len(self.text):
                self.fail("it has a `[` without a `]`")
            first = self._member()
            if self.text[self.at : self.at + 1] == "-" and self.text[self.at + 1 : self.at + 2] not in {"]", ""}:
                self.at += 1
                last = self._member()
                if len(first) == len(last) == 1 and first[0][0] == first[0][1] and last[0][0] == last[0][1]:
                    if first[0][0] > last[0][0]:
                        self.fail("a range in it runs backwards")
                    ranges.append((first[0][0], last[0][0]))
                    continue
                first = (*first, ("-", "-"), *last)
            ranges.extend(first)
        return Chars(tuple(ranges), negated)

    def _member(self) -> Ranges:
        character = self._next()
        self.at += 1
        if character != "\\":
            return ((character, character),)
        character = self._next()
        self.at += 1
        if not character:
            self.fail("it ends with a `\\`")
        if character in "pP":
            self.fail("it asks for a Unicode property, which is not evaluated")
        if character.lower() in _CLASSES:
            ranges = _CLASSES[character.lower()]
            return ranges if character.islower() else _complement(ranges)
        character = "\b" if character == "b" else self._spelled(character)
        return ((character, character),)


def _complement(ranges: Ranges) -> Ranges:
    gaps, after = [], "\0"
    for first, last in sorted(ranges):
        if first > after:
            gaps.append((after, chr(ord(first) - 1)))
        after = chr(ord(last) + 1)
    return (*gaps, (after, _LAST))
