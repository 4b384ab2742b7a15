"""A window of the browser: a context of its own with one page in it, and the protocol's word of what happens there.

In: the browser, and what screen a visitor has. Out: a page to drive, a recorder that listens to it, and answers of our
own scripts, which run beside the page in a world where no script of the page can reach them.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as PlaywrightError

from checks.collect import reasons
from checks.collect.recorder import PERMISSION, Recorder
from checks.collect.scripts import DOCUMENT_START, PERMISSIONS
from checks.collect.visit_errors import BrowserGoneError, VisitError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.async_api import Browser, BrowserContext, CDPSession, Dialog, Page

WORLD = "gonogo"
_CLOSE_LIMIT = 5.0
_REPLACED = 20
"""How often a document may be replaced while a script of ours is about to run in it."""
_STEP = 0.05
_GONE = ("Cannot find context", "context was destroyed", "Inspected target navigated")
"""How the protocol tells that the document was replaced: before a script could run in it, or while it did."""


class Window:
    """Opened when it is first asked for, and anew after each `drop`."""

    def __init__(self, browser: Browser, screen: Mapping[str, Any]) -> None:
        self._browser = browser
        self._screen = screen
        self._page: Page | None = None
        self.context: BrowserContext | None = None
        self.session: CDPSession | None = None
        self.recorder = Recorder()
        self.visits = 0
        """Pages that it has shown since it was opened."""

    async def page(self) -> Page:
        """Return its page; open the window where there is none."""
        if self._page is not None and not self._page.is_closed():
            return self._page
        await self.drop()
        self.visits, self.recorder = 0, Recorder()
        self.context = await self._browser.new_context(**self._screen)
        self._page = page = await self.context.new_page()
        # A page may close a window that has no history; with an entry before it, browsers refuse, as they do for
        # visitors. How long that may take is up to who asks for the window.
        await page.goto("about:blank#1", timeout=0)
        await page.goto("about:blank#2", timeout=0)
        page.on("dialog", self._answer_dialog)
        page.on("download", lambda _: self._count("downloads"))
        page.on("worker", lambda _: self._count("workers"))
        self.context.on("page", self._refuse_popup)
        self.session = session = await self.context.new_cdp_session(page)
        await self.recorder.listen(session, WORLD)
        await session.send("Page.addScriptToEvaluateOnNewDocument", {"source": DOCUMENT_START, "worldName": WORLD})
        await session.send("Runtime.addBinding", {"name": PERMISSION})
        await session.send("Page.addScriptToEvaluateOnNewDocument", {"source": PERMISSIONS})
        return page

    async def drop(self) -> None:
        """Throw the context away; the next page comes in a new one. One that will not close is left to its browser."""
        context, self.context, self._page, self.session = self.context, None, None, None
        if context is not None:
            with contextlib.suppress(PlaywrightError, TimeoutError):
                await asyncio.wait_for(context.close(), _CLOSE_LIMIT)

    async def lost(self, error: PlaywrightError) -> VisitError | BrowserGoneError:
        """Throw the context away after `error`, and return whose fault it was: the page's, or the browser's."""
        await self.drop()
        return VisitError(reasons.refused(error)) if self._browser.is_connected() else BrowserGoneError()

    async def ask(self, script: str) -> Any:
        """Return what a script of ours says of the page. Raises VisitError, and whatever Playwright raises."""
        assert self.session is not None  # noqa: S101 - page() made it
        for _ in range(_REPLACED):
            world = self.recorder.worlds.get(self.recorder.main_frame)
            try:
                got = await self.session.send(
                    "Runtime.evaluate",
                    {"expression": script, "contextId": world, "returnByValue": True, "awaitPromise": True},
                )
            except PlaywrightError as error:
                # The script world of the document that came in its place is announced in a moment.
                if not any(told in str(error) for told in _GONE):
                    raise
                await asyncio.sleep(_STEP)
                continue
            if "exceptionDetails" in got:
                message = f"the page could not be read: {got['exceptionDetails'].get('text', '')}"
                raise VisitError(message)
            return got["result"].get("value")
        message = "the page replaces itself again and again"
        raise VisitError(message)

    def _count(self, what: str) -> None:
        setattr(self.recorder, what, getattr(self.recorder, what) + 1)

    async def _answer_dialog(self, dialog: Dialog) -> None:
        self._count("dialogs")
        with contextlib.suppress(PlaywrightError):
            await (dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())

    async def _refuse_popup(self, popup: Page) -> None:
        if popup is not self._page:
            self._count("popups")
            with contextlib.suppress(PlaywrightError):
                await popup.close()
