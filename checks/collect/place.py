"""A rendering place: one warm browser context with one page in it, one address at a time.

In: an address of the production origin. Out: what the page and the protocol said (`Painted`). No page inherits anything
from the page before: cookies, storage and workers are cleared, and where something is left all the same, the context
is thrown away and the page is rendered again in a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from playwright.async_api import Error as PlaywrightError

from checks.collect import reasons
from checks.collect.coverage import Coverage
from checks.collect.screens import PHONE
from checks.collect.scripts import BUSY, COLLECT
from checks.collect.visit_errors import ContaminatedError, VisitError
from checks.collect.window import Window

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from playwright.async_api import Browser, Page, Response

    from checks.collect.recorder import Recorder
    from checks.facts.loading import Covered

QUIET = 0.5
"""Seconds without network and long tasks after which a page with scripts is settled (design, section 5)."""
_STEP = 0.05
_HIDDEN, _HIDDEN_STEP = 1.5, 0.25
"""Seconds that a page which hides itself is given to show itself: what fades in is no fault, and few pages do it."""
_OPENING = 120.0
"""Seconds that a browser is given to open a window; a page that is given more by the config is given more for this."""
_PAGES_BEFORE_RENEWAL = 40
"""A context keeps something of every page that it has shown, and so does the driver."""


@dataclass(frozen=True, slots=True)
class Painted:
    """What the page said of itself when it had settled, and how long that took (ms)."""

    answer: dict[str, Any]
    status: int | None
    final_url: str
    settle_ms: float
    alone: bool = False
    """Whether it was painted by itself, with an empty cache."""
    covered: tuple[Covered, ...] | None = None
    """Which code was used; None where nobody asked."""
    entropy: float | None = None
    """Of what its words and media add to a picture, in bits; None where none was looked at."""


class Place:
    """One warm context; `visit` one address at a time, `close` at the end."""

    def __init__(
        self,
        browser: Browser,
        working: asyncio.Semaphore,
        limit: float,
        user_agent: str,
        *,
        alone: bool = False,
        screen: Mapping[str, Any] = PHONE,
    ) -> None:
        self._window = Window(browser, {"user_agent": user_agent, **screen})
        self._working = working
        self._limit = limit
        self._alone = alone
        self._scripted = True

    @property
    def recorder(self) -> Recorder:
        """What the protocol says of the page that is visited, or was last."""
        return self._window.recorder

    async def visit(self, url: str, *, scripted: bool, coverage: bool = False) -> Painted:
        """Open `url` and wait until it has settled; `scripted` says whether its own HTML can run anything.

        `coverage` asks which of its code is used, which costs a third of the time more.
        Raises VisitError with the reason, ContaminatedError, or BrowserGoneError.
        """
        # How long a busy machine takes to open a window is no fault of the page, and no part of its time.
        async with self._in_time(max(self._limit, _OPENING), lambda: reasons.NO_WINDOW), self._working:
            await self._window.page()
        self._scripted = scripted
        async with self._its_time():
            return await self._visit(url, scripted=scripted, coverage=coverage)

    def _its_time(self) -> contextlib.AbstractAsyncContextManager[None]:
        return self._in_time(self._limit, lambda: reasons.late(self.recorder, self._limit, scripted=self._scripted))

    @contextlib.asynccontextmanager
    async def _in_time(self, limit: float, why: Callable[[], str]) -> AsyncIterator[None]:
        """Raise VisitError for what takes longer than the limit, and Playwright's errors as what they mean here."""
        try:
            async with asyncio.timeout(limit):
                yield
        except TimeoutError:
            said = why()
            await self.drop()
            raise VisitError(said) from None
        except PlaywrightError as error:
            raise await self._window.lost(error) from None

    async def _visit(self, url: str, *, scripted: bool, coverage: bool) -> Painted:
        async with self._working:
            page = await self._window.page()
            session = self._window.session if coverage else None
            watching = await Coverage.begin(session) if session is not None else None
            self.recorder.reset()
            begun = time.monotonic()
            response = await self._open(page, url)
        if scripted:
            await self._until_quiet()
        answer, documents = await self._collected()
        while (self.recorder.awaited and not scripted) or self._is_another_since(documents):
            # A lazily loaded image holds up no load event; it was asked for with the first frame. And a document that
            # came in the place of another while that was read has not settled yet.
            await self._until_quiet()
            answer, documents = await self._collected()
        async with self._working:
            covered = await watching.end() if watching is not None else None
        if answer["inherited"] and self.recorder.navigations <= 1:
            raise ContaminatedError
        if self.recorder.navigations > reasons.MOST_NAVIGATIONS:
            raise VisitError(reasons.LOADS_ITSELF)
        settled = (time.monotonic() - begun) * 1000
        return Painted(answer, response.status if response else None, page.url, settled, self._alone, covered)

    async def _collected(self) -> tuple[dict[str, Any], int]:
        """Return what the page says once it shows itself, and how many documents there had been when it was asked."""
        documents = self.recorder.navigations
        return await self._shown(await self._asked()), documents

    async def _asked(self) -> dict[str, Any]:
        async with self._working:
            answer: dict[str, Any] = await self._window.ask(COLLECT)
        return answer

    def _is_another_since(self, documents: int) -> bool:
        return documents < self.recorder.navigations <= reasons.MOST_NAVIGATIONS

    async def _shown(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the answer of the page when it shows itself; the one that is there, where it does not."""
        waited = 0.0
        while answer["hidden"] and waited < _HIDDEN:
            await asyncio.sleep(_HIDDEN_STEP)
            waited += _HIDDEN_STEP
            if await self._window.ask("globalThis.__gonogo.hidden()") is None:
                return await self._asked()
        return answer

    async def _open(self, page: Page, url: str) -> Response | None:
        """Load `url`. Where a script stops the page, or leads to a download, no load event comes: then to its end."""
        going, was_complete = asyncio.create_task(page.goto(url, wait_until="load", timeout=0)), False
        try:
            while not (await asyncio.wait({going}, timeout=QUIET))[0]:
                # The event comes right behind that state, if it does; what was open before the page is complete, too.
                is_complete = self.recorder.arrived and await self._window.ask("document.readyState") == "complete"
                if is_complete and was_complete:
                    self.recorder.stop()
                    return None
                was_complete = is_complete
            return going.result()
        finally:
            going.cancel()

    async def clean(self, origin: str, painted: Painted, *, cookies: bool) -> None:
        """Leave nothing for the next page; what cannot be cleared here takes the whole context with it."""
        self._window.visits += 1
        answer = painted.answer
        left = answer["workers"] or answer["frames"] or self.recorder.popups or self.recorder.downloads
        if left or self._window.visits >= _PAGES_BEFORE_RENEWAL:
            await self.drop()
            return
        if self._window.session is not None and (answer["local"] or answer["session"] or cookies):
            try:
                await self._window.session.send("Network.clearBrowserCookies")
                await self._window.session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
                if answer["session"]:
                    store = {"securityOrigin": origin, "isLocalStorage": False}
                    await self._window.session.send("DOMStorage.clear", {"storageId": store})
            except PlaywrightError:
                await self.drop()

    async def remember(self, url: str, name: str, value: str) -> None:
        """Keep a cookie for the page that is visited next. Raises VisitError, BrowserGoneError."""
        async with self._in_time(max(self._limit, _OPENING), lambda: reasons.NO_WINDOW):
            await self._window.page()
            if self._window.context is not None:
                await self._window.context.add_cookies([{"url": url, "name": name, "value": value}])

    async def act(self, expression: str) -> tuple[Any, dict[str, Any]]:
        """Do something in the page, wait until it is quiet, and return the answer and what is in storage then."""
        async with self._its_time():
            done = await (await self._window.page()).evaluate(expression)
            await self._until_quiet()
            return done, await self._asked()

    async def ask(self, script: str) -> Any:
        """Return what a script of ours says of the page visited last. Raises VisitError, BrowserGoneError."""
        async with self._its_time():
            return await self._window.ask(script)

    async def cookies(self) -> list[dict[str, Any]]:
        """Return the cookies of this context, as Playwright names their parts. Raises VisitError, BrowserGoneError."""
        try:
            return [dict(cookie) for cookie in await self._window.context.cookies()] if self._window.context else []
        except PlaywrightError as error:
            raise await self._window.lost(error) from None

    async def picture(self, scale: Literal["css", "device"] = "device") -> bytes:
        """Return a PNG of what the phone shows of the page visited last, with a dot for each pixel of `scale`.

        Raises VisitError, BrowserGoneError.
        """
        async with self._its_time():
            return await (await self._window.page()).screenshot(timeout=0, animations="disabled", scale=scale)

    async def drop(self) -> None:
        """Throw the context away; the next visit makes a new one."""
        await self._window.drop()

    async def _until_quiet(self) -> None:
        while True:
            if self.recorder.navigations > reasons.MOST_NAVIGATIONS:
                return
            wait = QUIET - self.recorder.quiet_for()
            if wait > 0:
                await asyncio.sleep(max(_STEP, wait) if not self.recorder.awaited else _STEP)
                continue
            busy = QUIET - await self._window.ask(BUSY) / 1000
            # What the browser said before its answer is known by now: its driver may have stalled, and not the page.
            if busy <= 0 and self.recorder.quiet_for() >= QUIET:
                return
            await asyncio.sleep(max(_STEP, busy))
