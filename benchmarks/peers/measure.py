"""What one run of a command costs, with everything that it started.

In: a command, its folder, environment and time limit. Out: `Cost`. Wall time is the clock's. Processor time is that of
all descendants: this process is their subreaper, so that a browser left behind is inherited, ended and counted. Memory
is the peak of the sum of their proportional set sizes, for the processes of a browser share most of their pages; it
is sampled, and never less than the largest resident size that the kernel saw in one of them.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

if TYPE_CHECKING:
    from collections.abc import Mapping

_PR_SET_CHILD_SUBREAPER: Final = 36  # prctl(2)
_FIRST_LOOK_S: Final = 0.02
_LONGEST_PAUSE_S: Final = 1.0  # a look costs some milliseconds for each process of a browser


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took."""

    code: int | None
    """The exit code; None where the time limit ended it."""
    wall_s: float
    processor_s: float
    memory_mib: float


def machine() -> str:
    """Return what it is measured on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    return f"{os.cpu_count()} cores ({model}), {psutil.virtual_memory().total / 2**30:.0f} GiB"


def adopt_orphans() -> None:
    """Let what a command leaves behind become a child of this process."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measured(command: list[str], folder: Path, environment: Mapping[str, str], limit_s: float) -> Cost:
    """Run `command` in `folder`; its output goes to `stdout` and `stderr` there."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        peak, largest = _watch(process, begun + limit_s)
    wall = time.monotonic() - begun
    code = process.returncode
    _end_the_rest()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(code if code is not None and code >= 0 else None, wall, processor, max(peak, largest))


def _watch(process: subprocess.Popen[bytes], until: float) -> tuple[float, float]:
    """Wait for the end; return the highest sum of sizes, and the largest size of one process, in MiB."""
    peak, pause = 0.0, _FIRST_LOOK_S
    while True:
        peak = max(peak, sum(_size(each) for each in psutil.Process().children(recursive=True)))
        due = time.monotonic() + pause
        while time.monotonic() < due:
            found, status, used = os.wait4(process.pid, os.WNOHANG)
            if found:
                process.returncode = os.waitstatus_to_exitcode(status)
                return peak, used.ru_maxrss / 1024
            time.sleep(min(0.005, pause))
        if time.monotonic() > until:
            process.kill()
        pause = min(pause * 1.5, _LONGEST_PAUSE_S)


def _size(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / 2**20
    except (psutil.Error, OSError):
        return 0.0  # it has just ended


def _end_the_rest() -> None:
    """End what the command left running, and wait for it: only then are its times counted."""
    for each in psutil.Process().children(recursive=True):
        try:
            each.kill()
        except psutil.Error:
            continue
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return
