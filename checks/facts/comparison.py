"""Baseline and preview, measured in turn: by how much each metric changed, and between which bounds that lies.

In: pairs of measurements. Out: for each metric the effect and an interval that holds the true median of the paired
differences with 95 % confidence, and which metrics are still undecided. Pure.

The interval is the one that belongs to the sign test: order statistics of the differences, chosen by the binomial
distribution. It assumes nothing about how the noise is distributed, and needs 6 pairs at least.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from scipy.stats import quantile_test

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONFIDENCE: Final = 0.95
LOOKS: Final = (6, 8, 10, 12)
"""After how many pairs one looks whether all is decided. Where nothing has changed, the chance that one of these looks
finds a given metric worse, whatever the limit, is at most 1/64 + 1/256 + 11/1024 + 79/4096 = 5 % in all."""


@dataclass(frozen=True, slots=True)
class Step:
    """What makes a change matter: both must be exceeded. The shipped policies have the same limits."""

    absolute: float
    relative: float


STEP_BY_METRIC: Final[dict[str, Step]] = {
    "lcp_ms": Step(300, 0.2),
    "fcp_ms": Step(200, 0.2),
    "tbt_ms": Step(100, 0.3),
    "cls": Step(0.05, 0),
}


def compare(pairs: Sequence[tuple[Mapping[str, float], Mapping[str, float]]]) -> dict[str, Any]:
    """Return the group `comparison` for pairs of (baseline, preview), each a value for every metric."""
    found = {name: _metric(name, [(before[name], after[name]) for before, after in pairs]) for name in STEP_BY_METRIC}
    undecided = sorted(name for name, one in found.items() if not one["decided"])
    return {"pairs": len(pairs), "confidence": CONFIDENCE, **found, "undecided": undecided, "decided": not undecided}


def is_decided(pairs: Sequence[tuple[Mapping[str, float], Mapping[str, float]]]) -> bool:
    """Return whether more pairs would change nothing: every metric is worse, or cannot be by a step that matters."""
    return len(pairs) >= LOOKS[0] and bool(compare(pairs)["decided"])


def _metric(name: str, values: Sequence[tuple[float, float]]) -> dict[str, Any]:
    differences = [after - before for before, after in values]
    baseline, preview = median(before for before, _ in values), median(after for _, after in values)
    effect = median(differences)
    low, high = _interval(differences)
    step, places = STEP_BY_METRIC[name], 4 if name == "cls" else 1
    matters = max(step.absolute, step.relative * baseline)
    worse = low is not None and low > 0 and effect > matters
    harmless = high is not None and high <= matters
    return {
        "baseline": round(baseline, places),
        "preview": round(preview, places),
        "effect": round(effect, places),
        "relative": round(effect / baseline, 3) if baseline else None,
        "low": None if low is None else round(low, places),
        "high": None if high is None else round(high, places),
        "decided": worse or harmless,
    }


def _interval(differences: Sequence[float]) -> tuple[float | None, float | None]:
    """Return the bounds of the median of the differences; None where there are too few to tell one."""
    if len(differences) < LOOKS[0]:
        return None, None
    found: Any = quantile_test(differences, q=0, p=0.5).confidence_interval(CONFIDENCE)  # its stubs say float
    low, high = float(found.low), float(found.high)
    return None if math.isnan(low) else low, None if math.isnan(high) else high
