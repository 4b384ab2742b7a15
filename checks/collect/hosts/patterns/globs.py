"""Globs as Firebase writes them (those of the library minimatch): `*`, `**`, `?`, `{a,b}`, `[a-z]`, `@(a|b)`, `!(a)`.

In: a glob for a path. Out: a tree. Pure. A wildcard at the beginning of a part of the path does not stand for a name
that begins with a dot, and `**` does not go into such a folder.
"""

from __future__ import annotations

from typing import Final

from checks.collect.hosts.patterns.tree import (
    NO_SLASH,
    Ahead,
    Chars,
    Choice,
    Edge,
    Node,
    PatternError,
    Repeat,
    Sequence,
    literal,
)

MOST_OPTIONS: Final = 200
_NO_DOT: Final = Chars(((".", "."), ("/", "/")), negated=True)
_ANY_NAME: Final = Sequence((_NO_DOT, Repeat(NO_SLASH)))
_REST: Final = Repeat(NO_SLASH)
_EXTENDED: Final = "@!?*+"


def read(glob: str, *, dots: bool = False) -> Node:
    """Return the tree of a glob, which is made to begin with `/`. Raises PatternError for one that is broken.

    `dots`: wildcards stand for names that begin with a dot, too.
    """
    negated = glob.startswith("!") and not glob.startswith("!(")
    glob = glob[1:] if negated else glob
    glob = glob if glob.startswith("/") else f"/{glob}"
    options = tuple(_path(one, dots=dots) for one in _unfolded(glob))
    tree: Node = options[0] if len(options) == 1 else Choice(options)
    if negated:
        return Sequence((Ahead(Sequence((tree, Edge("end"))), negated=True), Repeat(Chars((), negated=True))))
    return tree


def _unfolded(glob: str) -> list[str]:
    """Return the globs that a glob with `{a,b}` stands for."""
    done: list[str] = []
    waiting = [glob]
    while waiting:
        if len(waiting) + len(done) > MOST_OPTIONS:
            raise PatternError(f"its braces stand for more than {MOST_OPTIONS} globs")
        one = waiting.pop(0)
        found = _braces(one)
        if found is None:
            done.append(one)
        else:
            start, end, options = found
            waiting[:0] = [one[:start] + option + one[end:] for option in options]
    return done


def _braces(glob: str) -> tuple[int, int, list[str]] | None:
    """Return where the first innermost pair of braces with a comma in it stands, and its options."""
    start = -1
    for at, character in enumerate(glob):
        if character == "{":
            start = at
        elif character == "}" and start >= 0:
            inner = glob[start + 1 : at]
            if "," in inner:
                return start, at + 1, inner.split(",")
            start = -1
    return None


def _path(glob: str, *, dots: bool) -> Node:
    parts = glob.split("/")[1:]
    name = Repeat(NO_SLASH, 1) if dots else _ANY_NAME
    folders = Repeat(Sequence((name, *literal("/").parts)))
    nodes: list[Node] = []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if number == 0:
            nodes += literal("/").parts
        if part == "**":
            nodes += (folders, Repeat(name, 0, 1)) if last else (folders,)
        else:
            nodes.append(_name(part, dots=dots))
            nodes += () if last else literal("/").parts
    return Sequence(tuple(nodes))


def _name(part: str, *, dots: bool) -> Node:
    """Return the tree for one part of a path."""
    nodes = _pieces(part)
    if part and part.strip("*") == "":
        # `*` alone stands for a name, and a name is not empty.
        nodes.insert(0, Ahead(NO_SLASH))
    if not dots and (part[:1] in {"*", "?", "["} or (part[:1] in _EXTENDED and part[1:2] == "(")):
        nodes.insert(0, Ahead(Chars(((".", "."),)), negated=True))
    return Sequence(tuple(nodes))


def _pieces(part: str) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    while at < len(part):
        character = part[at]
        if character in _EXTENDED and part[at + 1 : at + 2] == "(":
            end = _closing(part, at + 1)
            nodes.append(_extended(character, part[at + 2 : end], part[end + 1 :]))
            at = end + 1
        elif character == "[" and (end := part.find("]", at + 2)) > 0:
            nodes.append(_class(part[at + 1 : end]))
            at = end + 1
        else:
            nodes += _plain(character if character != "\\" else part[at + 1 : at + 2], escaped=character == "\\")
            at += 2 if character == "\\" else 1
    return nodes


def _plain(character: str, *, escaped: bool) -> tuple[Node, ...]:
    if escaped or character not in "*?":
        return literal(character).parts
    return (_REST,) if character == "*" else (NO_SLASH,)


def _closing(part: str, start: int) -> int:
    depth = 0
    for at in range(start, len(part)):
        depth += {"(": 1, ")": -1}.get(part[at], 0)
        if depth == 0:
            return at
    raise PatternError("it has a `(` without a `)`")


def _extended(kind: str, inner: str, rest: str) -> Node:
    options = Choice(tuple(Sequence(tuple(_pieces(option))) for option in _options(inner)))
    match kind:
        case "!":
            after = Sequence(tuple(_pieces(rest)))
            ends = Choice((Edge("end"), literal("/")))
            return Sequence((Ahead(Sequence((options, after, ends)), negated=True), _REST))
        case "@":
            return options
        case _:
            least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[kind]
            return Repeat(options, least, most)


def _options(inner: str) -> list[str]:
    found, depth = [""], 0
    for character in inner:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += character
    return found


def _class(inner: str) -> Chars:
    negated = inner[:1] in {"!", "^"}
    inner = inner[1:] if negated else inner
    ranges, at = [], 0
    while at < len(inner):
        if inner[at + 1 : at + 2] == "-" and at + 2 < len(inner):
            ranges.append((inner[at], inner[at + 2]))
            at += 3
        else:
            ranges.append((inner[at], inner[at]))
            at += 1
    # A class never stands for a slash, whatever it leaves out.
    return Chars((*ranges, ("/", "/")), negated=True) if negated else Chars(tuple(ranges))
