"""Divide the pages into batches, let a cluster measure them, and give what came back as if it came from shards.

In: the address of a scheduler, the workplace of this machine, where workers find the build. Out: an `Elsewhere`. A
worker that dies costs its batch, which another one measures again; a batch that nobody can measure leaves its pages
failed, so that nobody can tell.
"""

from __future__ import annotations

import secrets
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from distributed import Client

from checks import json_bytes
from checks.collect.cluster import worker
from checks.collect.cluster.address import masked
from checks.collect.cluster.handing_out import HandingOut
from checks.collect.shards.beside import Beside
from checks.collect.shards.elsewhere import Elsewhere
from checks.collect.shards.made_with import difference
from checks.errors import CannotMeasureError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from checks.collect.shards.elsewhere import Line
    from checks.settings import Settings

SIZE = 50
"""Pages of a batch: what a death costs, against what it costs to begin."""
WAITS_S = 60
"""Seconds in which a cluster without workers must get one."""
ANSWERS_S = 60
"""Seconds in which its scheduler must answer; one that starts, or is busy, needs more than a moment."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the work is done."""

    address: str
    """Of the scheduler, such as tcp://host:8786."""
    build: str
    """Where every machine can read the build."""
    size: int = SIZE
    waits_s: float = WAITS_S
    answers_s: float = ANSWERS_S

    @property
    def shown(self) -> str:
        """Where the build is, without what opens the place."""
        return masked(self.build)


def batches(paths: Sequence[str], size: int) -> list[list[str]]:
    """Return the pages in batches; neighbours share what they load."""
    return [list(paths[at : at + size]) for at in range(0, len(paths), size)]


class Driving:
    """One run on a cluster: batches go out, lines come back into `folder`, one file a batch."""

    def __init__(self, cluster: Cluster, settings: Settings, here: Mapping[str, Any], folder: Path) -> None:
        self._cluster = cluster
        self._here = here
        self._folder = folder
        text = json_bytes.encode(settings.to_document()).decode()
        self._job = worker.Job(cluster.build, text, here["browser"] is not None, secrets.token_hex(8))
        self._beside = Beside()
        self.notes: list[str] = []
        """Sentences for the report, once all is measured."""

    def measured(
        self, paths: Sequence[str], check: Callable[[bytes, str], Line], progress: Callable[[int, int], None]
    ) -> Elsewhere:
        """Let the cluster measure `paths`; `check` makes a line of bytes, or refuses them."""
        self._folder.mkdir()
        parts = batches(paths, self._cluster.size)
        done = 0
        progress(done, len(paths))
        with _connected(self._cluster) as client:
            handing_out = HandingOut(client, self._job, parts, self._cluster.waits_s)
            for number, batch, why in handing_out:
                if batch is None:
                    self._failed(number, parts[number], why)
                else:
                    self._keep(number, batch)
                done += len(parts[number])
                progress(done, len(paths))
        self.notes = [f"a worker of the cluster measured nothing: {error.what}" for error in handing_out.unfit.values()]
        return Elsewhere(self._cluster.address, self._beside, [self._lines(len(parts), check)])

    def _keep(self, number: int, batch: worker.Batch) -> None:
        differs = difference(batch.made_with, self._here)
        if differs is not None:
            raise UserError(
                f"a worker measures {differs.how} than this machine: there {differs.said}, here {differs.here}",
                where=self._cluster.address,
                remedy=differs.remedy,
            )
        self._file(number).write_bytes(batch.lines)
        self._beside.add(batch.beside)

    def _failed(self, number: int, paths: list[str], why: str) -> None:
        """Keep that a batch could not be measured."""
        lines = ({"path": path, "state": "failed", "why": why, "reused": None, "page": None} for path in paths)
        self._file(number).write_bytes(zlib.compress(b"".join(json_bytes.encode(line) + b"\n" for line in lines)))
        for path in paths:
            self._beside.reuse.measured(path, "it could not be measured")

    def _lines(self, count: int, check: Callable[[bytes, str], Line]) -> Iterator[Line]:
        for number in range(count):
            text = zlib.decompress(self._file(number).read_bytes())
            for place, line in enumerate(text.splitlines(keepends=True), start=1):
                yield check(line, f"batch {number + 1}, line {place}")

    def _file(self, number: int) -> Path:
        return self._folder / f"{number}.jsonl.zlib"


def _connected(cluster: Cluster) -> Client:
    try:
        client = Client(cluster.address, timeout=cluster.answers_s, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CannotMeasureError(
            f"the scheduler does not answer: {error}",
            where=cluster.address,
            remedy="Look whether `dask scheduler` runs there.",
        ) from error
    try:
        client.wait_for_workers(1, timeout=cluster.waits_s)
    except TimeoutError as error:
        client.close()
        raise CannotMeasureError(
            f"no worker came within {cluster.waits_s:g} seconds",
            where=cluster.address,
            remedy="Start some with `dask worker`.",
        ) from error
    return client
