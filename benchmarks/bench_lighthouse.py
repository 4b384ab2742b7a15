"""How often the lab cries wolf, and how often it finds what is really slower.

False alarms: a site is compared with itself (the two differ in a comment, so that the rule for identical bytes does not
apply): how many of the comparisons end in NO-GO? True alarms: slowdowns are planted, one at a time: how many are
found, by which policies, and in what time?

    python benchmarks/bench_lighthouse.py [--false 30] [--true 5] [--results FILE] [--only false] [--only script] ...

Each comparison is one `gonogo check --lighthouse --baseline` of a page on the phone. What is done is kept in FILE (one
line each; by default in the user's cache folder): stop it when you like, and start it again to go on. The figures are
those of all lines in the file. The font is the installed one nearest to 200 KB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from scipy.stats import binomtest

from checks import __version__

SITE = "https://www.example.com"
CONFIG = "policies: {use: [lighthouse]}\nlighthouse: {pages: [/], profiles: [phone], budget: 60m}\n"
TEXT = (
    "<p>The bread is baked slowly, from flour, water and salt, in an oven that has burnt since early morning.</p>" * 12
)
HERO = '<img src="/hero.png" width="400" height="300" alt="Bread">'
Plant = Callable[[Path], None]


def base(folder: Path, comment: str = "") -> Path:
    """Write the page that everything is compared with: text, a style sheet, a script and a picture of 60 KB."""
    folder.mkdir(parents=True)
    (folder / "style.css").write_text("body { font: 18px/1.5 sans-serif; margin: 1em } img { display: block }")
    (folder / "site.js").write_text("document.documentElement.dataset.ready = 'yes';")
    (folder / "hero.png").write_bytes(noise(140, 143))
    (folder / "index.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sourdough courses in Bristol</title>'
        '<meta name="viewport" content="width=device-width"><meta name="description" content="Courses for beginners.">'
        '<link rel="stylesheet" href="/style.css"><script src="/site.js" defer></script></head>'
        f"<body><!-- {comment} --><main><h1>Sourdough</h1>{HERO}{TEXT}</main></body></html>"
    )
    return folder


def noise(width: int, height: int) -> bytes:
    """Return a PNG that cannot be compressed: three bytes for each pixel."""
    rows = b"".join(b"\0" + random.Random(row).randbytes(3 * width) for row in range(height))  # noqa: S311 - a picture

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def script(folder: Path) -> None:
    """Plant a script in the head that blocks for 300 ms."""
    (folder / "slow.js").write_text("const begun = performance.now(); while (performance.now() - begun < 300);")
    _edit(folder, "</head>", '<script src="/slow.js"></script></head>')


def image(folder: Path) -> None:
    """Plant a picture of 1 MB where one of 60 KB was."""
    (folder / "hero.png").write_bytes(noise(578, 577))


def shift(folder: Path) -> None:
    """Plant a banner that pushes the page down when it comes: a layout shift of about 0.2."""
    (folder / "late.js").write_text(
        "addEventListener('load', () => setTimeout(() => { const banner = document.createElement('div');"
        " banner.style.height = '180px'; document.body.prepend(banner); }, 300));"
    )
    _edit(folder, "</head>", '<script src="/late.js" defer></script></head>')


def font(folder: Path) -> None:
    """Plant a font of about 200 KB that the text waits for."""
    fonts = [file for file in Path("/usr/share/fonts").rglob("*.ttf") if file.is_file()]
    nearest = min(fonts, key=lambda file: abs(file.stat().st_size - 200_000))
    (folder / "font.ttf").write_bytes(nearest.read_bytes())
    face = (
        "@font-face { font-family: Planted; src: url(/font.ttf) } body { font-family: Planted, sans-serif !important }"
    )
    (folder / "style.css").write_text((folder / "style.css").read_text() + face)


PLANTED: dict[str, Plant] = {"script": script, "image": image, "shift": shift, "font": font}


def _edit(folder: Path, before: str, after: str) -> None:
    file = folder / "index.html"
    file.write_text(file.read_text().replace(before, after, 1))


def compare(kind: str) -> dict[str, Any]:
    """Compare a preview of this kind with the baseline; return what came of it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        base(folder / "live")
        base(folder / "preview", comment="the same page in another build")
        if kind in PLANTED:
            PLANTED[kind](folder / "preview")
        (folder / "gonogo.yaml").write_text(CONFIG)
        command = [
            str(Path(sys.executable).parent / "gonogo"),
            "check",
            "preview",
            "--no-cache",
            "--baseline",
            "live",
            "--site",
            SITE,
        ]
        begun = time.monotonic()
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        took = time.monotonic() - begun
        if done.returncode not in {0, 1}:
            sys.exit(f"{kind}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        found = [json.loads(line) for line in (folder / "gonogo-run/findings.jsonl").read_text().splitlines()]
        (document,) = [json.loads(line) for line in (folder / "gonogo-run/lighthouse.jsonl").read_text().splitlines()]
        compared = document["comparison"]
        return {
            "kind": kind,
            "exit_code": done.returncode,
            "policies": sorted(one["policy"] for one in found if one["blocking"]),
            "undecided": compared["undecided"],
            "pairs": compared["pairs"],
            "effects": {name: compared[name]["effect"] for name in ("lcp_ms", "fcp_ms", "tbt_ms", "cls")},
            "seconds": round(took, 1),
            "gonogo": __version__,
            "benchmark_index": document["runner"]["benchmark_index"],
        }


def told(lines: list[dict[str, Any]]) -> None:
    """Print the figures of everything that was done so far."""
    for kind in ("false", *PLANTED):
        found = [one for one in lines if one["kind"] == kind]
        if not found:
            continue
        alarms = sum(1 for one in found if one["exit_code"] == 1)
        bounds = binomtest(alarms, len(found)).proportion_ci(0.95, method="exact")
        open_ = sum(1 for one in found if one["undecided"])
        pairs, seconds = median(one["pairs"] for one in found), median(one["seconds"] for one in found)
        by_policy = Counter(name for one in found for name in one["policies"])
        print(
            f"{'the same site' if kind == 'false' else 'planted: ' + kind}: {alarms} of {len(found)} NO-GO"
            f" (true rate between {bounds.low:.1%} and {bounds.high:.1%} with 95 % confidence), {open_} left something"
            f" open; median {pairs:g} pairs, {seconds:.0f} s; {dict(by_policy) or 'no policy'}"
        )


def main() -> None:
    """Go on where it was stopped, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--false", type=int, default=30, dest="same", help="comparisons of the site with itself")
    parser.add_argument("--true", type=int, default=5, dest="planted", help="tries for each planted slowdown")
    parser.add_argument("--only", choices=("false", *PLANTED), action="append")
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "gonogo-benchmarks"
    parser.add_argument("--results", type=Path, default=home / "lighthouse.jsonl")
    parsed = parser.parse_args()
    parsed.results.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.loads(one) for one in parsed.results.read_text().splitlines()] if parsed.results.exists() else []
    wanted = {"false": parsed.same, **dict.fromkeys(PLANTED, parsed.planted)}
    kinds = [kind for kind in wanted if not parsed.only or kind in parsed.only]
    while left := [kind for kind in kinds if sum(one["kind"] == kind for one in lines) < wanted[kind]]:
        for kind in left:  # in turn: whatever else the machine does falls on all of them
            lines.append(compare(kind))
            with parsed.results.open("a") as stream:
                stream.write(json.dumps(lines[-1]) + "\n")
            print(json.dumps(lines[-1]), flush=True)
    told(lines)


if __name__ == "__main__":
    main()
