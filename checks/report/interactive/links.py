"""How far each page is from the home page, in clicks, and how many pages link to it.

In: outlines of pages as they come. Out: both as lists, in their order. What is held is the number of each
page that a page links to; of a site with more links than `MOST` nothing is said.
"""

from __future__ import annotations

from array import array
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from checks.report.result import Document

MOST: Final = 5_000_000
"""Links from page to page, 20 MB of numbers."""


@dataclass(slots=True)
class Links:
    """The links between the pages that were looked at."""

    home: str
    """The production path of the home page."""
    number: dict[str, int] = field(default_factory=dict)
    """Path -> its number; also of what turns out to be no page."""
    pages: list[int] = field(default_factory=list)
    """The number of each page, in order."""
    targets: list[array[int]] = field(default_factory=list)
    count: int = 0

    def look(self, outline: Document) -> None:
        """Remember where a page links to."""
        self.pages.append(self._number_of(str(outline["path"])))
        found = set(map(self._number_of, outline["links"])) if self.count <= MOST else set()
        self.targets.append(array("I", sorted(found - {self.pages[-1]})))
        self.count += len(found)

    def _number_of(self, path: str) -> int:
        return self.number.setdefault(path, len(self.number))

    def told(self) -> dict[str, list[int | None]]:
        """Return for each page its depth, None where no way leads to it, and how many pages link to it."""
        if self.count > MOST:
            return {"depth": [], "inlinks": []}
        position = {number: place for place, number in enumerate(self.pages)}
        inlinks: list[int | None] = [0] * len(self.pages)
        for targets in self.targets:
            for target in targets:
                if target in position:
                    inlinks[position[target]] = (inlinks[position[target]] or 0) + 1
        return {"depth": self._depths(position), "inlinks": inlinks}

    def _depths(self, position: dict[int, int]) -> list[int | None]:
        depths: list[int | None] = [None] * len(self.pages)
        start = position.get(self.number.get(self.home, -1))
        waiting = deque([] if start is None else [(start, 0)])
        while waiting:
            place, depth = waiting.popleft()
            if depths[place] is None:
                depths[place] = depth
                waiting.extend((position[one], depth + 1) for one in self.targets[place] if one in position)
        return depths
