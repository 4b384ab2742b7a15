"""One thing that was compared: what it is about, and whether it is as judged.

In: values. Out: frozen records, counted; the first of a kind that differ are kept, all are counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from checks import errors

SAME: Final = "same"
DIFFERS: Final = "differs"
NOT_MEASURED: Final = "not-measured"
KINDS: Final = {
    "pages": "status, directives, headers and body of pages",
    "robots": "robots.txt",
    "ways": "http, www and old origins",
    "certificate": "the certificate",
    "crawlers": "what search and AI crawlers get",
}
"""Kind of comparison -> what it is about, in the order in which it is told."""
MOST_TOLD: Final = 200


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison."""

    kind: str
    about: str
    """The address, or the crawler."""
    state: str
    said: str = ""
    """What differs, or why it could not be measured, in one sentence; may hold text of the live site."""

    def to_document(self) -> dict[str, str]:
        """Return it as JSON."""
        return {"kind": self.kind, "about": self.about, "state": self.state, "said": self.said}


@dataclass(slots=True)
class Outcome:
    """All comparisons of one look at the live site."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    told: list[Check] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def take(self, *checks: Check) -> None:
        """Count what was compared, and keep what is not as judged."""
        for check in checks:
            self.counts[check.kind][check.state] += 1
            if check.state != SAME and len(self.told) < MOST_TOLD:
                self.told.append(check)

    def total(self, state: str) -> int:
        """Return how many comparisons came out so."""
        return sum(count[state] for count in self.counts.values())

    @property
    def exit_code(self) -> int:
        """What differs is worse than what is not known; a look that saw nothing knows nothing."""
        if self.total(DIFFERS):
            return errors.EXIT_NO_GO
        measured = self.counts["pages"][SAME] > 0
        return errors.EXIT_CANNOT_TELL if self.total(NOT_MEASURED) or not measured else errors.EXIT_GO

    def to_document(self, about: dict[str, Any]) -> dict[str, Any]:
        """Return it as JSON."""
        said = {errors.EXIT_GO: "landed", errors.EXIT_NO_GO: "differs"}.get(self.exit_code, "cannot-tell")
        return {
            **about,
            "outcome": said,
            "exit_code": self.exit_code,
            "counts": {
                kind: {state: count[state] for state in (SAME, DIFFERS, NOT_MEASURED)}
                for kind, count in self.counts.items()
            },
            "checks": [one.to_document() for one in self.told],
            "left_out": self.total(DIFFERS) + self.total(NOT_MEASURED) - len(self.told),
            "notes": list(self.notes),
        }
