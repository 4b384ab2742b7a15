"""Messages with places to fill: `The title has {title.length} characters`.

In: a template, and where values are looked up. Out: text. What is filled in is never read as a template itself, and no
attribute of anything is ever reached: a place holds a path of names, and only dictionaries are gone into.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from checks.judge.finding import MISSING, clipped

if TYPE_CHECKING:
    from checks.judge.shape import Fact

PLACE: Final = re.compile(r"\{([^{}]*)\}")
PATH: Final = re.compile(r"[^\s.{}]+(?:\.[^\s.{}]+)*")
OF_THE_FINDING: Final = frozenset({"what", "value", "limit"})
"""Places that are filled from the finding where neither member nor document has a fact of that name."""
SHOWN_MEMBERS: Final = 5
LONG_NUMBER: Final = 10_000


def paths(template: str) -> list[str]:
    """Return what stands between each pair of braces."""
    return PLACE.findall(template)


def filled(template: str, *sources: Any, shape: Fact | None = None) -> str:
    """Return `template` with each place filled from the first of `sources` that has a value there.

    `shape` says of lists in the document by what their members are known.
    """

    def fill(place: re.Match[str]) -> str:
        path = tuple(place[1].split("."))
        fact = shape.at(path) if shape is not None else None
        return _shown(_first(path, sources), fact.identity if fact is not None else None)

    return PLACE.sub(fill, template)


def looked_up(path: Sequence[str], source: Any) -> Any:
    """Return the value at a path of names, or MISSING."""
    for name in path:
        if not isinstance(source, Mapping) or name not in source:
            return MISSING
        source = source[name]
    return source


def plain(value: Any, identity: str | None = None) -> str:
    """Return a value as people write it: numbers without noise, lists with commas, and `none` for nothing.

    `identity` names the part by which a list's members are known.
    """
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.4f}".rstrip("0").rstrip(".")
        case str():
            return str(clipped(value)) or "empty"
        case list() | tuple():
            rest = len(value) - SHOWN_MEMBERS
            shown = ", ".join(_member(member, identity) for member in value[:SHOWN_MEMBERS]) or "none"
            return f"{shown} and {rest} more" if rest > 0 else shown
        case Mapping():
            return json.dumps(clipped(value), ensure_ascii=False)
        case int():
            return str(value)
        case _:
            return "none"


def _shown(value: Any, identity: str | None = None) -> str:
    """Return `value` as `plain` does, but a long number as 1,638,400: nobody can read the bytes of a page otherwise."""
    return f"{value:,}" if type(value) is int and abs(value) >= LONG_NUMBER else plain(value, identity)


def _member(member: Any, identity: str | None) -> str:
    """Return a member of a list: what it is known by, and the rest of it in brackets."""
    if identity is None or not isinstance(member, Mapping) or identity not in member:
        return plain(member)
    rest = ", ".join(f"{name} {_shown(value)}" for name, value in member.items() if name != identity)
    return f"{plain(member[identity])} ({rest})" if rest else plain(member[identity])


def _first(path: tuple[str, ...], sources: Sequence[Any]) -> Any:
    for source in sources:
        value = looked_up(path, source)
        if value is not MISSING:
            return value
    return MISSING
