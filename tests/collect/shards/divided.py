"""A site that is collected on one machine and on several.

In: a build and its settings. Out: run folders, and the documents in one with what is chance left out: times.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checks import gate, json_bytes, merging, run_folder, sharding
from checks.run_folder import RunFolder
from checks.trust import rules

DAY = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def nothing(_done: int, _total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Divided:
    """A build, and a folder to work in."""

    folder: Path
    build: Path
    config: str
    render: bool = True

    def ruling(self, config: str | None = None, day: dt.datetime = DAY) -> gate.Ruling:
        """Return the rules that decide."""
        file = self.folder / "gonogo.yaml"
        file.write_text(config or self.config, encoding="utf-8")
        return gate.Ruling(rules.from_folder(file, {"preview": str(self.build)}, day.date()))

    def whole(self, name: str = "whole") -> RunFolder:
        """Collect on one machine."""
        run = RunFolder(self.folder / name)
        asked = gate.Invocation("gonogo collect", DAY, no_cache=True)
        gate.collect(self.ruling(), self.build, run, asked, nothing, render=self.render)
        return run

    def shard(self, text: str, config: str | None = None, day: dt.datetime = DAY, times: Path | None = None) -> Path:
        """Collect one shard."""
        run = RunFolder(self.folder / text.replace("/", "-of-"))
        asked = gate.Invocation("gonogo collect", day, no_cache=True, shard=sharding.shard(text, times))
        gate.collect_shard(self.ruling(config, day), self.build, run, asked, nothing, render=self.render)
        return run.path

    def shards(self, of: int) -> list[Path]:
        """Collect all shards."""
        return [self.shard(f"{number}/{of}") for number in range(1, of + 1)]

    def merge(self, shards: list[Path], name: str = "merged", config: str | None = None) -> RunFolder:
        """Put shards together."""
        run = RunFolder(self.folder / name)
        asked = gate.Invocation("gonogo merge", DAY, no_cache=True, parts=merging.parts(shards))
        gate.collect(self.ruling(config), self.build, run, asked, nothing, render=self.render)
        return run


def documents(run: RunFolder) -> dict[str, Any]:
    """Return all that a run says of a site; times and shifts are chance, and so is which pages were slow."""
    return {
        "pages": [_bytes({**one, "vitals": None}) for one in run.lines(run_folder.PAGES)],
        "ledger": run.file(run_folder.COVERAGE).read_bytes(),
        "site": _bytes({**run.read(run_folder.SITE), "budgets": None}),
        "answers": run.file(run_folder.ANSWERS).read_bytes(),
        "told": {name: run.read(run_folder.RUN)[name] for name in ("site", "host", "build_digest", "browser", "reuse")},
        "notes": [one for one in run.read(run_folder.RUN)["notes"] if "slow" not in one],
    }


def _bytes(document: dict[str, Any]) -> bytes:
    return json_bytes.encode(document)
