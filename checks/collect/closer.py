"""The closer look: pages that are rendered once more, by themselves, when all others are done.

In: how fast each page was while others were loading; the pages whose code the settings ask about. Out: which pages to
render again, and what that adds to their documents. Several pages at once make each other slow, so nobody is told that
a page is slow before it was so alone; the slowest come first, and a few are enough (docs/decisions/0018).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.collect import visits
from checks.collect.choosing import Choice
from checks.facts.choices import choices
from checks.facts.coverage import coverage
from checks.facts.look import Site
from checks.facts.vitals import vitals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.collect.index import Index
    from checks.collect.rendering import Rendering, Task
    from checks.facts.page_settings import PageSettings

LIMITS = {"lcp_ms": 2500.0, "fcp_ms": 1800.0, "tbt_ms": 200.0, "third_party_ms": 250.0, "cls": 0.1}
"""What is good in a laboratory (https://web.dev/articles/vitals; Lighthouse for TBT): up to it, nobody looks again."""
MOST = 20
SHARE = 50
"""One page in so many is looked at again for its times, and three of a small site."""
LEAST = 3


def steadier(alone: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the group `vitals` of the look alone, with the lesser shift of the two looks.

    Whether an image or a font comes before the first paint is chance, and what comes later moves the page. What moved
    in both looks moves for visitors, too.
    """
    if before["cls"] is None or alone["cls"] is None or alone["cls"] <= before["cls"]:
        return alone
    return {**alone, "cls": before["cls"], "shifts": before["shifts"]}


@dataclass(slots=True)
class CloserLook:
    """Notes pages as they are rendered, and renders some again."""

    index: Index
    settings: PageSettings
    pages: int
    slow: int = 0
    """How many pages were over a limit while others were loading."""
    left: int = 0
    """How many were so when an earlier run measured them, and nobody looked again."""
    _slowest: list[tuple[float, str, Task]] = field(default_factory=list)
    _asked: list[Task] = field(default_factory=list)
    _choosing: list[Task] = field(default_factory=list)

    @property
    def most(self) -> int:
        """How many pages are looked at again for their times."""
        return min(MOST, max(LEAST, self.pages // SHARE))

    def note(self, task: Task, found: Mapping[str, Any]) -> None:
        """Take the group `vitals` of a page."""
        if self.settings.coverage(task.path):
            self._asked.append(task)
        if self.settings.chooses(task.path):
            self._choosing.append(task)
        over = _over(found)
        if over <= 1:
            return
        self.slow += 1
        heapq.heappush(self._slowest, (over, task.path, task))
        if len(self._slowest) > self.most:
            heapq.heappop(self._slowest)

    def reused(self, found: Mapping[str, Any]) -> None:
        """Take the group `vitals` of a page that an earlier run measured: it is not loaded again for its times."""
        self.left += is_slow(found)

    def chosen(self) -> list[Task]:
        """Return the pages to render again, sorted by path."""
        tasks = {task.path: task for task in (*self._asked, *(task for *_, task in self._slowest))}
        return [tasks[path] for path in sorted(tasks)]

    async def look(self, rendering: Rendering) -> None:
        """Render the slowest pages, and those that were asked for, once more; amend their documents."""
        asked = {task.path for task in self._asked}
        for task in self.chosen():
            painted = await rendering.again(task, coverage=task.path in asked)
            if painted is None:
                continue
            again = vitals(visits.loading(painted), Site(self.settings))
            groups = {"vitals": steadier(again, self.index.document(task.path)["vitals"])}
            if painted.covered is not None:
                items = self.index.document(task.path)["requests"]["items"]
                groups["coverage"] = coverage(painted.covered, items)
            self.index.amend(task.path, groups)
        for task in sorted(self._choosing, key=lambda one: one.path):
            await self._let_choose(rendering, task)

    async def _let_choose(self, rendering: Rendering, task: Task) -> None:
        """Let a visitor consent and refuse; where one of them did not come out, nothing is said of either."""
        seen = {name: await rendering.choose(task, Choice(*choice)) for name, choice in self.settings.choices}
        known = {name: chosen for name, chosen in seen.items() if chosen is not None}
        if len(known) == len(seen):
            self.index.amend(task.path, {"choices": choices(known, Site(self.settings))})

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for the report, where pages were slow and nobody looked again."""
        looked, slow = min(self.slow, self.most), self.slow + self.left
        if slow <= looked:
            return ()
        told = f"{slow:,} pages were slow while others were loading"
        if not looked:
            return (f"{told}, and their times judge nothing",)
        return (f"{told}; the {looked} slowest were loaded again alone, and the times of the others judge nothing",)


def is_slow(found: Mapping[str, Any]) -> bool:
    """Whether a page is over a limit by its group `vitals`, and was not alone."""
    return _over(found) > 1


def _over(found: Mapping[str, Any]) -> float:
    """Return how many times over a limit a page was; 0 where that was seen alone already."""
    return 0 if found["alone"] else max((found[name] or 0) / limit for name, limit in LIMITS.items())
