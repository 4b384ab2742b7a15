"""Page facts, made in processes of their own, so that the server and the browser never wait for them.

In: visits. Out: what `checks.facts.page.build` makes of each.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

from checks.facts import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from types import TracebackType

    from checks.facts.page import Built
    from checks.facts.page_settings import PageSettings
    from checks.facts.visit import Visit

Wants = ParamSpec("Wants")
Answer = TypeVar("Answer")
_settings: PageSettings | None = None
"""In a worker: the settings that its parent gave it once."""


class Extraction:
    """A few workers; a context manager. `build` may be awaited by many at once."""

    def __init__(self, settings: PageSettings, workers: int) -> None:
        # Not forked: the parent has threads and sockets that a child must not inherit.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(settings,))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    async def build(self, visit: Visit) -> Built:
        """Return what `page.build` makes of `visit`."""
        loop: Any = asyncio.get_running_loop()
        built: Built = await loop.run_in_executor(self._pool, _build, visit)
        return built

    def start(self, work: Callable[Wants, Answer], *args: Wants.args, **kwargs: Wants.kwargs) -> Future[Answer]:
        """Let a worker do something else, and return what it will come to."""
        return self._pool.submit(work, *args, **kwargs)


def _begin(settings: PageSettings) -> None:
    global _settings  # noqa: PLW0603 - the one thing that a worker keeps from task to task
    _settings = settings
    # Ctrl-C reaches the whole process group; the parent says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _build(visit: Visit) -> Built:
    assert _settings is not None  # noqa: S101 - _begin was here
    return page.build(visit, _settings)
