"""Is the cache sound on a real site? After each of many edits, a warm run must say what a cold one says.

    python benchmarks/bench_edits.py [FOLDER] [--pages N] [--edits 200] [--seed 1] [--kept DIR]

Each edit of `edits.py`, or of the config, is laid on top of those before. Then the site is checked twice: with the
cache that all runs before have filled, and without any. Facts and findings are compared line by line, and the verdict,
with what times decide left out; one difference is exit code 1, and both run folders stay in DIR to be looked at. DIR
also keeps a line for each edit, so that a benchmark that was stopped goes on where it was: the edits before are made
again, for chance is seeded.
Without FOLDER, the site is a dozen pages of Debian's python3.11-doc; without DIR, nothing is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edits import EDITS, GONE, Edit
from sites import copied, html_files, python_docs

CONFIG = {"render": "{third-party: block, time-limit: 60s}"}
ASIDE = {"vitals", "reused"}
"""What tells times, and what tells what was reused."""
FILES = ("coverage.jsonl", "pages.jsonl", "site.json", "answers.jsonl", "findings.jsonl", "verdict.json")
TIMES = "/vitals"
"""Where in a page document times stand: findings about them are chance."""


@dataclass(slots=True)
class Site:
    """A copy of a site, with its config, and what was made of it."""

    folder: Path
    config: dict[str, str] = field(default_factory=lambda: dict(CONFIG))

    @property
    def build(self) -> Path:
        """The folder that is judged."""
        return self.folder / "build"

    def collect(self, name: str, *flags: str) -> dict[str, Any]:
        """Check the site into the run folder `name`, and return what the run says of its reuse."""
        lines = (f"{key}: {value}\n" for key, value in {"host": "netlify", **self.config}.items())
        config, run = self.folder / "gonogo.yaml", self.folder / name
        config.write_text("".join(lines), encoding="utf-8")
        command = [str(Path(sys.executable).parent / "gonogo"), "check", "build", "--site", "https://www.example.com"]
        environment = {**os.environ, "XDG_STATE_HOME": f"{self.folder}/state"}
        done = subprocess.run(
            [*command, "--advisory", "--run", str(run), *flags],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            cwd=self.folder,
        )
        if done.returncode != 0:
            sys.exit(f"exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        about: dict[str, Any] = json.loads((run / "run.json").read_text(encoding="utf-8"))["reuse"]
        return about


def another_setting(site: Site, chance: random.Random) -> str:
    """Change a key of the config."""
    pages = [file.relative_to(site.build).as_posix() for file in html_files(site.build)]
    page = f"/{chance.choice(pages)}"
    key, value = chance.choice(
        (
            ("key_pages", f"[{page}]"),
            ("page_types", f"{{product: [{page}]}}"),
            ("allow", f"{{third-parties: [cdn-{chance.randrange(100)}.example.net]}}"),
            ("expect", f"[{{page: {page}, noindex: true, why: a draft, owner: marketing, until: 2099-01-01}}]"),
            ("exclude", f"[{{page: {page}, why: a draft, owner: marketing, until: 2099-01-01}}]"),
            ("crawlers", "{GPTBot: block}"),
        )
    )
    if site.config.get(key) == value:
        del site.config[key]
        return f"{key} is not said"
    site.config[key] = value
    return f"{key}: {value}"


def edited(site: Site, chance: random.Random) -> str:
    """Make one edit, and say which."""
    while True:
        edit: Edit | None = chance.choice([*EDITS, None])
        said = another_setting(site, chance) if edit is None else edit(site.build, chance)
        if said is not None:
            return f"{'another_setting' if edit is None else edit.__name__}: {said}"


def differences(one: Path, other: Path) -> list[str]:
    """Return in which documents of which files two runs differ, timings aside."""
    found = []
    for name in FILES:
        lines = [_lines(run / name) for run in (one, other)]
        if len(lines[0]) != len(lines[1]):
            found.append(f"{name}: {len(lines[0])} and {len(lines[1])} lines")
        found += [f"{name}:{number}" for number, pair in enumerate(zip(*lines, strict=False), 1) if pair[0] != pair[1]]
    return found


def _lines(file: Path) -> list[str]:
    if not file.is_file():
        return []
    text = file.read_text(encoding="utf-8")
    documents = [json.loads(line) for line in ([text] if file.suffix == ".json" else text.splitlines())]
    if file.name == "verdict.json":
        return [one["verdict"] for one in documents]
    documents = [one for one in documents if not str(one.get("pointer", "")).startswith(TIMES)]
    return [json.dumps({key: one[key] for key in one if key not in ASIDE}) for one in documents]


def main() -> None:
    """Edit a site many times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, help="only so many pages, with everything that is no page")
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path)
    parsed = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        pages = parsed.pages or (None if parsed.folder else 12)
        sys.exit(edit(parsed, Site((parsed.kept or Path(place)).resolve()), pages))


def edit(parsed: argparse.Namespace, site: Site, pages: int | None) -> int:
    """Edit a site, as often as was asked for, and return 1 where a warm run said something else than a cold one."""
    chance = random.Random(parsed.seed)  # noqa: S311 - the same edits each time
    site.folder.mkdir(parents=True, exist_ok=True)
    told = site.folder / "edits.jsonl"
    done = len(told.read_text(encoding="utf-8").splitlines()) if told.is_file() else 0
    for old in (site.build, site.folder / GONE):
        shutil.rmtree(old, ignore_errors=True)
    copied((parsed.folder or python_docs()).resolve(), site.build, pages)
    for _ in range(done):
        edited(site, chance)
    site.collect("warm", "--cache", str(site.folder / "cache"))
    wrong = 0
    for number in range(done + 1, parsed.edits + 1):
        wrong += not one_more(site, number, edited(site, chance))
    print(f"{parsed.edits - done} edits, {wrong} differences")
    return 1 if wrong else 0


def one_more(site: Site, number: int, said: str) -> bool:
    """Check an edited site warm and cold, note what came out, and return whether both say the same."""
    begun = time.monotonic()
    reuse = site.collect("warm", "--cache", str(site.folder / "cache"))
    between = time.monotonic()
    site.collect("cold", "--no-cache")
    found = differences(site.folder / "warm", site.folder / "cold")
    line = {
        "number": number,
        "edit": said,
        "reused": reuse["reused"],
        "measured": reuse["measured"],
        "warm_s": round(between - begun, 1),
        "cold_s": round(time.monotonic() - between, 1),
        "differences": found,
    }
    with (site.folder / "edits.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(line) + "\n")
    print(json.dumps(line), flush=True)
    for name in ("warm", "cold") if found else ():
        shutil.copytree(site.folder / name, site.folder / f"{number}-{name}", dirs_exist_ok=True)
    return not found


if __name__ == "__main__":
    main()
