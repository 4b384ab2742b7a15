"""One page of each template, seen again: on a desktop, by a visitor who reads on to the end, and by one from abroad.

The one from abroad and the one who reads on are the same, unless a script leads the one from abroad to another page.

In: the templates of the pages so far, and a browser. Out: the groups `parity`, `read_on` and `read_abroad`
of these pages, the home page among them. What a template does to one page it does to all, and each page again would
cost as much as all the rest; so the largest templates come first, and a few are enough.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from checks.collect import visits
from checks.collect.index_rows import unpacked_document
from checks.collect.reuse.steps import Steps
from checks.collect.screens import DESKTOP, PHONE
from checks.collect.scripts import NAVIGATION, READ_ON
from checks.collect.visit_errors import BrowserGoneError, ContaminatedError, VisitError
from checks.facts.parity import Screens, parity, read_on
from checks.facts.urls import normalise_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from checks.collect.extraction import Extraction
    from checks.collect.index import Index
    from checks.collect.place import Painted, Place
    from checks.collect.rendering import Rendering, Task
    from checks.collect.reuse.nothing import Nothing
    from checks.collect.reuse.reuse import Reuse
    from checks.collect.visits import Known
    from checks.facts.visit import Visit

MOST = 20
SHARE = 50
"""One page in so many stands for its template, and three of a small site."""
LEAST = 3
AT_ONCE = 4
"""Looks mostly wait for quiet, and nothing of what they tell is a time."""
T = TypeVar("T")
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
        there = [path for path in named if path not in self._seen and self._is_rendered(path)]
        found = [path for path in there if self.index.document(path)["http"]["status"] == HTTPStatus.OK]
        return found[: max(0, most)]

    def _is_rendered(self, path: str) -> bool:
        digest = self.index.digest(path)
        return digest is not None and digest.rendered

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
        tasks = list(tasks_of(self.left()))
        waiting = iter(tasks)

        async def work() -> None:
            async with _looks(rendering) as looks:
                for task in waiting:
                    # Tried again with nothing that was there before, as every page is; twice, for three looks count.
                    groups = (
                        await self._groups(looks, task)
                        or await self._afresh(rendering, task)
                        or await self._afresh(rendering, task)
                    )
                    if not groups:
                        self.reuse.missed()
                    self._amend(task.path, groups)

        await asyncio.gather(*(work() for _ in range(min(AT_ONCE, len(tasks)))))

    async def _afresh(self, rendering: Rendering, task: Task) -> dict[str, Any]:
        async with _looks(rendering) as looks:
            return await self._groups(looks, task, again=True)

    def _amend(self, path: str, groups: dict[str, Any]) -> None:
        """Put `groups` into a document; without any, it is known that they were asked for, and are not measured."""
        self._seen.add(path)
        self.index.amend(path, groups, config={"stands_for_template": True})

    async def _groups(self, looks: _Looks, task: Task, *, again: bool = False) -> dict[str, Any]:
        steps = Steps(strange=again)
        # Both at once, for nothing that is counted here takes time.
        seen = await asyncio.gather(
            self._on_desktop(looks, task, steps), _on_phone(looks, task, steps), return_exceptions=True
        )
        try:
            (visit, desktop_ways), phone = _came_out(seen[0]), _came_out(seen[1])
        except (VisitError, ContaminatedError, BrowserGoneError):
            await looks.drop()
            return {}
        desktop = unpacked_document((await self.extraction.build(visit)).document)
        counted = Screens(phone.ways, desktop_ways, phone.words, phone.words_at_end)
        stays = normalise_url(phone.ended) == normalise_url(task.url)
        groups = {
            "parity": parity(self.index.document(task.path), desktop, counted),
            "read_on": read_on(counted),
            "read_abroad": {"language": ABROAD, "final_url": phone.ended, "stays": stays},
        }
        self.reuse.keep_groups(task.path, steps, groups)
        return groups

    async def _on_desktop(self, looks: _Looks, task: Task, steps: Steps) -> tuple[Visit, int]:
        place = looks.desktop
        painted = await place.visit(task.url, scripted=task.scripted)
        steps.took(place.recorder, painted.answer, looked=True)
        seen = visits.rendered(task, self.known, painted, place.recorder, ())
        ways = int((await place.ask(NAVIGATION))["beside"])
        await place.clean(looks.origin, painted, cookies=True)
        return seen, ways


@dataclass(frozen=True, slots=True)
class _Looks:
    """A place for each way of looking, kept from page to page: to make one costs as much as to look."""

    origin: str
    desktop: Place
    phone: Place
    abroad: Place

    async def drop(self) -> None:
        """Keep nothing of what was seen."""
        for place in (self.desktop, self.phone, self.abroad):
            await place.drop()


@contextlib.asynccontextmanager
async def _looks(rendering: Rendering) -> AsyncIterator[_Looks]:
    async with (
        rendering.apart(DESKTOP) as desktop,
        rendering.apart(PHONE) as phone,
        rendering.apart({**PHONE, "locale": ABROAD}) as abroad,
    ):
        yield _Looks(rendering.origin, desktop, phone, abroad)


@dataclass(frozen=True, slots=True)
class _OnPhone:
    """What a visitor with a phone meets."""

    ended: str
    """Where one ends whose browser has a language that few sites are written in."""
    ways: int
    """The ways of the navigation."""
    words: int
    words_at_end: int
    """The visible words before and after reading on."""


async def _on_phone(looks: _Looks, task: Task, steps: Steps) -> _OnPhone:
    """Let a visitor from abroad read on; one who is led to another page leaves it to a visitor from here."""
    place, painted = looks.abroad, await _abroad(looks.abroad, task, steps)
    ended = painted if isinstance(painted, str) else painted.final_url.partition("#")[0]
    if isinstance(painted, str) or normalise_url(ended) != normalise_url(task.url):
        # What the other page keeps is not looked through.
        if not isinstance(painted, str):
            steps.took(place.recorder, painted.answer)
        await looks.abroad.drop()
        place = looks.phone
        painted = await place.visit(task.url, scripted=task.scripted)
    ways, words = int((await place.ask(NAVIGATION))["named"]), int(painted.answer["visibleWords"])
    if task.scripted:
        painted = replace(painted, answer=(await place.act(READ_ON))[1])
    steps.took(place.recorder, painted.answer)
    await place.clean(looks.origin, painted, cookies=True)
    return _OnPhone(ended, ways, words, int(painted.answer["visibleWords"]))


async def _abroad(place: Place, task: Task, steps: Steps) -> Painted | str:
    """Return the page, or the one it leads to: a script may lead away before it is there, which is told as an error."""
    try:
        return await place.visit(task.url, scripted=task.scripted)
    except VisitError as error:
        elsewhere = _INTERRUPTED.search(str(error))
        if elsewhere is None:
            raise
        steps.strange = True
        return elsewhere[1]


def _came_out(result: T | BaseException) -> T:
    """Return what came out, or raise why nothing did."""
    if isinstance(result, BaseException):
        raise result
    return result
