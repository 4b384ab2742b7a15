"""Numbers and names as the sentences of a verdict say them.

In: counts and names. Out: words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.verdict.counting import NAMED

if TYPE_CHECKING:
    from collections.abc import Sequence


def many(count: int, one: str, more: str = "") -> str:
    """Return a number with its noun; `more` is the plural where it is not made with an s."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def some(names: Sequence[str], count: int = 0) -> str:
    """Return the first of `names`, and how many more there are (of `count`, where not all were kept)."""
    rest = (count or len(names)) - min(len(names), NAMED)
    return ", ".join(names[:NAMED]) + (f", and {rest:,} more" if rest > 0 else "")
