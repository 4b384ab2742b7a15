"""What the one machine costs that puts shards together and judges: processor time, bytes and memory a page.

    python benchmarks/bench_shards.py [--pages 2000 20000] [--shards 4] [--site FOLDER]

Pages are made up, or copies of a real site's; no browser runs, for rendering is what the other machines do. Processor
seconds and bytes are the same whatever else the machine does; what a page costs is told between the first and the last
size, so that what every run costs is left out. Exits with 1 where the memory of `merge` grows with the site.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sites import made_up

LIMIT = 1.33
SITE = "https://www.example.com"
STEPS = ("parts", "merge", "judge")


@dataclass(frozen=True)
class Cost:
    """Of one command."""

    cpu_s: float
    peak_mib: float


@dataclass(frozen=True)
class Measured:
    """Of one size."""

    pages: int
    parts: Cost
    merge: Cost
    judge: Cost
    measured_bytes: int
    run_bytes: int


def run(folder: Path, *arguments: str | Path) -> Cost:
    """Run gonogo in `folder`; raises where it ends as none of its stages may."""
    command = [str(Path(sys.executable).parent / "gonogo"), *map(str, arguments)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ({0, 1, 3} if arguments[0] == "judge" else {0}):
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def copied(site: Path, into: Path, pages: int) -> Path:
    """Make a site of about so many pages: copies of a real one, each in a folder of its own."""
    each = sum(1 for _ in site.rglob("*.html"))
    for number in range(max(1, round(pages / each))):
        shutil.copytree(site, into / f"copy-{number}")
    return into


def size_of(folder: Path) -> int:
    """Return the bytes of all files in `folder`."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def measure(folder: Path, site: Path | None, pages: int, shards: int) -> Measured:
    """Divide a site of so many pages, put it together, judge it."""
    build = copied(site, folder / "site", pages) if site else made_up(folder / "site", pages)
    same = ("--no-cache", "--site", SITE)
    names = [f"{number}-of-{shards}" for number in range(1, shards + 1)]
    parts = [
        run(folder, "collect", build, "--no-render", "--shard", name.replace("-of-", "/"), "--run", name, *same)
        for name in names
    ]
    merge = run(folder, "merge", *names, "--preview", build, "--run", "whole", *same)
    judge = run(folder, "judge", "whole")
    return Measured(
        sum(1 for _ in (folder / "whole" / "pages.jsonl").open("rb")),
        Cost(sum(one.cpu_s for one in parts), max(one.peak_mib for one in parts)),
        merge,
        judge,
        sum((folder / name / "measured.jsonl").stat().st_size for name in names),
        size_of(folder / "whole"),
    )


def told(one: Measured) -> str:
    """Return a line for people."""
    seconds = ", ".join(f"{name} {getattr(one, name).cpu_s:.1f} s" for name in STEPS)
    each = [size / one.pages / 1000 for size in (one.measured_bytes, one.run_bytes)]
    return (
        f"{one.pages} pages: {seconds} of processor time; merge holds at most {one.merge.peak_mib:.0f} MiB, judge "
        f"{one.judge.peak_mib:.0f} MiB; {each[0]:.1f} KB a page in the shards, {each[1]:.1f} KB in the run folder"
    )


def main() -> None:
    """Print a line for each size, then what a page costs; exit with 1 where memory grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[2000, 20_000])
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--site", type=Path, help="a real site to copy instead of made-up pages")
    asked = parser.parse_args()
    sizes = []
    for pages in asked.pages:
        with tempfile.TemporaryDirectory() as folder:
            sizes.append(measure(Path(folder), asked.site and asked.site.resolve(), pages, asked.shards))
        print(told(sizes[-1]), flush=True)
    first, last = sizes[0], sizes[-1]
    if last.pages > first.pages:
        more = last.pages - first.pages
        for name in STEPS:
            cost = (getattr(last, name).cpu_s - getattr(first, name).cpu_s) / more * 1000
            print(f"{name}: {cost:.1f} ms of processor time a page")
    grew = last.merge.peak_mib / first.merge.peak_mib
    print(f"memory of merge: {grew:.2f} times the first (limit {LIMIT})")
    sys.exit(grew > LIMIT)


if __name__ == "__main__":
    main()
