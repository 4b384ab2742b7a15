"""Screenshots for people, taken after judging: of the pages that findings are on. They decide nothing.

In: the preview and the pages that are wanted. Out: a PNG for each finding, as the phone shows its page; with its
element outlined, where that is known and seen.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import asdict
from typing import TYPE_CHECKING

from checks.collect import subject, ways
from checks.collect.place import Place
from checks.collect.running import RunningBrowser
from checks.collect.scripts import OUTLINE
from checks.collect.user_agent import user_agent
from checks.collect.visit_errors import BrowserGoneError, ContaminatedError, VisitError
from checks.facts import secrets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.collect.wanted_pictures import Element, Wanted
    from checks.settings import Settings


async def take(
    settings: Settings, root: Path, browser: Browser, wanted: Mapping[str, Sequence[Wanted]], folder: Path
) -> None:
    """Write a picture of each page in `wanted`, which is by production path, into `folder`, which is there.

    A page that does not settle has no picture: that it could not be measured is told elsewhere. Nor has one that holds
    a private credential, for pictures are sent around.
    """
    async with AsyncExitStack() as stack:
        preview = stack.enter_context(subject.shown(settings, root))
        running = await stack.enter_async_context(RunningBrowser(browser, await ways.lead(settings, preview, stack)))
        limit = settings.render.time_limit_ms / 1000

        async def place_of_its_own() -> Place:
            return Place(await running.get(), asyncio.Semaphore(1), limit, user_agent(browser))

        for path, pictures in sorted(wanted.items()):
            place = await place_of_its_own()
            try:
                for element, those in _by_element(pictures).items():
                    # Loaded anew for each: what was scrolled or outlined before is not in the next one.
                    painted = await place.visit(preview.origin + path, scripted=True)
                    if secrets.are_in_page(painted.answer["html"]):
                        break
                    is_outlined = element is not None and await _outlined(place, element)
                    picture = await place.picture()
                    for one in those:
                        (folder / (one.outlined if is_outlined else one.plain)).write_bytes(picture)
                    await place.clean(preview.origin, painted, cookies=True)
            except (VisitError, ContaminatedError, BrowserGoneError):
                continue
            finally:
                await place.drop()


def _by_element(pictures: Sequence[Wanted]) -> dict[Element | None, list[Wanted]]:
    found: dict[Element | None, list[Wanted]] = {}
    for one in pictures:
        found.setdefault(one.element, []).append(one)
    return found


async def _outlined(place: Place, element: Element) -> bool:
    return await place.ask(f"({OUTLINE})({json.dumps(asdict(element))})") is True
