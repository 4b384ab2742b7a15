"""Every page through the browser: several at once in warm places, what failed once more at the end, alone.

In: the pages to render. Out: for each page, as it is done, either what it said or why it could not be measured.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from checks.collect import screenshot
from checks.collect.choosing import Choice, choose
from checks.collect.place import Painted, Place
from checks.collect.visit_errors import BrowserGoneError, ContaminatedError, VisitError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping

    from checks.collect.recorder import Recorder
    from checks.collect.running import RunningBrowser
    from checks.facts.choices import Chosen

_DIED = "the browser died"
_DEATHS_PER_PAGE = 2
"""How often a page may be there when the browser dies before it is the page that is held to blame."""
PLACES_PER_CORE = 5
WORKING_PER_CORE = 4
"""A place that only waits for quiet costs no processor time, so there are more places than cores."""


@dataclass(frozen=True, slots=True)
class Task:
    """One page to render."""

    path: str
    url: str
    scripted: bool
    """Whether its own HTML can run anything by itself."""
    again: str = ""
    """Why it did not come out when it was tried before."""


class Sink(Protocol):
    """Takes what became of a page."""

    async def rendered(self, task: Task, painted: Painted, recorder: Recorder, cookies: list[dict[str, Any]]) -> None:
        """Take a page that was measured."""

    def failed(self, task: Task, why: str) -> None:
        """Take a page that was not."""


@dataclass(slots=True)
class Rendering:
    """Renders tasks with `browser`; `limit` is the time for one page in seconds."""

    browser: RunningBrowser
    origin: str
    limit: float
    user_agent: str
    sink: Sink
    after_each: Callable[[], None]
    cores: int = os.cpu_count() or 2

    async def all(self, tasks: Iterable[Task]) -> None:
        """Render every task; those that failed are tried once more when all others are done, one at a time."""
        fresh = iter(tasks)
        waiting: deque[Task] = deque()
        again: list[Task] = []
        deaths: dict[str, int] = {}
        working = asyncio.Semaphore(self.cores * WORKING_PER_CORE)

        async def work() -> None:
            place: Place | None = None
            try:
                while (task := waiting.popleft() if waiting else next(fresh, None)) is not None:
                    place = place or await self._place(working)
                    try:
                        await self._one(place, task)
                    except VisitError as error:
                        again.append(replace(task, again=str(error)))
                        await place.drop()  # nothing was cleared behind it
                        continue
                    except BrowserGoneError:
                        place = None
                        deaths[task.path] = deaths.get(task.path, 0) + 1
                        task = replace(task, again=_DIED)
                        (waiting if deaths[task.path] <= _DEATHS_PER_PAGE else again).append(task)
                        continue
                    self.after_each()
            finally:
                if place is not None:
                    await place.drop()

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.cores * PLACES_PER_CORE):
                    group.create_task(work())
        except ExceptionGroup as failures:
            # One place's trouble ends the run; that others were cancelled with it is no news.
            raise _first(failures) from None
        for task in sorted(again, key=lambda one: one.path):
            await self._alone(task)
            self.after_each()

    async def again(self, task: Task, *, coverage: bool) -> Painted | None:
        """Render a page once more, when no other is; None where it does not come out this time."""
        place = await self._place(asyncio.Semaphore(1), alone=True)
        try:
            return await place.visit(task.url, scripted=task.scripted, coverage=coverage)
        except (VisitError, ContaminatedError, BrowserGoneError):
            return None
        finally:
            await place.drop()

    async def choose(self, task: Task, choice: Choice) -> Chosen | None:
        """Render a page by itself, and let a visitor consent or refuse; None where it does not come out this time."""
        place = await self._place(asyncio.Semaphore(1), alone=True)
        try:
            return await choose(place, task.url, choice)
        except (VisitError, ContaminatedError, BrowserGoneError):
            return None
        finally:
            await place.drop()

    @contextlib.asynccontextmanager
    async def apart(self, screen: Mapping[str, Any]) -> AsyncIterator[Place]:
        """Give a place of its own with such a screen, when all others are done."""
        place = Place(await self.browser.get(), asyncio.Semaphore(1), self.limit, self.user_agent, screen=screen)
        try:
            yield place
        finally:
            await place.drop()

    async def _place(self, working: asyncio.Semaphore, *, alone: bool = False) -> Place:
        return Place(await self.browser.get(), working, self.limit, self.user_agent, alone=alone)

    async def _alone(self, task: Task) -> None:
        place = await self._place(asyncio.Semaphore(1), alone=True)
        try:
            await self._one(place, task)
        except VisitError as error:
            self.sink.failed(task, str(error))
        except BrowserGoneError:
            self.sink.failed(task, f"{_DIED} while it rendered this page")
        finally:
            await place.drop()

    async def _one(self, place: Place, task: Task) -> None:
        try:
            painted = await place.visit(task.url, scripted=task.scripted)
        except ContaminatedError:
            await place.drop()
            task = replace(task, again="something of an earlier page was left")
            painted = await place.visit(task.url, scripted=task.scripted)
        painted = replace(painted, entropy=await screenshot.entropy(place, painted, scripted=task.scripted))
        # Any answer may set one, and what is left here would be the next page's.
        cookies = await place.cookies()
        await self.sink.rendered(task, painted, place.recorder, cookies)
        await place.clean(self.origin, painted, cookies=bool(cookies))


def _first(failures: ExceptionGroup) -> Exception:
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first
