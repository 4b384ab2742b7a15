"""Patterns for addresses, as people write them in the settings: `*` within a part of the path, `**` across parts.

In: a pattern and a production path. Out: whether they match. Pure, and linear in the path whatever the pattern is: all
places of the pattern that the path can have reached are followed at once, as the bits of one number.
`captures` also says what each wildcard stood for, and `filled` writes that into another pattern.
Both sides are compared decoded, so `/über uns/*` and `/%C3%BCber%20uns/*` mean the same. The query plays no part.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Automaton(NamedTuple):
    plain: dict[str, int]
    """For each character the bits of the places that it moves on from."""
    stars: int
    """The places that stand for any number of characters, without a slash."""
    far_stars: int
    """The places that stand for any number of characters."""
    end: int
    """The bit that is set when the whole pattern has been seen."""


def matches(pattern: str, path: str) -> bool:
    """Tell whether `path` (percent-encoded, a query is ignored) matches `pattern` from its beginning to its end.

    >>> [matches(pattern, "/blog/2026/bread") for pattern in ("/blog/*", "/blog/*/bread", "/blog/**")]
    [False, True, True]
    """
    automaton = _compile(pattern)
    any_star = automaton.stars | automaton.far_stars
    reached = _past_stars(1, any_star)
    for character in unquote(path.partition("?")[0], errors="surrogateescape"):
        waiting = reached & (automaton.far_stars if character == "/" else any_star)
        reached = _past_stars(waiting | ((reached & automaton.plain.get(character, 0)) << 1), any_star)
        if not reached:
            return False
    return bool(reached & automaton.end)


def matches_any(patterns: Iterable[str], path: str) -> bool:
    """Tell whether `path` matches one of `patterns`."""
    return any(matches(pattern, path) for pattern in patterns)


@lru_cache(maxsize=4096)
def _compile(pattern: str) -> _Automaton:
    plain: dict[str, int] = {}
    stars = far_stars = place = 0
    for kind, text in _tokens(pattern):
        bit = 1 << place
        if kind == "plain":
            plain[text] = plain.get(text, 0) | bit
        elif kind == "star":
            stars |= bit
        else:
            far_stars |= bit
        place += 1
    return _Automaton(plain, stars, far_stars, 1 << place)


def _tokens(pattern: str) -> list[tuple[str, str]]:
    """Return the pattern's places; a run of stars is one place, so that no two of them stand side by side."""
    tokens: list[tuple[str, str]] = []
    for position, piece in enumerate(_split_at_stars(pattern)):
        if position % 2:
            tokens.append(("star" if piece == "*" else "far star", piece))
        else:
            tokens.extend(("plain", character) for character in unquote(piece, errors="surrogateescape"))
    return tokens


def _split_at_stars(pattern: str) -> list[str]:
    """Return texts and runs of stars in turn: texts at even places, runs at odd ones."""
    pieces = [""]
    for character in pattern:
        if (character == "*") == (len(pieces) % 2 == 1):
            pieces.append("")
        pieces[-1] += character
    return pieces


def wildcards(pattern: str) -> int:
    """Return how many wildcards `pattern` has."""
    return len(_split_at_stars(pattern)) // 2


def literals(pattern: str) -> int:
    """Return how many characters of `pattern` are no wildcard.

    >>> [literals(pattern) for pattern in ("/blog/**", "/blog/*/bread", "**")]
    [6, 12, 0]
    """
    return sum(kind == "plain" for kind, _ in _tokens(pattern))


def captures(pattern: str, path: str) -> tuple[str, ...] | None:
    """Return what each wildcard of `pattern` stands for in `path`, decoded; None where they do not match.

    Where there is a choice, an earlier wildcard stands for as little as it can.

    >>> captures("/blog/*/**", "/blog/2026/may/bread")
    ('2026', 'may/bread')
    """
    if not matches(pattern, path):
        return None
    tokens = _tokens(pattern)
    text = unquote(path.partition("?")[0], errors="surrogateescape")
    alive = _alive(tokens, text)
    found: list[str] = []
    at = 0
    for place, (kind, _) in enumerate(tokens):
        begin = at
        if kind == "plain":
            at += 1
            continue
        while not alive[at] >> (place + 1) & 1:
            at += 1
        found.append(text[begin:at])
    return tuple(found)


def filled(pattern: str, values: tuple[str, ...]) -> str:
    """Return `pattern` with its wildcards replaced by `values`, slashes around them removed.

    >>> filled("content/*/**.md", ("2026", "may/bread/"))
    'content/2026/may/bread.md'
    """
    pieces = _split_at_stars(pattern)
    pieces[1::2] = [value.strip("/") for value in values[: len(pieces) // 2]]
    return "".join(pieces)


def _alive(tokens: list[tuple[str, str]], text: str) -> list[int]:
    """Return for each position of `text` the places of the pattern, as bits, from which the rest matches the rest."""
    end = len(tokens)
    alive = [0] * len(text) + [_before_stars(1 << end, tokens)]
    for at in range(len(text) - 1, -1, -1):
        character, later, here = text[at], alive[at + 1], 0
        for place, (kind, wanted) in enumerate(tokens):
            if kind == "plain":
                here |= (later >> (place + 1) & 1) << place if wanted == character else 0
            elif kind == "far star" or character != "/":
                here |= later & 1 << place
        alive[at] = _before_stars(here, tokens)
    return alive


def _before_stars(here: int, tokens: list[tuple[str, str]]) -> int:
    """Add the stars whose next place is in `here`, for a star may stand for nothing."""
    for place, (kind, _) in enumerate(tokens):
        if kind != "plain" and here >> (place + 1) & 1:
            here |= 1 << place
    return here


def _past_stars(reached: int, any_star: int) -> int:
    """Add the places behind stars that are reached, for a star may stand for nothing."""
    return reached | ((reached & any_star) << 1)
