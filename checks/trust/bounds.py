"""The numbers that a schema lets through, by its bounds: of a number, of a text's length, of members.

In: two schemas. Out: whether what the one lets through lies within what the other does. Pure, and exact for numbers.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Names = tuple[str, str | None, str, str | None]
Limit = tuple[float, bool]
"""A number, and whether it is itself outside."""

BOUNDS: Final[tuple[Names, ...]] = (
    ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"),
    ("minLength", None, "maxLength", None),
    ("minItems", None, "maxItems", None),
    ("minProperties", None, "maxProperties", None),
)
"""Keywords that bound one number: at least, more than, at most, less than."""
BOUND_NAMES: Final = frozenset(name for names in BOUNDS for name in names if name)


def within(narrow: Mapping[str, Any], wide: Mapping[str, Any]) -> bool:
    """Say whether every number that the bounds of `narrow` let through is let through by those of `wide`."""
    return all(_within(narrow, wide, names) for names in BOUNDS)


def _within(narrow: Mapping[str, Any], wide: Mapping[str, Any], names: Names) -> bool:
    """Say whether the numbers that `narrow` lets through lie within those of `wide`."""
    low, high = _interval(narrow, names)
    if low[0] > high[0] or (low[0] == high[0] and (low[1] or high[1])):
        return True  # no number at all is let through
    wide_low, wide_high = _interval(wide, names)
    above = low[0] > wide_low[0] or (low[0] == wide_low[0] and low[1] >= wide_low[1])
    below = high[0] < wide_high[0] or (high[0] == wide_high[0] and high[1] >= wide_high[1])
    return above and below


def _interval(schema: Mapping[str, Any], names: Names) -> tuple[Limit, Limit]:
    at_least, more_than, at_most, less_than = names
    low: list[Limit] = [(schema.get(at_least, -inf), False)]
    high: list[Limit] = [(-schema.get(at_most, inf), False)]
    if more_than in schema and more_than is not None:
        low.append((schema[more_than], True))
    if less_than in schema and less_than is not None:
        high.append((-schema[less_than], True))
    most = max(high)
    return max(low), (-most[0], most[1])
