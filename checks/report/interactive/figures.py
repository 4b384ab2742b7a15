"""The figures that both teams look at: shares with their targets and course, crawlers, headers.

In: the site document, the course where there is one, and outlines of pages as they come. Out: one JSON document.
Distributions are drawn from the lines of the pages, and need nothing more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from checks.report.outline import HEADERS

if TYPE_CHECKING:
    from checks.report.result import Document, Result

_SHARES: Final = {
    "indexable_share": "can be indexed",
    "described_share": "have a description",
    "structured_data_share": "have structured data",
    "valid_structured_data_share": "of those, valid",
    "reachable_share": "within three clicks of the home page",
}


@dataclass(slots=True)
class Figures:
    """What is counted over all pages."""

    pages: int = 0
    with_header: Counter[str] = field(default_factory=Counter)

    def look(self, outline: Document) -> None:
        """Count one page."""
        if outline["headers"] is not None:
            self.pages += 1
            self.with_header.update(outline["headers"])

    def told(self, result: Result) -> dict[str, Any]:
        """Return the document."""
        site = result.site
        return {
            **_shares(result),
            "crawlers": [
                {key: bot.get(key) for key in ("token", "class", "allowed", "wanted")}
                for bot in (site.get("ai") or {}).get("bots") or ()
            ],
            "headers": {
                "pages": self.pages,
                "host": str((site.get("config") or {}).get("host") or ""),
                "sends": bool((site.get("config") or {}).get("sends_headers")),
                "with": [{"name": name, "pages": self.with_header[name]} for name in HEADERS],
            },
            "atRisk": result.verdict.get("at_risk"),
        }


def _shares(result: Result) -> dict[str, Any]:
    """Return the shares and the days of their course; without a course, those of this run."""
    if result.course.get("shares"):
        return {key: result.course.get(key) or [] for key in ("points", "shares")}
    summary = result.site.get("summary") or {}
    targets = dict(_targets(result))
    return {
        "points": [],
        "shares": [
            {"fact": f"summary.{key}", "label": label, "values": [summary[key]], "target": targets.get(key)}
            for key, label in _SHARES.items()
            if summary.get(key) is not None
        ],
    }


def _targets(result: Result) -> list[tuple[str, dict[str, Any]]]:
    """Return the least that a policy in force asks of each share."""
    found = []
    for name, policy in result.policies.items():
        asked = (policy.get("properties") or {}).get("summary") or {}
        for key in _SHARES:
            least = (asked.get("properties") or {}).get(key, {}).get("minimum")
            if isinstance(least, int | float):
                value = (result.site.get("summary") or {}).get(key)
                met = None if value is None else value >= least
                found.append((key, {"policy": name, "owner": policy.get("x-owner"), "least": least, "met": met}))
    return found
