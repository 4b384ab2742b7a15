"""Processes of our own, which do some of the work while this one does the rest.

In: functions, and what they are called with. Out: what they come to. They hear nothing of Ctrl-C: it reaches the whole
process group, and the parent says when to stop.
"""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from checks import garbage

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from types import TracebackType

Wants = ParamSpec("Wants")
Answer = TypeVar("Answer")


class Workers:
    """A few workers; a context manager. Each begins with `begin`, called with `args`."""

    def __init__(self, workers: int, begin: Callable[..., object] | None = None, *args: object) -> None:
        # Not forked: the parent has threads and sockets that a child must not inherit.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(workers, context, initializer=partial(_begin, begin, *args))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def start(self, work: Callable[Wants, Answer], *args: Wants.args, **kwargs: Wants.kwargs) -> Future[Answer]:
        """Let a worker do something, and return what it will come to."""
        # What is submitted may start a worker, and one that is just starting could not yet ignore Ctrl-C.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._pool.submit(work, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(begin: Callable[..., object] | None, *args: object) -> None:
    garbage.look_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if begin is not None:
        begin(*args)
