"""Peak memory of our own processes while sites of different sizes are judged: it should not grow with the site.

    python benchmarks/bench_memory.py [--pages 500 5000] [--no-render]

Measured is the highest resident size (VmHWM) of the process of the command, of a worker that makes facts, and of the
browser's driver. The driver is Playwright's, and Node collects its garbage when it likes: its peak is told apart, and
the limit is held to what is ours. Load on the machine changes the time, and not these figures. The peak of the command
is told stage by stage, too. Without rendering, a tenth of the time shows nearly all that grows.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sites import made_up

LIMIT = 1.2
OURS = ("gonogo", "worker")
TOLD = (*OURS, "driver")
STAGES = {"report.html": "reporting", "run.json": "judging", "coverage.jsonl": "ending", "pages.jsonl": "completing"}
"""File of the run folder -> the stage that the command is in while it has that one and none of those before it."""
FIRST = "measuring"


def peaks(root: Path, flags: list[str]) -> tuple[float, dict[str, int]]:
    """Judge the site in `root`; return the seconds it took, and the peak in KiB by program, and by stage."""
    command = Path(sys.executable).parent / "gonogo"
    found: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        begun, run, stage = time.monotonic(), Path(folder, "run"), FIRST
        process = subprocess.Popen(
            [command, "check", root, "--no-cache", "--site", "https://www.example.com", "--run", run, *flags],
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        while process.poll() is None:
            for pid in (process.pid, *_children(process.pid)):
                for name in ("gonogo", stage) if pid == process.pid else (_program(pid),):
                    found[name] = max(found.get(name, 0), _high_water(pid))
            before, stage = stage, next((one for file, one in STAGES.items() if (run / file).exists()), FIRST)
            if stage != before:
                _forget_high_water(process.pid)
            time.sleep(0.2)
        return time.monotonic() - begun, found


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _program(pid: int) -> str:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return "other"
    names = {b"spawn_main": "worker", b"playwright": "driver"}
    return next((name for part, name in names.items() if part in command), "other")


def _high_water(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1])
    except OSError:
        return 0
    return 0


def _forget_high_water(pid: int) -> None:
    """Let the highest size be counted anew (proc(5), clear_refs); where that is refused, it stays what it was."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def main() -> None:
    """Print a line for each size, and the ratio of the last to the first; exit with 1 where ours grew too much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[500, 5000])
    parser.add_argument("--no-render", action="store_true", help="leave the browser out")
    asked = parser.parse_args()
    sizes = []
    for pages in asked.pages:
        with tempfile.TemporaryDirectory() as folder:
            flags = ["--no-render"] if asked.no_render else []
            took, found = peaks(made_up(Path(folder) / "site", pages), flags)
        sizes.append(found)
        told = ", ".join(f"{name} {peak / 1024:.0f} MiB" for name, peak in found.items())
        print(f"{pages} pages: {told} ({took:.0f} s)", flush=True)
    ratios = {program: sizes[-1][program] / sizes[0][program] for program in TOLD if program in sizes[0]}
    for program, ratio in ratios.items():
        print(f"{program}: {ratio:.2f} times the first{f' (limit {LIMIT})' if program in OURS else ''}")
    sys.exit(any(ratios[program] > LIMIT for program in OURS))


if __name__ == "__main__":
    main()
