"""Messages with places to fill: `The title has {title.length} characters`.

In: a template, and where values are looked up. Out: text. What is filled in is never read as a template itself, and no
attribute of anything is ever reached: a place holds a path of names, and only dictionaries are gone into.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from checks.judge.finding import MISSING, clipped

PLACE: Final = re.compile(r"\{([^{}]*)\}")
PATH: Final = re.compile(r"[^\s.{}]+(?:\.[^\s.{}]+)*")
OF_THE_FINDING: Final = frozenset({"what", "value", "limit"})
"""Places that are filled from the finding where neither member nor document has a fact of that name."""
SHOWN_MEMBERS: Final = 5
LONG_NUMBER: Final = 10_000


def paths(template: str) -> list[str]:
    """Return what stands between each pair of braces."""
    return PLACE.findall(template)


def filled(template: str, *sources: Any) -> str:
    """Return `template` with each place filled from the first of `sources` that has a value there."""
    return PLACE.sub(lambda place: _shown(_first(tuple(place[1].split(".")), sources)), template)


def looked_up(path: Sequence[str], source: Any) -> Any:
    """Return the value at a path of names, or MISSING."""
    for name in path:
        if not isinstance(source, Mapping) or name not in source:
            return MISSING
        source = source[name]
    return source


def plain(value: Any) -> str:
    """Return a value as people write it: numbers without noise, lists with commas, and `none` for nothing."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.4f}".rstrip("0").rstrip(".")
        case str():
            return str(clipped(value)) or "empty"
        case list() | tuple():
            rest = len(value) - SHOWN_MEMBERS
            shown = ", ".join(plain(member) for member in value[:SHOWN_MEMBERS]) or "none"
            return f"{shown} and {rest} more" if rest > 0 else shown
        case Mapping():
            return json.dumps(clipped(value), ensure_ascii=False)
        case int():
            return str(value)
        case _:
            return "none"


def _shown(value: Any) -> str:
    """Return `value` as `plain` does, but a long number as 1,638,400: nobody can read the bytes of a page otherwise."""
    return f"{value:,}" if type(value) is int and abs(value) >= LONG_NUMBER else plain(value)


def _first(path: tuple[str, ...], sources: Sequence[Any]) -> Any:
    for source in sources:
        value = looked_up(path, source)
        if value is not MISSING:
            return value
    return MISSING
