"""What a machine of the cluster does: open the build once, and measure one batch of pages after another.

In: where the build is, by which settings, with what; then paths. Out: the lines of the batch, compressed, and what was
noted beside them. Each process has its own browser and measures one batch at a time.
"""

from __future__ import annotations

import atexit
import tempfile
import threading
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks import json_bytes, settings
from checks.collect import browser
from checks.collect.cluster.build import fetched
from checks.collect.reuse.opening import Asked
from checks.collect.shards import part
from checks.collect.shards.made_with import made_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checks.collect.shards.part import Workplace

_FAST = 1
_one_at_a_time = threading.Lock()
_open: dict[str, tuple[Workplace, Path, dict[str, Any]]] = {}
"""By what it was opened for: the workplace of this process, its scratch folder, and what it measures with."""
_until_the_end = ExitStack()
atexit.register(_until_the_end.close)


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all batches of a run."""

    build: str
    """Where every machine can read the build."""
    settings: str
    """As JSON."""
    render: bool
    token: str
    """Tells runs apart: two of them may judge other builds at one address."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch."""

    made_with: dict[str, Any]
    lines: bytes
    """Of the shape `measured.schema.json`, compressed."""
    beside: dict[str, Any]


def measure(job: Job, paths: Sequence[str]) -> Batch:
    """Measure the pages at `paths`."""
    with _one_at_a_time:
        work, scratch, same = _workplace(job)
        with (
            tempfile.TemporaryDirectory(dir=scratch) as own,
            part.measured(work, paths, Path(own), lambda _done, _total: None) as (lines, beside),
        ):
            text = b"".join(json_bytes.encode(line) + b"\n" for line in lines)
        return Batch(same, zlib.compress(text, _FAST), beside)


def _workplace(job: Job) -> tuple[Workplace, Path, dict[str, Any]]:
    """Return the workplace for a run; what was open for another one is closed."""
    if job.token not in _open:
        _until_the_end.close()
        _open.clear()
        scratch = Path(_until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="gonogo-worker-")))
        root = fetched(job.build, scratch / "build")
        chosen = settings.from_document(json_bytes.decode(job.settings))
        found = browser.find() if job.render else None
        opened = part.opened(chosen, root, scratch, found, Asked(off=True), alone=False)
        work = _until_the_end.enter_context(opened)
        _open[job.token] = work, scratch, made_with(chosen, root, found)
    return _open[job.token]
