"""One page of each template, seen again: on a desktop, by a visitor who reads on to the end, and by one from abroad.

In: the templates of the pages so far, and a browser. Out: the groups `parity`, `read_on` and `read_abroad`
of these pages, the home page among them. What a template does to one page it does to all, and each page again would
cost as much as all the rest; so the largest templates come first, and a few are enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from checks.collect import visits
from checks.collect.index_rows import unpacked_document
from checks.collect.place import BrowserGoneError, ContaminatedError, VisitError
from checks.collect.reuse.steps import Steps
from checks.collect.screens import DESKTOP, PHONE
from checks.collect.scripts import NAVIGATION, READ_ON
from checks.facts.parity import Screens, parity, read_on
from checks.facts.urls import normalise_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from checks.collect.extraction import Extraction
    from checks.collect.index import Index
    from checks.collect.place import Place
    from checks.collect.rendering import Rendering, Task
    from checks.collect.reuse.nothing import Nothing
    from checks.collect.reuse.reuse import Reuse
    from checks.collect.visits import Known
    from checks.facts.visit import Visit

MOST = 20
SHARE = 50
"""One page in so many stands for its template, and three of a small site."""
LEAST = 3
ABROAD = "ja-JP"
_INTERRUPTED = re.compile(r'interrupted by another navigation to "([^"]+)"')


@dataclass(slots=True)
class StandIns:
    """Looks at pages that stand for others."""

    index: Index
    extraction: Extraction
    known: Known
    pages: int
    reuse: Reuse | Nothing
    _seen: set[str] = field(default_factory=set)

    def chosen(self) -> list[str]:
        """Return the home page, and the first pages of the largest templates, unless somebody looked at them."""
        most = min(MOST, max(LEAST, self.pages // SHARE)) - len(self._seen)
        named = dict.fromkeys([self.known.preview.base, *self.index.largest_templates(MOST)])
        there = [path for path in named if path not in self._seen and self.index.digest(path) is not None]
        found = [path for path in there if self.index.document(path)["http"]["status"] == HTTPStatus.OK]
        return found[: max(0, most)]

    def left(self) -> list[str]:
        """Return the pages that have to be looked at; those that an earlier run has looked at get its groups."""
        self.index.tell_templates()
        left = []
        for path in self.chosen():
            groups = self.reuse.groups(path)
            if groups is None:
                left.append(path)
            else:
                self._amend(path, groups)
        return left

    async def look(self, rendering: Rendering, tasks_of: Callable[[Iterable[str]], Iterable[Task]]) -> None:
        """Render the pages that stand for their templates twice more, and amend their documents."""
        for task in list(tasks_of(self.left())):
            # One more try, as for every page.
            groups = await self._groups(rendering, task) or await self._groups(rendering, task, again=True)
            self._amend(task.path, groups)

    def _amend(self, path: str, groups: dict[str, Any]) -> None:
        """Put `groups` into a document; without any, it is known that they were asked for, and are not measured."""
        self._seen.add(path)
        self.index.amend(path, groups, config={"stands_for_template": True})

    async def _groups(self, rendering: Rendering, task: Task, *, again: bool = False) -> dict[str, Any]:
        steps = Steps(strange=again)
        try:
            visit, desktop_ways = await self._on_desktop(rendering, task, steps)
            phone_ways, words, words_at_end = await _on_phone(rendering, task, steps)
            abroad = await _from_abroad(rendering, task, steps)
        except (VisitError, ContaminatedError, BrowserGoneError):
            return {}
        desktop = unpacked_document((await self.extraction.build(visit)).document)
        counted = Screens(phone_ways, desktop_ways, words, words_at_end)
        phone = self.index.document(task.path)
        groups = {"parity": parity(phone, desktop, counted), "read_on": read_on(counted), "read_abroad": abroad}
        self.reuse.keep_groups(task.path, steps, groups)
        return groups

    async def _on_desktop(self, rendering: Rendering, task: Task, steps: Steps) -> tuple[Visit, int]:
        async with rendering.apart(DESKTOP) as place:
            painted = await place.visit(task.url, scripted=task.scripted)
            steps.took(place.recorder, painted.answer, looked=True)
            return visits.rendered(task, self.known, painted, place.recorder, ()), int(
                (await place.ask(NAVIGATION))["beside"]
            )


async def _on_phone(rendering: Rendering, task: Task, steps: Steps) -> tuple[int, int, int]:
    """Return the ways of the navigation, and the visible words before and after reading on."""
    async with rendering.apart(PHONE) as place:
        painted = await place.visit(task.url, scripted=task.scripted)
        ways, words = int((await place.ask(NAVIGATION))["named"]), int(painted.answer["visibleWords"])
        if not task.scripted:
            steps.took(place.recorder, painted.answer)
            return ways, words, words
        _, answer = await place.act(READ_ON)
        steps.took(place.recorder, answer)
        return ways, words, int(answer["visibleWords"])


async def _from_abroad(rendering: Rendering, task: Task, steps: Steps) -> dict[str, Any]:
    """Return where a visitor ends whose browser has a language that few sites are written in."""
    ended = task.url
    if task.scripted:
        async with rendering.apart({**PHONE, "locale": ABROAD}) as place:
            ended = await _end(place, task.url, steps)
    return {"language": ABROAD, "final_url": ended, "stays": normalise_url(ended) == normalise_url(task.url)}


async def _end(place: Place, url: str, steps: Steps) -> str:
    """Return where a page leads; a script may lead away before it is there, which the browser tells as an error."""
    try:
        painted = await place.visit(url, scripted=True)
        steps.took(place.recorder, painted.answer)
        return painted.final_url.partition("#")[0]
    except VisitError as error:
        elsewhere = _INTERRUPTED.search(str(error))
        if elsewhere is None:
            raise
        steps.strange = True
        return elsewhere[1]
