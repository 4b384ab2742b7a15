"""To be told to end: SIGTERM stops the command as Ctrl-C does, with an exit code of its own.

In: the signal. Out: `Terminated`, once what runs in an event loop was cancelled and has cleaned up.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from types import FrameType

Result = TypeVar("Result")
_told = False
"""Whether the process was told to end since it listens."""


class Terminated(KeyboardInterrupt):
    """SIGTERM: stop as for Ctrl-C, with another exit code."""


def listen() -> None:
    """Raise `Terminated` in this process, from now on, when it is told to end. Only the main thread may call this."""
    global _told  # noqa: PLW0603 - there is one process, and one signal
    _told = False
    signal.signal(signal.SIGTERM, _terminate)


def heed() -> None:
    """Raise `Terminated` once more where the process was told to end and goes on all the same.

    What a signal raises comes up wherever the program happens to be, and code in C that looks something up, as much of
    what is imported does, may take it for a lookup that failed.
    """
    if _told:
        raise Terminated


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run `work` as `asyncio.run` does, and cancel it when the process is told to end.

    An exception that a signal raises inside a loop ends up in whatever task happens to run, or in a callback, and the
    rest is told as tasks that nobody asked about. asyncio cancels the work at Ctrl-C; this is the same for SIGTERM, and
    for Ctrl-C once more: whether somebody told the process to end can't be asked of the task, for a `TaskGroup` whose
    task failed leaves it as one that was cancelled (https://github.com/python/cpython/issues/116720).

    Raises:
        Terminated: The process was told to end, and the work has cleaned up.
        KeyboardInterrupt: Likewise, at Ctrl-C.
    """
    if signal.getsignal(signal.SIGTERM) is not _terminate:
        return asyncio.run(work)
    if _told:
        work.close()
        heed()
    told: list[int] = []
    own = [signal.SIGTERM, *([signal.SIGINT] if signal.getsignal(signal.SIGINT) is signal.default_int_handler else ())]

    async def cancellable() -> Result:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def cancel(number: int, frame: FrameType | None) -> None:
            if told or task is None:
                (_terminate if number == signal.SIGTERM else signal.default_int_handler)(number, frame)
            told.append(number)
            task.cancel()

        with _woken_by_signals(loop):
            before = {number: signal.signal(number, cancel) for number in own}
            try:
                return await work
            finally:
                for number, handler in before.items():
                    signal.signal(number, handler)
                if told:
                    # Whatever came of the work: what was cancelled may have ended well, or broken while it cleaned up.
                    raise asyncio.CancelledError

    try:
        return asyncio.run(cancellable())
    except asyncio.CancelledError:
        if told:
            raise (Terminated if told[0] == signal.SIGTERM else KeyboardInterrupt) from None
        raise


@contextlib.contextmanager
def _woken_by_signals(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Have every signal, Ctrl-C too, end the wait of `loop` for its sockets.

    A signal which arrives just before that wait begins, or which the kernel gives to another thread, interrupts no
    system call: its handler would run when the next socket speaks, which may be never
    (https://docs.python.org/3/library/signal.html#signal.set_wakeup_fd).
    """
    hears, tells = socket.socketpair()
    with hears, tells:
        hears.settimeout(0)
        tells.settimeout(0)
        loop.add_reader(hears, hears.recv, 4096)
        before = signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            loop.remove_reader(hears)


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    global _told  # noqa: PLW0603 - as above
    _told = True
    raise Terminated
