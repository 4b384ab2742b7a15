"""How many pages were reused, and why the others were measured.

In: one call a page. Out: a document for run.json and the verdict, and a sentence for people.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NEW = "it was not measured before"
_NAMED = 3


@dataclass(slots=True)
class Tally:
    """Counts; `first` keeps one page of each reason."""

    reused: int = 0
    why: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def measured(self, path: str, why: str) -> None:
        """Count a page that was measured, and why it was."""
        self.why[why] += 1
        self.first[why] = min(path, self.first.get(why, path))

    def add(self, counted: Mapping[str, Any]) -> None:
        """Add what another tally's document counts."""
        self.reused += counted["reused"]
        for one in counted["why"]:
            self.why[one["why"]] += one["pages"]
            self.first[one["why"]] = min(one["page"], self.first.get(one["why"], one["page"]))

    def to_document(self) -> dict[str, Any]:
        """Return the counts, the most frequent reason first."""
        return {
            "reused": self.reused,
            "measured": self.why.total(),
            "why": [{"why": why, "pages": pages, "page": self.first[why]} for why, pages in self._sorted()],
        }

    def sentences(self) -> tuple[str, ...]:
        """Say it, unless there is nothing to say: a first run."""
        return () if not self.reused and set(self.why) <= {NEW} else (self._sentence(),)

    def _sentence(self) -> str:
        total, measured = self.reused + self.why.total(), self.why.total()
        were = "was" if self.reused == 1 else "were"
        said = f"{self.reused:,} of {total:,} pages {were} measured by an earlier run, and nothing of them has changed"
        if not measured:
            return said
        named = [f"{why} ({pages:,}, such as {self.first[why]})" for why, pages in self._sorted()[:_NAMED]]
        more = f", and {len(self.why) - _NAMED} more reasons" if len(self.why) > _NAMED else ""
        rest = "the other one was measured" if measured == 1 else "the others were measured"
        told = f"{said}; {rest}" if self.reused else "no page was taken from an earlier run"
        return f"{told}, because {', '.join(named)}{more}"

    def _sorted(self) -> list[tuple[str, int]]:
        return sorted(self.why.items(), key=lambda each: (-each[1], each[0]))
