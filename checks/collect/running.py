"""The one running browser: started with the site's host led to our server, and started again when it dies.

In: the browser that was found, the ports of our server and proxy. Out: a Playwright browser, always a living one.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TYPE_CHECKING, Literal, Self, overload

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import async_playwright

from checks.cache.place import KEY
from checks.collect.browser import LAUNCH_ARGUMENTS, can_sandbox
from checks.errors import CannotMeasureError
from checks.settings.remote import SECRETS_BEGIN_WITH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.async_api import Browser as PlaywrightBrowser
    from playwright.async_api import Playwright

    from checks.collect.browser import Browser
    from checks.collect.ways import Ways

_CLOSE_LIMIT = 10.0
_SECRET = (SECRETS_BEGIN_WITH, KEY, "AWS_", "AZURE_", "GOOGLE_", "GCLOUD_", "FSSPEC_", "DASK_")
"""How the names of variables begin that may hold a secret: of gonogo's own, and of what reads a build from a bucket."""
_HEAP = "--max-old-space-size"
_HEAP_MB = 1024
"""What the driver may hold. With a limit of this size Node collects garbage before it holds much more than it needs;
without one its memory grows to several times that, the longer the more pages there are."""
_MOST_STARTS = 25
"""A browser that dies more often than this in one run is not coming back."""


class RunningBrowser:
    """An async context manager around Playwright and its browser."""

    def __init__(self, found: Browser, ways: Ways) -> None:
        self._found = found
        self._ways = ways
        self._playwright: Playwright | None = None
        self._browser: PlaywrightBrowser | None = None
        self._starting = asyncio.Lock()
        self._starts = 0

    async def __aenter__(self) -> Self:
        with frugal_node():
            self._playwright = await async_playwright().start()
        return self

    async def __aexit__(self, *_: object) -> None:
        with contextlib.suppress(PlaywrightError, TimeoutError):
            if self._browser is not None:
                await asyncio.wait_for(self._browser.close(), _CLOSE_LIMIT)
        if self._playwright is not None:
            await self._playwright.stop()

    @property
    def restarts(self) -> int:
        """How often the browser had to be started again."""
        return max(0, self._starts - 1)

    async def get(self) -> PlaywrightBrowser:
        """Return the browser, started again if it died.

        Raises CannotMeasureError where it does not start, or dies without end.
        """
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                self._starts += 1
                if self._starts > _MOST_STARTS:
                    raise CannotMeasureError(
                        f"the browser died {self._starts - 1} times",
                        remedy="Look for lack of memory; `gonogo doctor` tries it alone.",
                    )
                self._browser = await self._launch() or await self._launch(last=True)
            return self._browser

    @overload
    async def _launch(self) -> PlaywrightBrowser | None: ...

    @overload
    async def _launch(self, *, last: Literal[True]) -> PlaywrightBrowser: ...

    async def _launch(self, *, last: bool = False) -> PlaywrightBrowser | None:
        """Start the browser; None where it did not come up, for what kills one may also kill it at its start."""
        assert self._playwright is not None  # noqa: S101 - __aenter__ made it
        try:
            return await self._playwright.chromium.launch(
                executable_path=str(self._found.path),
                args=[*LAUNCH_ARGUMENTS, *self._ways.arguments()],
                env=without_secrets(os.environ),
                chromium_sandbox=can_sandbox(),
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
                timeout=60_000,
            )
        except PlaywrightError as error:
            if not last:
                self._starts += 1
                return None
            raise CannotMeasureError(
                f"the browser does not start: {str(error.message).partition(chr(10))[0]}",
                where=str(self._found.path),
                remedy="`gonogo doctor` says what is missing; `gonogo doctor --install` gets it.",
            ) from error


@contextlib.contextmanager
def frugal_node() -> Iterator[None]:
    """Let the driver that is started meanwhile collect its garbage early, unless the user says what it may hold."""
    told = os.environ.get("NODE_OPTIONS")
    if told is None or _HEAP not in told:
        os.environ["NODE_OPTIONS"] = f"{told or ''} {_HEAP}={_HEAP_MB}".strip()
    try:
        yield
    finally:
        if told is None:
            os.environ.pop("NODE_OPTIONS", None)
        else:
            os.environ["NODE_OPTIONS"] = told


def without_secrets(environment: Mapping[str, str]) -> dict[str, str | float | bool]:
    """Return the environment of a browser: what opens a preview or a bucket, or seals the cache, is not for it."""
    return {name: value for name, value in environment.items() if not name.startswith(_SECRET)}
