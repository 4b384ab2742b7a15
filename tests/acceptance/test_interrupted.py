"""A run whose browser dies goes on, and one that is told to end leaves no process and no verdict."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.builds import SITE, documents, page, write

PAGES = 100
QUIET_AT_ONCE = "setTimeout(() => {}, 1)"
NEVER_QUIET = "setInterval(() => fetch('/?' + Math.random()), 100)"
Start = Callable[[str], subprocess.Popen[str]]


@pytest.fixture
def start(gonogo: Path, tmp_path: Path) -> Start:
    """Start a check of many pages with a script, and wait until it renders some of them."""

    def started(script: str) -> subprocess.Popen[str]:
        return rendering(gonogo, tmp_path, script)

    return started


def rendering(gonogo: Path, tmp_path: Path, script: str) -> subprocess.Popen[str]:
    body = f"<script>{script}</script>"
    write(tmp_path / "build", {f"p{i}.html": page(body, title=f"Course number {i} in Bristol") for i in range(PAGES)})
    command = [str(gonogo), "check", str(tmp_path / "build"), "--site", SITE, "--run", str(tmp_path / "run")]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 240
    while sum("--type=renderer" in command for command in descendants(process.pid).values()) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return process


def descendants(pid: int) -> dict[int, str]:
    """Return the command lines of all processes below `pid`."""
    parents: dict[int, tuple[int, str]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            parents[int(stat.parent.name)] = (parent, (stat.parent / "cmdline").read_text().replace("\0", " "))
        except (OSError, ValueError):
            continue
    found: dict[int, str] = {}
    waiting = [pid]
    while waiting:
        above = waiting.pop()
        for child, (parent, command) in parents.items():
            if parent == above and child not in found:
                found[child] = command
                waiting.append(child)
    return found


def browsers(pid: int) -> list[int]:
    return [
        child
        for child, command in descendants(pid).items()
        if "--host-resolver-rules" in command and "--type=" not in command
    ]


def without_timings(folder: Path) -> dict[str, dict[str, Any]]:
    return {path: {**one, "vitals": None} for path, one in documents(folder).items()}


def test_a_browser_that_is_killed_is_started_again_and_the_result_is_the_same(
    start: Start, gonogo: Path, tmp_path: Path
) -> None:
    running = start(QUIET_AT_ONCE)
    for pid in browsers(running.pid):
        os.kill(pid, signal.SIGKILL)
    out, err = running.communicate(timeout=240)
    assert json.loads((tmp_path / "run" / "run.json").read_text())["browser_restarts"] >= 1, out + err
    recovered = without_timings(tmp_path)
    command: list[str | Path] = [gonogo, "check", tmp_path / "build", "--site", SITE, "--run", tmp_path / "run"]
    undisturbed = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=240)
    assert (running.returncode, len(recovered)) == (undisturbed.returncode, PAGES) == (0, PAGES), out + err
    assert recovered == without_timings(tmp_path)


def lives(pid: int) -> bool:
    """Tell whether a process is there, and not only its exit code for whoever asks."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_run_leaves_no_process_no_scratch_folder_and_no_verdict(
    start: Start, tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    running = start(NEVER_QUIET)  # else it may have ended before it is told to
    below = set(descendants(running.pid))
    running.send_signal(sent)
    _, err = running.communicate(timeout=240)
    assert running.returncode == code, err
    assert "Traceback" not in err
    # Who was told to end needs a moment for it on a busy machine.
    deadline = time.monotonic() + 60
    while (left := set(filter(lives, below))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left
    assert not (tmp_path / "run" / "verdict.json").exists()
    assert not (tmp_path / "run" / "scratch").exists()
