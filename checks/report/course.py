"""The shares of pages with their targets, and the course that they have taken, as sentences for every report.

In: course.json. Out: a title with sentences, or nothing where there is neither a target nor a run to look back on. All
texts are the report's to escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.report.words import count

if TYPE_CHECKING:
    from checks.report.result import Document

TITLE: Final = "The course of the shares"
_BARS: Final = "▁▂▃▄▅▆▇█"
_SHOWN: Final = 12
"""Runs that a line shows, the newest."""


def sections(course: Document) -> list[tuple[str, list[str]]]:
    """Return the section about shares, targets and their course, or nothing."""
    points, shares = course.get("points") or [], course.get("shares") or []
    if len(points) < 2 and not any(one.get("target") for one in shares):  # noqa: PLR2004 - one point is no course
        return []
    # Of what nobody ever knew, the policies say so themselves.
    told = [_sentence(one) for one in shares if any(value is not None for value in one["values"])]
    shown = points[-_SHOWN:]
    if told and len(shown) > 1:
        told.append(f"{count(len(shown), 'run')}, from {shown[0]['day']} to {shown[-1]['day']}; · is not known")
    return [(TITLE, told)] if told else []


def _sentence(share: Document) -> str:
    values = share["values"][-_SHOWN:]
    course = f"  {_sparkline(values)}  from {_percent(values[0])}" if len(values) > 1 else ""
    return f"{_percent(values[-1])} {share['label']}{_target(share.get('target'))}{course}"


def _target(target: Any) -> str:
    if not target:
        return ""
    outcome = {True: "reached", False: "missed", None: "not known"}[target["met"]]
    return f" (target {_percent(target['least'])}, {target['owner']}: {outcome})"


def _percent(value: float | None) -> str:
    """Return a share for people. What is not all of it is never told as all of it, nor what is some as nothing."""
    if value is None:
        return "unknown"
    rounded = round(100 * value)
    return f"{rounded if (rounded == 100) == (value == 1) and (rounded == 0) == (value == 0) else 100 * value:.6g} %"  # noqa: PLR2004 - per cent


def _sparkline(values: list[float | None]) -> str:
    """Return one character a value, from nothing to all; a scale of its own would make a hundredth look like a fall."""
    return "".join("·" if value is None else _BARS[min(len(_BARS) - 1, int(value * len(_BARS)))] for value in values)
