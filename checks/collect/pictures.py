"""Screenshots for people, taken after judging: of the pages that findings are on. They decide nothing.

In: the preview and the pages that are wanted. Out: a PNG for each finding, as the phone shows its page.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from checks.collect import subject, ways
from checks.collect.place import Place
from checks.collect.running import RunningBrowser
from checks.collect.user_agent import user_agent
from checks.collect.visit_errors import BrowserGoneError, VisitError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.settings import Settings


async def take(
    settings: Settings, root: Path, browser: Browser, wanted: Mapping[str, Sequence[str]], folder: Path
) -> None:
    """Write a picture of each page in `wanted` (production path -> file names) into `folder`, which is there.

    A page that does not settle has no picture: that it could not be measured is told elsewhere.
    """
    async with AsyncExitStack() as stack:
        preview = stack.enter_context(subject.shown(settings, root))
        running = await stack.enter_async_context(RunningBrowser(browser, await ways.lead(settings, preview, stack)))
        limit = settings.render.time_limit_ms / 1000

        async def place_of_its_own() -> Place:
            return Place(await running.get(), asyncio.Semaphore(1), limit, user_agent(browser))

        for path, names in sorted(wanted.items()):
            place = await place_of_its_own()
            try:
                await place.visit(preview.origin + path, scripted=True)
                picture = await place.picture()
            except (VisitError, BrowserGoneError):
                continue
            finally:
                await place.drop()
            for name in names:
                (folder / name).write_bytes(picture)
