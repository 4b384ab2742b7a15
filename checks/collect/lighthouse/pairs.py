"""Baseline and preview in turn, A B B A ..., until it is clear whether the preview is slower, or patience ends.

In: how to measure one side once. Out: pairs of metrics, or why there are none. Both sides are measured by the same
machine within seconds of each other, so that its noise falls on both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from checks.facts import comparison
from checks.facts.lighthouse import metrics

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from checks.collect.lighthouse.command import Outcome, Report

BASELINE: Final = "baseline"
PREVIEW: Final = "preview"
Pair = tuple[dict[str, float], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Paired:
    """What came of it."""

    pairs: tuple[Pair, ...]
    reports: tuple[Report, ...]
    """Those of the preview."""
    problem: str | None = None


async def in_turn(measure: Callable[[str], Awaitable[Outcome]], most: int) -> Paired:
    """Measure pairs until all is decided at one of the looks, or there are `most` of them.

    A run that died ends it: nothing is decided by what is left.
    """
    pairs: list[Pair] = []
    reports: list[Report] = []
    for number in range(most):
        order = (BASELINE, PREVIEW) if number % 2 == 0 else (PREVIEW, BASELINE)
        values: dict[str, dict[str, float]] = {}
        for side in order:
            outcome = await measure(side)
            if outcome.problem is not None:
                return Paired((), (), f"the {side}: {outcome.problem}")
            report: dict[str, Any] = outcome.reports[0]
            values[side] = metrics(report)
            if side == PREVIEW:
                reports.append(report)
        pairs.append((values[BASELINE], values[PREVIEW]))
        if len(pairs) in comparison.LOOKS and comparison.is_decided(pairs):
            break
    return Paired(tuple(pairs), tuple(reports))
