"""One page of each template, seen twice more: on a desktop, and on a phone by a visitor who reads on to the end.

In: the templates of the pages so far, and a browser. Out: the groups `parity` and `read_on` of these pages. What a
template does to one page it does to all, and each page twice more would cost twice as much; so the largest templates
come first, and a few are enough.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from checks.collect import visits
from checks.collect.index_rows import unpacked_document
from checks.collect.place import BrowserGoneError, ContaminatedError, VisitError
from checks.collect.screens import DESKTOP, PHONE
from checks.collect.scripts import NAVIGATION, READ_ON
from checks.facts.parity import Screens, parity, read_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from checks.collect.extraction import Extraction
    from checks.collect.index import Index
    from checks.collect.rendering import Rendering, Task
    from checks.collect.visits import Known
    from checks.facts.visit import Visit

MOST = 20
SHARE = 50
"""One page in so many stands for its template, and three of a small site."""
LEAST = 3


@dataclass(slots=True)
class StandIns:
    """Looks at pages that stand for others."""

    index: Index
    extraction: Extraction
    known: Known
    pages: int
    _seen: set[str] = field(default_factory=set)

    def chosen(self) -> list[str]:
        """Return the paths of the first pages of the largest templates that nobody looked at yet."""
        most = min(MOST, max(LEAST, self.pages // SHARE)) - len(self._seen)
        largest = (path for path in self.index.largest_templates(MOST) if path not in self._seen)
        return [path for path in largest if self.index.document(path)["http"]["status"] == HTTPStatus.OK][
            : max(0, most)
        ]

    async def look(self, rendering: Rendering, tasks_of: Callable[[Iterable[str]], Iterable[Task]]) -> None:
        """Render the pages that stand for their templates twice more, and amend their documents."""
        self.index.tell_templates()
        for task in list(tasks_of(self.chosen())):
            self._seen.add(task.path)
            groups = await self._groups(rendering, task)
            # Where it did not come out, the page is known to have been asked for, and its groups are not measured.
            self.index.amend(task.path, groups, config={"stands_for_template": True})

    async def _groups(self, rendering: Rendering, task: Task) -> dict[str, Any]:
        try:
            visit, desktop_ways = await self._on_desktop(rendering, task)
            phone_ways, words, words_at_end = await _on_phone(rendering, task)
        except (VisitError, ContaminatedError, BrowserGoneError):
            return {}
        desktop = unpacked_document((await self.extraction.build(visit)).document)
        counted = Screens(phone_ways, desktop_ways, words, words_at_end)
        return {"parity": parity(self.index.document(task.path), desktop, counted), "read_on": read_on(counted)}

    async def _on_desktop(self, rendering: Rendering, task: Task) -> tuple[Visit, int]:
        async with rendering.apart(DESKTOP) as place:
            painted = await place.visit(task.url, scripted=task.scripted)
            return visits.rendered(task, self.known, painted, place.recorder, ()), int(await place.ask(NAVIGATION))


async def _on_phone(rendering: Rendering, task: Task) -> tuple[int, int, int]:
    """Return the ways of the navigation, and the visible words before and after reading on."""
    async with rendering.apart(PHONE) as place:
        painted = await place.visit(task.url, scripted=task.scripted)
        ways, words = int(await place.ask(NAVIGATION)), int(painted.answer["visibleWords"])
        if not task.scripted:
            return ways, words, words
        _, answer = await place.act(READ_ON)
        return ways, words, int(answer["visibleWords"])
