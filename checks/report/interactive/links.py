"""How far each page is from the home page, in clicks, and how many pages link to it.

In: outlines of pages as they come. Out: both as lists, in their order. What is held is the number of each
page that a page links to; of a site with more links than `MOST` nothing is said.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from checks.report.result import Document

MOST: Final = 5_000_000
"""Links from page to page, 20 MB of numbers."""
_FAR: Final = -1
"""The depth of what no way leads to."""
_NO_PAGE: Final = -1


@dataclass(slots=True)
class Links:
    """The links between the pages that were looked at."""

    home: str
    """The production path of the home page."""
    number: dict[str, int] = field(default_factory=dict)
    """Path -> its number; also of what turns out to be no page."""
    pages: array[int] = field(default_factory=lambda: array("I"))
    """The number of each page, in order."""
    targets: array[int] = field(default_factory=lambda: array("I"))
    """The numbers that pages link to, page after page."""
    ends: array[int] = field(default_factory=lambda: array("I"))
    """Where those of each page end."""
    count: int = 0

    def look(self, outline: Document) -> None:
        """Remember where a page links to."""
        page = self._number_of(str(outline["path"]))
        found = set(map(self._number_of, outline["links"])) if self.count <= MOST else set()
        self.pages.append(page)
        self.targets.extend(sorted(found - {page}))
        self.ends.append(len(self.targets))
        self.count += len(found)

    def _number_of(self, path: str) -> int:
        return self.number.setdefault(path, len(self.number))

    def told(self) -> dict[str, list[int | None]]:
        """Return for each page its depth, None where no way leads to it, and how many pages link to it."""
        if self.count > MOST:
            return {"depth": [], "inlinks": []}
        inlinks, depths = array("I", [0]) * len(self.number), self._depths()
        for target in self.targets:
            inlinks[target] += 1
        return {
            "depth": [None if depths[page] == _FAR else depths[page] for page in self.pages],
            "inlinks": [inlinks[page] for page in self.pages],
        }

    def _depths(self) -> array[int]:
        """Return the depth of each number, found level by level, so that none waits twice."""
        depths, ways = array("i", [_FAR]) * len(self.number), array("i", [_NO_PAGE]) * len(self.number)
        for place, page in enumerate(self.pages):
            ways[page] = place
        level, depth = {self.number[self.home]} if self.home in self.number else set(), 0
        while level:
            for number in level:
                depths[number] = depth
            depth += 1
            level = {one for number in level for one in self._targets_of(ways[number]) if depths[one] == _FAR}
        return depths

    def _targets_of(self, place: int) -> array[int]:
        if place == _NO_PAGE:
            return array("I")
        return self.targets[self.ends[place - 1] if place else 0 : self.ends[place]]
