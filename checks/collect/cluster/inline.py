"""Page facts, made in a thread: a worker of a cluster is a process of its own, and may not start others.

In: visits. Out: what `Extraction` makes of them.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from checks.collect import extraction

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.collect.extraction import Extracted
    from checks.facts.page_settings import PageSettings
    from checks.facts.visit import Visit

Wants = ParamSpec("Wants")
Answer = TypeVar("Answer")


class Inline:
    """Takes the place of `Extraction`."""

    def __init__(self, settings: PageSettings) -> None:
        self._settings = settings

    async def build(self, visit: Visit) -> Extracted:
        """Return the facts of the page that `visit` saw."""
        return await asyncio.to_thread(extraction.extracted, visit, self._settings)

    def start(self, work: Callable[Wants, Answer], *args: Wants.args, **kwargs: Wants.kwargs) -> Future[Answer]:
        """Do something else at once, and return what it came to."""
        done: Future[Answer] = Future()
        done.set_result(work(*args, **kwargs))
        return done
