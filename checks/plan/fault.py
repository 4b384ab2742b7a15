"""What can be wrong with a redirect map: the kinds, and single faults.

In: values. Out: a table and frozen records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

ERROR, WARNING, UNKNOWN = "error", "warning", "cannot-tell"
KINDS: Final = {
    "conflict": (ERROR, "one address leads to two places"),
    "loop": (ERROR, "a redirect leads round in a circle"),
    "target-missing": (ERROR, "a target that is not there"),
    "target-not-indexable": (ERROR, "a target that search engines may not index"),
    "source-is-a-page": (ERROR, "an address that still has a page: the rule hides it, or never answers"),
    "uncovered": (ERROR, "an address that people come by, and that leads nowhere"),
    "home-dumping": (ERROR, "many addresses are sent to the home page, which search engines take for missing pages"),
    "chain": (WARNING, "a target that is redirected again"),
    "to-home": (WARNING, "an address that is sent to the home page"),
    "duplicate": (WARNING, "a line that stands there twice"),
    "temporary": (WARNING, "a redirect for now: search engines keep the old address"),
    "target-unknown": (UNKNOWN, "a target of which nobody can tell what answers there"),
}
"""Kind -> how bad, and what it is; in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    kind: str
    line: int | None
    """Of the map; None for what is not in it."""
    url: str
    said: str
    """One sentence; it may hold text of the map, which is hostile."""
    clicks: float = 0.0
    """Clicks a month on the address, as far as somebody knows."""

    @property
    def severity(self) -> str:
        """How bad it is."""
        return KINDS[self.kind][0]

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON."""
        about = {"kind": self.kind, "severity": self.severity, "url": self.url, "said": self.said}
        return {**about, "line": self.line, "clicks": round(self.clicks)}
