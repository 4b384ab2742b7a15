"""What a run costs when most was measured before: cold, then one page, one style sheet, or nothing changed.

    python benchmarks/bench_warm.py [FOLDER] [--site ORIGIN] [--pages N]

Without FOLDER, the site is Debian's python3.11-doc. It is copied, so that the edits stay in the copy. Each run is told
with its wall time, the processor time of everything that it started, how many pages were measured, and why. Documents
of the last run are compared with those of a run that measures everything, timings aside; a difference is exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sites import copied, html_files, python_docs


def run(root: Path, site: str, folder: Path, *flags: str) -> dict[str, Any]:
    """Check once, print what it took and what was measured, and return what it says of that."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [str(Path(sys.executable).parent / "gonogo"), "check", str(root), "--site", site, "--advisory"]
    environment = {**os.environ, "XDG_STATE_HOME": f"{folder}/state"}
    done = subprocess.run(
        [*command, "--run", str(folder / "run"), *flags], capture_output=True, text=True, check=False, env=environment
    )
    took, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if not (folder / "run" / "verdict.json").is_file():
        sys.exit(f"exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    about: dict[str, Any] = json.loads((folder / "run" / "run.json").read_text())
    reuse = about["reuse"]
    why = ", ".join(f"{one['why']} ({one['pages']})" for one in reuse["why"]) or "nothing"
    print(
        f"{took:7.1f} s, {processor:7.1f} s of processor: {reuse['reused']} reused, {reuse['measured']} measured: {why}"
    )
    return about


def documents(folder: Path) -> list[dict[str, Any]]:
    """Return the page documents of the run, timings left out."""
    found = []
    with (folder / "run" / "pages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            del document["vitals"]
            found.append(document)
    return found


def edit_page(root: Path) -> str:
    """Add a sentence to the page in the middle of the list, and return its name."""
    pages = sorted(root.rglob("*.html"))
    page = pages[len(pages) // 2]
    page.write_bytes(re.sub(rb"</body", b"<p>One sentence more.</p></body", page.read_bytes(), count=1))
    return page.relative_to(root).as_posix()


def edit_style(root: Path) -> str:
    """Add a rule to the largest style sheet, and return its name."""
    sheet = max(root.rglob("*.css"), key=lambda file: file.stat().st_size)
    sheet.write_bytes(sheet.read_bytes() + b"\np { letter-spacing: 0.01em }\n")
    return sheet.relative_to(root).as_posix()


def main() -> None:
    """Measure a site five times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--site", default="https://docs.example.org")
    parser.add_argument("--pages", type=int, help="only so many pages, with everything that is no page")
    parsed = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        root = copied((parsed.folder or python_docs()).resolve(), folder / "build", parsed.pages)
        print(f"{len(html_files(root))} pages, {os.cpu_count()} cores")
        kept = ("--cache", f"{folder}/cache")
        print("cold:", flush=True)
        run(root, parsed.site, folder, *kept)
        print("nothing changed:", flush=True)
        run(root, parsed.site, folder, *kept)
        print(f"one page changed ({edit_page(root)}):", flush=True)
        run(root, parsed.site, folder, *kept)
        print(f"one style sheet changed ({edit_style(root)}):", flush=True)
        run(root, parsed.site, folder, *kept)
        warm = documents(folder)
        size = sum(file.stat().st_size for file in (folder / "cache").iterdir())
        print("without the cache:", flush=True)
        run(root, parsed.site, folder, "--no-cache")
        same = documents(folder) == warm
        print(f"the cache takes {size / 1e6:.1f} MB; the documents are {'the same' if same else 'NOT the same'}")
        sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
