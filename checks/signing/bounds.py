"""The bound that a sign-off is given: the worst value that was found.

In: what was measured and what is allowed. Out: in which direction the finding fails, and the worst of several values.
Pure.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from checks.signoff.bounds import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UPWARD: Final = 1
DOWNWARD: Final = -1
NONE: Final = 0


def direction(finding: Mapping[str, Any]) -> int:
    """Return whether a finding gets worse UPWARD or DOWNWARD; NONE where its value and limit do not say."""
    value, limit = number(finding.get("value")), number(finding.get("limit"))
    if value is None or limit is None or value == limit:
        return NONE
    return UPWARD if value > limit else DOWNWARD


def worst(findings: Iterable[Mapping[str, Any]]) -> float | None:
    """Return the value that is farthest beyond the limit; None where not all of them have a direction, and the same."""
    values: list[float] = []
    directions: set[int] = set()
    for finding in findings:
        directions.add(direction(finding))
        values.append(number(finding.get("value")) or 0)
    if len(directions) != 1 or NONE in directions:
        return None
    return max(values) if UPWARD in directions else min(values)


def loosened(found: float | None, wanted: Any, finding: Mapping[str, Any]) -> float | None:
    """Return `wanted` where it lets `finding` become worse than the bound `found`, or is that bound; else None."""
    bound = number(wanted)
    if found is None or bound is None or not math.isfinite(bound) or (bound - found) * direction(finding) < 0:
        return None
    return bound
