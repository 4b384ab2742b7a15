"""Sources of routes as Vercel and Firebase write them: `/blog/:slug`, `/docs/:path*`, `/post/:id([0-9]+)`.

In: a source. Out: a tree, and the names of its parameters. Pure. It is the syntax of the library path-to-regexp 6.1
(https://github.com/pillarjs/path-to-regexp/tree/v6.1.0#readme): a `/` or `.` before a parameter belongs to it, and
is repeated or left out together with it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from checks.collect.hosts.patterns import expressions
from checks.collect.hosts.patterns.tree import (
    NO_SLASH,
    Capture,
    Node,
    PatternError,
    Repeat,
    Sequence,
    literal,
)

_NAME = re.compile(r":(\w+)", re.ASCII)
_PREFIXES = "./"
_ONE_PART = Repeat(NO_SLASH, 1, lazy=True)
_FIRST = 1_000
"""Where the numbers of an expression's own groups begin; there must be none."""
_REFERENCE = re.compile(r":(\w+)([*+?]?)", re.ASCII)


class Route(NamedTuple):
    """A source that was read."""

    tree: Node
    names: tuple[str | int, ...]
    """Its parameters in order; those without a name are numbers from 1 on, counted over all of them."""


class _Piece(NamedTuple):
    """What stands between two parameters, and the parameter after it."""

    prefix: str
    name: str | int | None
    body: Node | None
    suffix: str
    modifier: str


def read(source: str) -> Route:
    """Return the tree of a source. Raises PatternError, with what is wrong, for one that is broken."""
    reading = _Reading(source)
    nodes: list[Node] = []
    names: list[str | int] = []
    for piece in reading.pieces():
        if isinstance(piece, str):
            nodes += literal(piece).parts
            continue
        nodes.append(_node(piece))
        if piece.body is not None and piece.name is not None:
            names.append(piece.name)
    return Route(Sequence(tuple(nodes)), tuple(names))


def references(target: str) -> list[str]:
    """Return the names of the parameters that a target speaks of, as `:name`."""
    return [found[1] for found in _REFERENCE.finditer(re.sub(r"^https?://", "", target))]


class _Reading:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.count = 0

    def pieces(self) -> list[str | _Piece]:
        found: list[str | _Piece] = []
        text = ""
        while self.at < len(self.source):
            character = self.source[self.at]
            if character in "*+?":
                raise PatternError(f"its `{character}` has nothing to repeat; a splat is written as `:path*`")
            if character in ":(":
                prefix = text[-1:] if text[-1:] in _PREFIXES else ""
                text = text[: len(text) - len(prefix)]
                found += [text] if text else []
                found.append(self._parameter(prefix))
                text = ""
            elif character == "{":
                found += [text] if text else []
                found.append(self._braces())
                text = ""
            else:
                text += self._plain()
        return [*found, text] if text else found

    def _plain(self) -> str:
        if self.source[self.at] == "}":
            raise PatternError("it has a `}` without a `{`")
        if self.source[self.at] == "\\":
            self.at += 1
        self.at += 1
        return self.source[self.at - 1 : self.at]

    def _parameter(self, prefix: str) -> _Piece:
        name, body = self._named()
        return _Piece(prefix, name, body, "", self._modifier())

    def _named(self) -> tuple[str | int, Node]:
        """Read a name, an expression in brackets, or both."""
        name: str | int | None = None
        if self.source[self.at] == ":":
            found = _NAME.match(self.source, self.at)
            if found is None:
                raise PatternError("a `:` in it has no name after it")
            name, self.at = found[1], found.end()
        self.count += 1
        if self.source[self.at : self.at + 1] != "(":
            return name or self.count, _ONE_PART
        end = self._closing()
        inner = self.source[self.at + 1 : end]
        self.at = end + 1
        if not inner or inner.startswith("?"):
            raise PatternError("an expression in it is empty, or begins with `?`")
        body, following = expressions.read(inner, _FIRST)
        if following != _FIRST:
            raise PatternError("an expression in it has a group of its own; write `(?:...)`")
        return name or self.count, body

    def _closing(self) -> int:
        depth, at = 0, self.at
        while at < len(self.source):
            if self.source[at] == "\\":
                at += 2
                continue
            depth += {"(": 1, ")": -1}.get(self.source[at], 0)
            if depth == 0:
                return at
            at += 1
        raise PatternError("it has a `(` without a `)`")

    def _braces(self) -> _Piece:
        self.at += 1
        prefix = self._text_until(":(}")
        name, body = self._named() if self.source[self.at : self.at + 1] in {":", "("} else (None, None)
        suffix = self._text_until("}")
        self.at += 1
        return _Piece(prefix, name, body, suffix, self._modifier())

    def _text_until(self, stops: str) -> str:
        text = ""
        while self.at < len(self.source) and self.source[self.at] not in stops:
            text += self._plain()
        if self.at >= len(self.source):
            raise PatternError("it has a `{` without a `}`")
        return text

    def _modifier(self) -> str:
        character = self.source[self.at : self.at + 1]
        if character in {"*", "+", "?"}:
            self.at += 1
            return character
        return ""


def _node(piece: _Piece) -> Node:
    before, after = literal(piece.prefix).parts, literal(piece.suffix).parts
    if piece.body is None or piece.name is None:
        inner: Node = Sequence((*before, *after))
        return _times(inner, piece.modifier)
    if piece.modifier in {"*", "+"} and (before or after):
        more = Repeat(Sequence((*after, *before, piece.body)))
        whole = Sequence((*before, Capture(piece.name, Sequence((piece.body, more))), *after))
        return Repeat(whole, 0, 1) if piece.modifier == "*" else whole
    if piece.modifier in {"*", "+"}:
        return Capture(piece.name, _times(piece.body, piece.modifier))
    return _times(Sequence((*before, Capture(piece.name, piece.body), *after)), piece.modifier)


def _times(node: Node, modifier: str) -> Node:
    least, most = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}[modifier]
    return node if modifier == "" else Repeat(node, least, most)
