"""Which of the regressions that are planted in a made-up shop are found, each as one cause, and what a rebuild finds.

    python benchmarks/bench_regressions.py [--pages 500] [--in FOLDER] [--only NAME]

The shop and the seeds are those of `tests/compare/`, with more pages. Each build goes through the whole command,
browser and all, with the strict set, and is compared with a saved baseline. What was measured of the live build is
reused where nothing changed. Each result is a line of FOLDER/results.jsonl; a build that has one is left out, so a run
that was stopped goes on. Exits with 1 where a seed is not found as one cause, or a healthy release has a new finding.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.compare.seeds import HEALTHY, SEEDS  # noqa: E402
from tests.compare.shop import SITE, Shop, shop  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

GONOGO: Final = str(Path(sys.executable).with_name("gonogo"))
EVERY_THIRD: Final = 3
"""Pages that a product has."""
OTHER_PAGES: Final = 5


class Bench:
    """The live shop, measured and saved once, and what its releases are compared with."""

    def __init__(self, folder: Path, pages: int) -> None:
        self.folder = folder
        self.products = (pages - OTHER_PAGES) // EVERY_THIRD
        self.results = folder / "results.jsonl"

    def begin(self) -> None:
        """Measure what is live, and save it as baseline; the measurements stay in a cache that is only copied."""
        if (self.folder / "baselines").is_dir():
            return
        began = time.monotonic()
        self.check(shop(self.products), "live", "--cache", str(self.folder / "cache"))
        self.gonogo("baseline", "save", str(self.folder / "run"), str(self.folder / "baselines"))
        print(f"live: {time.monotonic() - began:.0f} s", flush=True)

    def release(self, name: str, site: Shop) -> dict[str, Any]:
        """Check a release, and return what is new in it: for each policy its causes, and how often it was found."""
        # A copy: a cache keeps few measurements of one page, and those of the live one must stay.
        shutil.rmtree(self.folder / "warm", ignore_errors=True)
        shutil.copytree(self.folder / "cache", self.folder / "warm")
        began = time.monotonic()
        baseline = ["--baseline", str(self.folder / "baselines"), "--cache", str(self.folder / "warm")]
        exit_code = self.check(site, name, *baseline)
        causes: dict[str, set[str]] = defaultdict(set)
        counts: dict[str, int] = defaultdict(int)
        for finding in self.new():
            causes[finding["policy"]].add(finding["cause"])
            counts[finding["policy"]] += 1
        reuse = json.loads((self.folder / "run" / "run.json").read_bytes())["reuse"]
        return {
            "name": name,
            "exit_code": exit_code,
            "new": {policy: [len(causes[policy]), counts[policy]] for policy in sorted(causes)},
            "measured": reuse["measured"],
            "seconds": round(time.monotonic() - began),
        }

    def new(self) -> Iterator[dict[str, Any]]:
        """Yield the findings of the last run that are not in the baseline, gaps in what was measured among them."""
        with (self.folder / "run" / "findings.jsonl").open("rb") as lines:
            for line in lines:
                finding = json.loads(line)
                if finding["state"] not in {"existing", "fixed"}:
                    yield finding

    def check(self, site: Shop, name: str, *flags: str) -> int:
        """Build and check; return the exit code, and refuse a run that came to no verdict."""
        build = self.folder / "build"
        shutil.rmtree(build, ignore_errors=True)
        run = self.folder / "run"
        command = ["check", str(site.write(build)), "--site", SITE, "--host", "netlify", "--set", "strict"]
        exit_code = self.gonogo(*command, "--run", str(run), *flags)
        if not (run / "verdict.json").is_file():
            sys.exit(f"{name}: no verdict, exit code {exit_code}")
        return exit_code

    def gonogo(self, *arguments: str) -> int:
        """Run the command, with a secret of its own for the cache."""
        environment = {**os.environ, "XDG_STATE_HOME": str(self.folder / "state")}
        log = self.folder / "log.txt"
        with log.open("ab") as out:
            return subprocess.run([GONOGO, *arguments], check=False, env=environment, stdout=out, stderr=out).returncode

    def known(self) -> dict[str, dict[str, Any]]:
        """Return the results that are there already."""
        if not self.results.is_file():
            return {}
        with self.results.open("rb") as lines:
            return {result["name"]: result for result in map(json.loads, lines)}


def told(result: dict[str, Any], policy: str | None) -> bool:
    """Print a result, and return whether it is as it must be: one cause of `policy`, or nothing new at all."""
    new: dict[str, list[int]] = result["new"]
    found = (new.get(policy) or [0, 0]) if policy else [0, 0]
    beside = ", ".join(f"{name} {causes}/{count}" for name, (causes, count) in new.items() if name != policy)
    right = found[0] == 1 if policy else not new
    said = ("found" if policy else "silent") if right else "WRONG"
    own = f": {policy}, causes {found[0]}, findings {found[1]}" if policy else ""
    also = f"; beside it (causes/findings): {beside}" if beside else ""
    cost = f"{result['measured']} pages measured, {result['seconds']} s"
    print(f"{said}  {result['name']}{own}{also}; exit {result['exit_code']}, {cost}", flush=True)
    return right


def main() -> None:
    """Plant one regression after the other, then rebuild healthily, and say what is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument(
        "--in", dest="folder", type=Path, help="keeps what is live and the results (a temporary folder)"
    )
    parser.add_argument("--only", help="builds whose name holds this text")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench((arguments.folder or Path(temporary)).resolve(), arguments.pages)
        bench.folder.mkdir(parents=True, exist_ok=True)
        bench.begin()
        builds = {**{name: (change, None) for name, change in HEALTHY.items()}, **SEEDS}
        wrong = 0
        for name, (change, policy) in builds.items():
            if arguments.only and arguments.only not in name:
                continue
            result = bench.known().get(name)
            if result is None:
                site = shop(bench.products)
                change(site)
                result = bench.release(name, site)
                with bench.results.open("a", encoding="utf-8") as out:
                    out.write(json.dumps(result) + "\n")
            wrong += not told(result, policy)
    print(f"{wrong} of {len(builds)} builds are not told as they should")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
