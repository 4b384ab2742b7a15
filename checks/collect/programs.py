"""Run another program to its end, or to the end of our patience, and leave nothing of it behind.

In: a command and a limit in seconds. Out: its exit code and what it printed. No shell, no input, no terminal: a program
that would ask for a password fails at once instead of waiting for one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOT_STARTED = 127
"""The exit code, as shells have it, of a program that is not there."""
OUT_OF_TIME = 124
"""The exit code, as `timeout` has it, of a program that was ended."""

_LONGEST_OUTPUT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a command."""

    code: int
    output: str
    """Both streams as they came, the end of them where they are long."""

    @property
    def last_line(self) -> str:
        """The last line that says something: most programs put the reason there."""
        return next((line.strip() for line in reversed(self.output.splitlines()) if line.strip()), "")


def run(command: Sequence[str], limit_s: float, environ: Mapping[str, str] | None = None) -> Ran:
    """Run `command` (in `environ`, None: ours) for at most `limit_s` seconds; then it and its children are killed."""
    # A file and not a pipe: a grandchild that lives on would keep a pipe open, and us waiting.
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if environ is None else dict(environ),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return Ran(NOT_STARTED, str(error))
        try:
            code = process.wait(limit_s)
        except subprocess.TimeoutExpired:
            code = OUT_OF_TIME
        finally:
            _end(process)
        length = output.seek(0, os.SEEK_END)
        output.seek(max(0, length - _LONGEST_OUTPUT))
        return Ran(code, output.read().decode("utf-8", "replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):  # what runs as root by sudo can't be killed by us
        process.wait(5)
