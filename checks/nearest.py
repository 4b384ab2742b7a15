"""What somebody may have meant by a name that nobody knows.

In: the name, and those that are known. Out: a few words for the end of a sentence.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIKE: Final = 0.6
"""How much of both names must be the same (difflib's ratio) before one is offered for the other."""
_AS_LIKE: Final = 0.03
"""What is behind the most alike by less than this is as likely meant: names of one family differ in a last word."""
_BEGUN: Final = 0.9
"""What a name counts that is like the beginning of another: `titel` may be `title`, and `title-length` less likely."""
_MOST: Final = 3


def nearest(name: str, known: Iterable[str], within: Iterable[str] = ()) -> str:
    """Return "; did you mean `NAME`?" for the known names most like `name`, behind `within`, else nothing.

    Several where they are as alike, three at most: who typed half a name sees how it may go on.
    """
    likeness = {one: max(_ratio(name, one), _BEGUN * _ratio(name, one[: len(name)])) for one in known}
    best = max(likeness.values(), default=0.0)
    if best < _LIKE:
        return ""
    as_like = [one for one, like in likeness.items() if like > best - _AS_LIKE]
    as_like.sort(key=lambda one: (-likeness[one], -_ratio(name, one), one))
    *others, last = (f"`{'.'.join([*within, one])}`" for one in as_like[:_MOST])
    return f"; did you mean {', '.join(others)} or {last}?" if others else f"; did you mean {last}?"


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
