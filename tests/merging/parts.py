"""Parts of a division, put together, refused, or spoilt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import merging, run_folder
from checks.run_folder import RunFolder
from tests.collect.reuse.edited import SITE
from tests.collect.shards.divided import Divided

CONFIG = f"site: {SITE}\n"
PATHS = ["/", "/a/", "/b/", "/c/", "/d/"]
Document = dict[str, Any]


def both(divided: Divided) -> list[Path]:
    return [divided.folder / "1-of-2", divided.folder / "2-of-2"]


def taken(divided: Divided, shards: list[Path], config: str | None = None) -> dict[str, Any]:
    """Take every page of the build from shards, as the run does that puts them together."""
    settings = divided.ruling(config).rules.settings
    merged = merging.merged(merging.parts(shards), settings, divided.build, RunFolder(divided.folder / "run"), None)
    pages = {path: merged.elsewhere.page(path) for path in PATHS}
    merged.elsewhere.end()
    return {"pages": pages, "notes": merged.notes}


def refused(divided: Divided, kind: type[Exception], *shards: Path, config: str | None = None) -> str:
    """Return why shards are not put together."""
    with pytest.raises(kind) as told:
        taken(divided, list(shards) or both(divided), config)
    return str(told.value)


def spoil(folder: Path, change: Callable[[Document], object]) -> None:
    file = folder / run_folder.RUN
    about = json.loads(file.read_text(encoding="utf-8"))
    change(about)
    file.write_text(json.dumps(about), encoding="utf-8")


def lines(folder: Path) -> list[Document]:
    return [json.loads(line) for line in (folder / run_folder.MEASURED).read_text(encoding="utf-8").splitlines()]


def put(folder: Path, *said: object) -> None:
    (folder / run_folder.MEASURED).write_text("".join(f"{json.dumps(one)}\n" for one in said), encoding="utf-8")
    spoil(folder, lambda about: about["shard"].update(pages=len(said)))
