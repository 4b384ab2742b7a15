"""Run a program and leave nothing of it behind, not even what it started apart from itself.

In: a command, its environment and a limit in seconds. Out: its exit code and the end of what it printed.
Lighthouse starts its browser in a session of its own, which no process group reaches, and a Node that dies leaves it
behind. So every process of a run carries a mark in its environment, by which it is found.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import psutil

from checks.collect.programs import NOT_STARTED, OUT_OF_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MARK: Final = "GONOGO_LAB_RUN"
_LONGEST = 16 * 1024
_PATIENCE_S = 5
_STARTING_S = 0.1


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a program."""

    code: int
    said: str
    """The end of what it printed."""


async def run(command: Sequence[str], folder: Path, environ: Mapping[str, str], limit_s: float) -> Ended:
    """Run `command` in `folder` for at most `limit_s` seconds; then, or when cancelled, its whole tree is killed."""
    mark = secrets.token_hex(16)
    output = folder / "output.txt"
    process = None
    with output.open("wb") as stream:
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=folder,
                env={**environ, MARK: mark},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=stream,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
            code = await asyncio.wait_for(process.wait(), limit_s)
        except TimeoutError:
            code = OUT_OF_TIME
        except OSError as error:
            return Ended(NOT_STARTED, str(error))
        finally:
            # Who cancels while it starts has no `process` yet, and leaves one all the same.
            kill_marked(mark)
            if process is not None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await asyncio.shield(process.wait())
    with output.open("rb") as stream:
        stream.seek(max(0, output.stat().st_size - _LONGEST))
        return Ended(code, stream.read().decode("utf-8", "replace"))


def kill_marked(mark: str) -> None:
    """Kill every process that carries `mark`, and those that it started meanwhile."""
    # One that is just starting has no environment to read for a moment.
    while found := [*_marked(mark)] or [*_marked_soon(mark)]:
        for process in found:
            with contextlib.suppress(psutil.Error):
                process.kill()
        _, alive = psutil.wait_procs(found, timeout=_PATIENCE_S)
        if alive:  # in the kernel's hands: nobody can do more
            return


def _marked_soon(mark: str) -> Iterator[psutil.Process]:
    time.sleep(_STARTING_S)
    yield from _marked(mark)


def _marked(mark: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK) == mark:
                yield process
