"""To be told to end: SIGTERM stops the command as Ctrl-C does, with an exit code of its own.

In: the signal. Out: `Terminated`, once what runs in an event loop was cancelled and has cleaned up.
"""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import FrameType

Result = TypeVar("Result")


class Terminated(KeyboardInterrupt):
    """SIGTERM: stop as for Ctrl-C, with another exit code."""


def listen() -> None:
    """Raise `Terminated` in this process, from now on, when it is told to end. Only the main thread may call this."""
    signal.signal(signal.SIGTERM, _terminate)


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run `work` as `asyncio.run` does, and cancel it when the process is told to end.

    An exception that a signal raises inside a loop ends up in whatever task happens to run, or in a callback, and the
    rest is told as tasks that nobody asked about. asyncio cancels the work at Ctrl-C; this is the same for SIGTERM
    (https://docs.python.org/3/library/asyncio-runner.html#handling-keyboard-interruption).

    Raises:
        Terminated: The process was told to end, and the work has cleaned up.
    """
    if signal.getsignal(signal.SIGTERM) is not _terminate:
        return asyncio.run(work)
    told = False

    async def cancellable() -> Result:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def cancel(number: int, frame: FrameType | None) -> None:
            nonlocal told
            if told or task is None:
                _terminate(number, frame)
            told = True
            task.cancel()
            # A loop that waits for its sockets would see the cancelling when the next one speaks.
            loop.call_soon_threadsafe(lambda: None)

        signal.signal(signal.SIGTERM, cancel)
        try:
            return await work
        finally:
            signal.signal(signal.SIGTERM, _terminate)

    try:
        return asyncio.run(cancellable())
    except asyncio.CancelledError:
        if told:
            raise Terminated from None
        raise


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated
