"""While you are here: existing findings that the very files of a change cause, so that a fix can ride on its way.

In: the files that a change touches, then findings with their places, one at a time. Out: the member `while_here` of
verdict.json: at most three, one of a cause, what is worth most first. Nothing of it blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.judge.vocabulary import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Document = dict[str, Any]
MOST: Final = 3
"""More would be a list of debts, and those have a place of their own."""
_TOLD: Final = ("fingerprint", "policy", "title", "severity", "owner", "page", "message", "fix", "since", "worth")


class WhileHere:
    """Keeps the best of each cause; there are no more of them than places were looked up."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files = frozenset(files)
        self._best: dict[str, Document] = {}

    def look(self, finding: Mapping[str, Any], place: Mapping[str, Any] | None) -> None:
        """Keep an existing finding whose source, if it is known, the change touches."""
        if place is None or place["file"] not in self._files or finding["state"] != "existing":
            return
        if finding["blocking"] or finding["proposed"]:
            return
        told = {name: finding[name] for name in _TOLD if name in finding}
        told |= {name: place[name] for name in ("file", "line") if name in place}
        known = self._best.get(finding["cause"], {**told, "findings": 0})
        best = told if _order(told) < _order(known) else known
        self._best[finding["cause"]] = {**best, "findings": known["findings"] + 1}

    def told(self) -> list[Document]:
        """Return what is worth mending by the way."""
        return sorted(self._best.values(), key=_order)[:MOST]


def _order(finding: Document) -> tuple[float, float, int, str, str]:
    worth, since = finding.get("worth") or {}, finding.get("since") or {}
    by_worth = (-worth.get("clicks", 0.0), -worth.get("conversions", 0.0))
    return *by_worth, SEVERITIES.index(finding["severity"]), since.get("day", "9999"), finding["fingerprint"]
