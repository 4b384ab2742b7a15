"""What the workbench needs besides the facts of the pages: rules, their limits, what can be asked of, who signs, where.

In: a `Result`. Out: one JSON document, the part `workbench`. What reads it is report-app/src/workbench/data.ts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks import shapes
from checks.judge import policies
from checks.judge.patching import Place, places_of
from checks.judge.shape import Fact
from checks.report.interactive.fact_table import fact_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.report.result import Document, Result

KINDS: Final = ("page", "site")
"""What a rule that is made in the browser can be about; the browser has no documents of other kinds."""
_MOST_LINES: Final = 500
"""Of what a review can sign for; beyond that, nobody chooses line by line."""


def workbench(result: Result) -> dict[str, Any]:
    """Return the document."""
    return {
        "policies": {name: dict(document) for name, document in sorted(result.policies.items())},
        "limits": {name: limits(document) for name, document in sorted(result.policies.items())},
        "taken": sorted(policies.known_ids([]) | set(result.policies)),
        "site": result.site or None,
        "config": next(iter(result.pages()), {}).get("config"),
        "facts": {kind: fact_table(shapes.load(kind)) for kind in KINDS},
        "owners": sorted(map(str, result.verdict.get("owners") or ())),
        "offer": _offer(result.verdict),
        "published": result.run.get("published"),
        "folder": result.folder,
        "until": str(result.run.get("finished") or "")[:10],
    }


def limits(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the limits of a policy that a project can change by a merge patch, which replaces lists as a whole."""
    return [
        {"steps": place.steps, "fact": place.fact, "says": _says(document, place), "value": place.value}
        for place in places_of(document)
        if not place.in_list
    ]


def _says(document: Mapping[str, Any], limit: Place) -> str:
    """Return what the fact means that a limit is about; empty where its shape does not say."""
    shape = shapes.load(str(document["x-reads"]))
    fact: Fact | None = Fact.of(shape, shape)
    # A rule for some pages stands under a name of its own, which is no part of the way to the fact.
    for name in limit.fact.split(".")[limit.steps[0] == "$defs" :]:
        holder = fact.member() or fact if fact else None
        fact = holder.property(name) if holder else None
    return fact.says if fact else ""


def _offer(verdict: Document) -> dict[str, Any] | None:
    told = verdict.get("offer") or {}
    lines = [str(line) for line in told.get("lines") or ()]
    if not lines:
        return None
    head, foot = ([str(line) for line in told.get(part) or ()] for part in ("head", "foot"))
    return {"head": head, "lines": lines[:_MOST_LINES], "foot": foot, "leftOut": max(0, len(lines) - _MOST_LINES)}
