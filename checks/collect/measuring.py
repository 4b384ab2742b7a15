"""Pages measured: those that are known taken as they are, the others rendered, or read where there is no browser.

In: which pages, and what takes them (`Pages`). Out: each of them settled in the ledger, and how often the browser died.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from checks.collect.ledger import FAILED, MEASURED, READ_ONLY
from checks.collect.left_out import set_aside
from checks.collect.pages import task_of
from checks.collect.rendering import Rendering
from checks.collect.review import reviewed
from checks.collect.starting import Starting
from checks.collect.user_agent import user_agent
from checks.facts import nesting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from checks.collect.browser import Browser
    from checks.collect.pages import Pages
    from checks.collect.rendering import Task
    from checks.collect.review import Before
    from checks.settings import Settings


async def measure(
    settings: Settings,
    pages: Pages,
    paths: Sequence[str],
    browser: Browser | None,
    progress: Callable[[int, int], None],
    review: Before | None = None,
) -> int:
    """Measure the pages at `paths` that are not known yet; return how often the browser died."""
    paths = await set_aside(pages, paths, progress)
    done = 0

    def after_each() -> None:
        nonlocal done
        done += 1
        progress(done, len(paths))

    progress(0, len(paths))
    async with Starting(settings, browser, pages.found.preview) as starting:
        # All of them before the first is rendered, for meanwhile nobody would hear what the browser says.
        left = []
        for path in paths:
            if pages.take_known(path):
                after_each()
            else:
                left.append(path)
            # The review gate may come to render none of them.
            await starting.go_on(begin=bool(left) and review is None)
        died = pages.noted_elsewhere()
        if browser is None:
            await _read(pages, left, after_each)
            return died
        if review is not None:
            left = await reviewed(settings, pages, left, review, after_each)
        if not left and not pages.stand_ins.left() and not pages.closer.chosen():
            return died
        running = await starting.running()
        limit = settings.render.time_limit_ms / 1000
        rendering = Rendering(running, pages.found.preview.origin, limit, user_agent(browser), pages, after_each)
        await rendering.all(_tasks(pages, left))
        await pages.closer.look(rendering)
        pages.looked_again()
        await pages.stand_ins.look(rendering, partial(_tasks, pages))
        return died + running.restarts


async def _read(pages: Pages, paths: Iterable[str], after_each: Callable[[], None]) -> None:
    """Take pages as they are delivered: nothing renders them."""
    preview = pages.found.preview
    for path in paths:
        if why := nesting.too_deep(preview.served(preview.origin + path).body()):
            pages.ledger.settle(path, FAILED, why)
        else:
            await pages.read(path)
            pages.ledger.settle(path, MEASURED, READ_ONLY)
        pages.reuse.failed(path)
        after_each()


def _tasks(pages: Pages, paths: Iterable[str]) -> Iterator[Task]:
    """Give what is to be rendered; a page that no parser could take afterwards is not."""
    origin, preview = pages.found.preview.origin, pages.found.preview
    for path in paths:
        if why := nesting.too_deep(preview.served(origin + path).body()):
            pages.ledger.settle(path, FAILED, why)
            pages.reuse.failed(path)
            continue
        yield task_of(path, preview)
