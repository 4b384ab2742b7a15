"""One part of the pages, measured by this machine for another: `gonogo collect --shard 2/8`.

In: the settings, the build, which part. Out: `measured.jsonl` and `shard` of run.json. A folder that holds a part gets
no verdict; `merging` puts the parts together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks import run_folder
from checks.collect.shards import dividing, part
from checks.collect.shards.made_with import made_with
from checks.errors import UserError
from checks.run_folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from checks.collect.shards.part import Workplace

_SHARD = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of so many; the first is number 1."""

    number: int
    of: int
    times: RunFolder | None = None
    """An earlier run, which tells how much work each page is; the same for all shards."""

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


ALL = Shard(1, 1)


def shard(text: str, times: Path | None) -> Shard:
    """Return the shard that `2/8` names; `times` is an earlier run. Raises UserError for what names none."""
    found = _SHARD.fullmatch(text)
    number, of = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= of <= dividing.MOST:
        raise UserError(
            f"`{text}` is no shard",
            where="--shard",
            remedy=f"Say which one of how many, such as 2/8; there may be {dividing.MOST}.",
        )
    return Shard(number, of, RunFolder(times) if times else None)


def took(run: RunFolder | None) -> dict[str, float]:
    """Return how long pages took in an earlier run, in milliseconds; nothing where there is none."""
    times: dict[str, float] = {}
    for document in run.lines(run_folder.PAGES) if run is not None else ():
        path, time = document.get("path"), (document.get("vitals") or {}).get("settle_ms")
        if isinstance(path, str) and isinstance(time, int | float) and time > 0:
            times[path] = float(time)
    return times


def division(work: Workplace, pages: list[str], took: Mapping[str, float], shards: int) -> dict[str, int]:
    """Return which shard measures which page."""
    preview = work.found.preview
    guessed = dividing.by_bytes((path, preview.served(preview.origin + path).size) for path in pages)
    return dividing.divided(dividing.by_last_time(guessed, took), shards)


def collect(work: Workplace, run: RunFolder, which: Shard, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Measure the pages of one shard; return what run.json says of it."""
    found = work.found
    shard_of = division(work, work.pages(run.scratch), took(which.times), which.of)
    own = [path for path in sorted(shard_of) if shard_of[path] == which.number]
    with part.measured(work, own, run.scratch, progress) as (lines, told):
        run.write_lines(run_folder.MEASURED, lines)
    same = {
        **made_with(work.settings, found.preview.root, work.browser),
        "division": dividing.digest(shard_of),
    }
    return {
        "site": found.preview.origin,
        "origin_known": found.origin_known,
        "host": found.preview.host.name,
        "build_digest": same["build"],
        "browser_restarts": told["restarts"],
        "notes": [],
        "shard": {"number": which.number, "of": which.of, "pages": len(own), "told": told, "made_with": same},
    }
