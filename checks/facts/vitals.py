"""How a page loaded: the group `vitals`, which is the part of a document that differs from visit to visit.

In: what the browser timed, and whose scripts are whose. Out: the group. Nothing here is slowed down to a phone's pace
(docs/decisions/0018): the figures are those of this machine, and say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.texts import clip, well_formed
from checks.facts.urls import MAX_URL, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.facts.loading import Loading
    from checks.facts.look import Site

TIMES = ("lcp_ms", "fcp_ms", "ttfb_ms", "load_ms", "settle_ms")
LONG_TASK = 50.0
"""Milliseconds of a task that count as no blocking (https://web.dev/articles/tbt)."""
_SELECTOR = 300


def vitals(loading: Loading, site: Site) -> dict[str, Any]:
    """Return the group `vitals`, rounded: milliseconds to a tenth, shifts to four places."""
    times = {name: _rounded(loading.times.get(name), 1) for name in TIMES}
    fcp = loading.times.get("fcp_ms")
    return {
        **times,
        "cls": _rounded(loading.cls, 4),
        "tbt_ms": None if fcp is None else _rounded(blocking_time(loading.tasks, fcp), 1),
        "third_party_ms": _rounded(third_party_time(loading.scripts, site), 1),
        "lcp_element": _largest(loading),
        "shifts": shifts(loading.moved),
        "alone": loading.alone,
        "throttling": "none",
    }


def blocking_time(tasks: Iterable[tuple[float, float]], since: float) -> float:
    """Return what long tasks took beyond 50 ms each, as far as they lie behind `since` (the first paint)."""
    return sum(max(0.0, start + took - max(start, since) - LONG_TASK) for start, took in tasks)


def third_party_time(scripts: Mapping[str, float], site: Site) -> float:
    """Return how long scripts of others ran in frames that took too long."""
    parsed = ((parse(url), took) for url, took in scripts.items())
    return sum(took for address, took in parsed if address and address.is_web and not site.is_first_party(address))


def shifts(moved: Mapping[str, float]) -> list[dict[str, Any]]:
    """Return the elements that moved, the one that moved most first."""
    found = [
        {"selector": clip(well_formed(selector), _SELECTOR), "shift": round(value, 4)}
        for selector, value in moved.items()
        if round(value, 4) > 0
    ]
    return sorted(found, key=lambda one: (-float(str(one["shift"])), str(one["selector"])))


def _largest(loading: Loading) -> dict[str, Any] | None:
    if loading.lcp is None:
        return None
    selector, url = loading.lcp
    return {
        "selector": clip(well_formed(selector), _SELECTOR) if selector else None,
        "url": clip(url, MAX_URL) if url else None,
    }


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)
