"""The browser of a run, started while pages are still looked up: it comes up in processes of its own.

In: the settings, the browser that was found, the preview. Out: a `RunningBrowser`, when somebody needs it.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Self

from checks.collect import ways
from checks.collect.running import RunningBrowser

if TYPE_CHECKING:
    from checks.collect.browser import Browser
    from checks.collect.preview import Preview
    from checks.settings import Settings


class Starting:
    """An async context manager: what was started is closed when it is left."""

    def __init__(self, settings: Settings, browser: Browser | None, preview: Preview) -> None:
        self._settings, self._browser, self._preview = settings, browser, preview
        self._stack = AsyncExitStack()
        self._task: asyncio.Task[RunningBrowser] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            if self._task is not None:
                self._task.cancel()
                # Why it did not start was told to whoever needed it, or nobody did.
                await asyncio.gather(self._task, return_exceptions=True)
        finally:
            await self._stack.aclose()

    async def go_on(self, *, begin: bool) -> None:
        """Let the browser come on, where there is one and it was begun with, or is to be; to be called often."""
        if begin and self._browser is not None and self._task is None:
            self._task = asyncio.create_task(self._start(self._browser))
        if self._task is not None:
            await asyncio.sleep(0)

    async def running(self) -> RunningBrowser:
        """Return the browser when it runs. Raises CannotMeasureError where it does not start."""
        await self.go_on(begin=True)
        assert self._task is not None  # noqa: S101 - whoever wants a browser has found one
        return await self._task

    async def _start(self, browser: Browser) -> RunningBrowser:
        leading = await ways.lead(self._settings, self._preview, self._stack)
        running = await self._stack.enter_async_context(RunningBrowser(browser, leading))
        await running.get()
        return running
