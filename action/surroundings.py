"""What a step meets: environment, log, network, clock, and the command that it runs; all of it handed over by `main`.

In: nothing. Out: one frozen record, so that no other module of the action asks the process for anything. A line of the
log is harmless in whatever it says; commands of the runner go out by a door of their own.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from checks.report.escape import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

COMMAND = (sys.executable, "-I", "-m", "checks.cli")
"""Isolated (-I): neither the checkout nor PYTHONPATH can bring modules of their own."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The world of one step."""

    environment: Mapping[str, str]
    out: TextIO
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    command: Sequence[str] = field(default=COMMAND)

    def say(self, text: str) -> None:
        """Write lines to the log, harmless whatever they hold."""
        self.out.writelines(f"{harmless(line)}\n" for line in re.split(r"\r\n|\r|\n", text))
        self.out.flush()

    def tell(self, commands: Sequence[str]) -> None:
        """Write workflow commands, as `action.annotations.command` makes them."""
        self.out.writelines(f"{command}\n" for command in commands)
        self.out.flush()

    @property
    def temporary(self) -> Path:
        """A folder that lives as long as the job and that no checkout fills."""
        return Path(self.environment.get("RUNNER_TEMP") or tempfile.gettempdir())


def of_this_process() -> Surroundings:
    """Return the surroundings of the running process."""
    return Surroundings(dict(os.environ), sys.stdout)


def harmless(line: str) -> str:
    """Return one line of a log without commands and control characters; its spaces stay, for tables."""
    return "".join(part if part.isspace() and set(part) == {" "} else terminal(part) for part in _WORDS.split(line))


_WORDS = re.compile("( +)")
