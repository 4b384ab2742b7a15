"""Runs that are brought a baseline, and what it is made wrong with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

from checks import settings
from checks.against import bringing
from checks.baseline.launch import Launch
from checks.baseline.launch import told as told_of
from checks.run_folder import RunFolder
from checks.trust.rules import Trust

Change = Callable[[Path], object]
LAUNCH = b"baseline: launch"
NOBODY: Callable[[int, int], None] = lambda _done, _total: None  # noqa: E731 - shorter than a function


def told(said: str | None) -> Launch:
    return told_of(said, in_ci=True)


def launched(folder: Path, launch: Launch, root: str = "base") -> bringing.Brought:
    """Return what comes of a config that compares with the last launch."""
    run = RunFolder(folder)
    run.path.mkdir()
    chosen = settings.from_bytes(LAUNCH, "gonogo/gonogo.yaml", {}, dt.date(2026, 11, 29))
    return bringing.bring(chosen, run, bringing.Means(None, NOBODY), Trust(root, None, None, ""), launch)


def brought(baseline: Path, folder: Path, config: bytes = b"{}") -> bringing.Brought:
    run = RunFolder(folder)
    run.path.mkdir()
    chosen = settings.from_bytes(config, "gonogo.yaml", {"baseline": str(baseline)}, dt.date(2026, 11, 29))
    return bringing.bring(chosen, run, bringing.Means(None, NOBODY))


def why(baseline: Path, folder: Path, config: bytes = b"{}") -> str:
    """Return why a baseline can't be had."""
    about = brought(baseline, folder, config).about
    assert about is not None
    return str(about["why"])


def put(name: str, *documents: object) -> Change:
    return lambda folder: (folder / name).write_text("".join(f"{json.dumps(one)}\n" for one in documents))


def text(name: str, said: str) -> Change:
    return lambda folder: (folder / name).write_text(said)
