"""What the review gate finds of what the launch gate finds, and what each costs, on a real site with planted faults.

    python benchmarks/bench_review.py [FOLDER] [--site ORIGIN] [--pages N]

Without FOLDER, the site is Debian's python3.11-doc. It is copied twice: one copy is what is live, the other gets faults
as a template would make them (on every page), and some on one page alone that only a browser can see. Both gates check
it against the live copy. Each rule with a new finding is told with the number of pages on which either gate found it.
A rule with a fault of a template that the review gate does not find at all is exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from sites import copied, html_files, python_docs

IN_TEMPLATE = {
    "</head>": (
        '<meta name="robots" content="noindex">'
        '<style>.late { width: 3000px }</style><link rel="stylesheet" href="/gone.css">'
    ),
    "</body>": (
        "<script>null.wrong</script><script>console.error('the template says so')</script>"
        '<footer><img src="/gone.png" alt="A loaf" width="9" height="9"><p class="late">Wide</p>'
        '<p style="color: #eee; background: #fff">Hardly to be read, and yet it matters.</p>'
        '<form action="/"><input name="q"></form><a href="/no-such-page.html">More</a></footer>'
    ),
}
"""A tag -> what the template writes before it; in the footer, for a main text that has changed is rendered anyway."""
ALONE = "<script>document.body.append(document.createElement('video').canPlayTypeOfNothing())</script>"
"""What one page does wrong: it throws, as the others do, but at another place."""
ALONE_TEXT = "canPlayTypeOfNothing"


def planted(root: Path) -> str:
    """Plant the faults, and return the page that has one of its own."""
    pages: list[Path] = html_files(root)
    for page in pages:
        text = page.read_text(encoding="utf-8", errors="surrogateescape")
        for mark, more in IN_TEMPLATE.items():
            text = text.replace(mark, more + mark, 1)
        page.write_text(text, encoding="utf-8", errors="surrogateescape")
    page = pages[len(pages) // 2 + 1]
    text = page.read_text(encoding="utf-8", errors="surrogateescape")
    page.write_text(text.replace("</body>", f"{ALONE}</body>", 1), encoding="utf-8", errors="surrogateescape")
    return page.relative_to(root).as_posix()


def check(root: Path, site: str, run: Path, *flags: str) -> None:
    """Check a folder, and print what it took."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [str(Path(sys.executable).parent / "gonogo"), "check", str(root), "--site", site, "--no-cache"]
    done = subprocess.run(
        [*command, "--run", str(run), *flags], capture_output=True, text=True, check=False, env={**os.environ}
    )
    took, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if not (run / "verdict.json").is_file():
        sys.exit(f"exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = json.loads((run / "verdict.json").read_text(encoding="utf-8"))
    counts = said["counts"]
    print(
        f"{run.name:7} {took:7.1f} s, {processor:7.1f} s of processor: {counts['measured']} rendered, "
        f"{counts['represented']} read only; {said['verdict']}, exit code {done.returncode}",
        flush=True,
    )


def found(run: Path) -> dict[str, set[str]]:
    """Return the pages with new findings of each rule."""
    pages: dict[str, set[str]] = defaultdict(set)
    with (run / "findings.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            one: dict[str, Any] = json.loads(line)
            if one["state"] == "new" and one["reads"] in {"page", "change"}:
                pages[one["policy"]].add(one["page"])
    return pages


def finds_the_lone_one(run: Path) -> bool:
    """Return whether the fault of one page alone is among the findings."""
    return ALONE_TEXT in (run / "findings.jsonl").read_text(encoding="utf-8")


def main() -> None:
    """Check a site by both gates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--site", default="https://docs.example.org")
    parser.add_argument("--pages", type=int, help="only so many pages, with everything that is no page")
    parsed = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        live = copied((parsed.folder or python_docs()).resolve(), folder / "site", parsed.pages)
        build = copied(live, folder / "build")
        print(f"{len(html_files(live))} pages, {os.cpu_count()} cores")
        alone = planted(build)
        check(live, parsed.site, folder / "live")
        against = ("--baseline", str(folder / "live"))
        check(build, parsed.site, folder / "launch", *against)
        check(build, parsed.site, folder / "review", "--gate", "review", *against)
        launch, review = found(folder / "launch"), found(folder / "review")
        print(f"{'rule':42} launch  review  (pages)")
        for policy in sorted({*launch, *review}):
            print(f"{policy:42} {len(launch[policy]):6}  {len(review[policy]):6}")
        told = {name: finds_the_lone_one(folder / name) for name in ("launch", "review")}
        print(f"the fault of {alone} alone: {told}")
        everywhere = {policy for policy, pages in launch.items() if pages - {f"/{alone}"}}
        missed = sorted(policy for policy in everywhere if not review[policy])
        print(f"found by launch and not by review: {', '.join(missed) or 'nothing'}")
        sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
