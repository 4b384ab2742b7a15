"""How many pages keep to the budgets of weight and of standing still, counted while their documents go by.

In: page documents, one at a time. Out: the group `budgets` of the site document. Two numbers are held.

How soon a page is painted is no part of it: while several are rendered at once that depends on the machine. Field
data says it (`field.good_share`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LIGHT: Final = 1_638_400
"""Bytes on the way, as `perf/page-weight` allows to any page."""
STILL: Final = 0.1
"""Cumulative layout shift, as `perf/cls` allows: https://web.dev/articles/cls"""
_OK: Final = 200


def weighed(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a page document is counted here."""
    groups: dict[str, Any] = {"requests": "bytes_total", "vitals": "cls"}
    told = {group: {fact: document[group][fact]} for group, fact in groups.items() if group in document["measured"]}
    return {"http": {"status": document["http"]["status"]}, "measured": sorted(told), **told}


@dataclass(slots=True)
class Budgets:
    """Counts the pages that answer with 200."""

    pages: int = 0
    light: int = 0
    still: int = 0
    unmeasured: bool = False
    """Whether no browser has measured some page: then nobody knows the shares."""

    def look(self, document: Mapping[str, Any]) -> None:
        """Count a page document, or what `weighed` left of it."""
        if document["http"]["status"] == _OK:
            self._count(document)

    def _count(self, document: Mapping[str, Any]) -> None:
        if not {"requests", "vitals"} <= set(document["measured"]):
            self.unmeasured = True
            return
        self.pages += 1
        self.light += document["requests"]["bytes_total"] <= LIGHT
        # What could not be told of one page is no reason to call it still.
        shift = document["vitals"]["cls"]
        self.still += shift is not None and shift <= STILL

    def group(self) -> dict[str, Any] | None:
        """Return the group; None where not every page was measured by a browser."""
        if self.unmeasured:
            return None
        shares = {"light_share": self.light, "still_share": self.still}
        return {"pages": self.pages, **{name: self._share(part) for name, part in shares.items()}}

    def _share(self, part: int) -> float | None:
        return round(part / self.pages, 4) if self.pages else None
