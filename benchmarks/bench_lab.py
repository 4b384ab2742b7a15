"""A real site with the lab, end to end: where the time goes, and how far our own timings and Lighthouse's agree.

    python benchmarks/bench_lab.py [FOLDER] [--pages 20] [--runs 1]

Without FOLDER, the site is Debian's python3.11-doc. So many of its pages, spread evenly over the site, are measured by
Lighthouse on the phone; every page is rendered as always. Lighthouse's timings are modelled for a slow connection and a
slow processor, ours are taken from this machine while several pages load at once: what can agree is the order of the
pages, so the rank correlation (Kendall's tau) is told beside the medians. A layout shift has no unit of time and can
agree itself.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from scipy.stats import kendalltau
from sites import python_docs

SITE = "https://docs.example.org"
METRICS = {"lcp_ms": "LCP", "fcp_ms": "FCP", "tbt_ms": "TBT", "cls": "CLS"}


def chosen(root: Path, many: int) -> list[str]:
    """Return the paths of so many pages, spread evenly over the site in the order of their names."""
    pages = sorted(f"/{file.relative_to(root).as_posix()}" for file in root.rglob("*.html"))
    step = max(1, len(pages) // many)
    return [path.removesuffix("index.html") for path in pages[::step][:many]]


def documents(file: Path) -> list[dict[str, Any]]:
    """Return the documents of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Run the command once, and print what it says of itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--runs", type=int, default=1)
    parsed = parser.parse_args()
    root = (parsed.folder or python_docs()).resolve()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        lab = {"pages": chosen(root, parsed.pages), "profiles": ["phone"], "runs": parsed.runs, "budget": "120m"}
        (folder / "gonogo.yaml").write_text(json.dumps({"site": SITE, "lighthouse": lab}))
        begun = time.monotonic()
        command = [str(Path(sys.executable).parent / "gonogo"), "check", str(root), "--no-cache"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        took = time.monotonic() - begun
        run = folder / "gonogo-run"
        if not (run / "lighthouse.jsonl").is_file():
            sys.exit(f"exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        stages: dict[str, float] = json.loads((run / "run.json").read_text())["lighthouse"]["took_s"]
        pages = {one["path"]: one for one in documents(run / "pages.jsonl")}
        measured = [one for one in documents(run / "lighthouse.jsonl") if one["measured"] and one["path"] in pages]
        rest = took - sum(stages.values())
        told = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in stages.items())
        print(f"{len(pages)} pages, {len(measured)} of them by Lighthouse: {took:.0f} s; {told}; all else {rest:.0f} s")
        for name, short in METRICS.items():
            ours = [pages[one["path"]]["vitals"][name] or 0 for one in measured]
            theirs = [one["aggregate"]["metrics"][name]["median"] for one in measured]
            tau = kendalltau(ours, theirs).statistic
            print(f"{short}: median {median(ours):.4g} here, {median(theirs):.4g} by Lighthouse; tau {tau:.2f}")


if __name__ == "__main__":
    main()
