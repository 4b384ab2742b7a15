"""How a value changed: numbers, texts, and lists of names.

In: the value before and the value after. Out: the parts of a group of a `change` document. Pure.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 300
"""Characters of a text that are compared: the work grows with their square."""
_WORD: Final = re.compile(r"\w+")


def number(before: float, after: float) -> dict[str, Any]:
    """Return both numbers, by how much there is more, and the shares that grew and that was lost."""
    delta = after - before
    return {
        "before": before,
        "after": after,
        "delta": delta,
        "grown_share": share(max(0, delta), before),
        "lost_share": share(max(0, -delta), before),
    }


def share(part: float, whole: float) -> float:
    """Return a share, rounded so that documents are equal when counts are; of nothing, 0 or 1."""
    if whole <= 0:
        return 1.0 if part > 0 else 0.0
    return round(part / whole, 4)


def text(before: str | None, after: str | None) -> dict[str, Any]:
    """Return both texts, whether they differ, whether there is none any more, and how alike they are (0 to 1)."""
    return {
        "before": before,
        "after": after,
        "changed": (before or "") != (after or ""),
        "emptied": bool(before) and not after,
        "likeness": likeness(before or "", after or ""),
    }


def likeness(one: str, other: str) -> float:
    """Return how much of two short texts is the same, 0 to 1 (Ratcliff and Obershelp, as `difflib` has it)."""
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one[:_LONGEST], other[:_LONGEST], autojunk=False)
    return round(matcher.ratio(), 2)


def removed(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Return what was there and is not, sorted."""
    return sorted({*before} - {*after})


def words(*texts: str | None) -> frozenset[str]:
    """Return the words of texts, in lower case."""
    return frozenset(word.lower() for each in texts if each for word in _WORD.findall(each[:_LONGEST]))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two sets have in common, 0 to 1; of nothing, 0."""
    either = one | other
    return round(len(one & other) / len(either), 2) if either else 0.0
