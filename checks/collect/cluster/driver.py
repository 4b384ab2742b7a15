"""Divide the pages into batches, let a cluster measure them, and give what came back as if it came from shards.

In: the address of a scheduler, the workplace of this machine, where workers find the build. Out: an `Elsewhere`. A
worker that dies costs its batch, which another one measures again; a batch that nobody can measure leaves its pages
failed, so that nobody can tell.
"""

from __future__ import annotations

import secrets
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from distributed import Client, as_completed

from checks import json_bytes
from checks.collect.cluster import worker
from checks.collect.reuse.tally import Tally
from checks.collect.shards.elsewhere import Elsewhere, Told
from checks.errors import CannotMeasureError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from checks.collect.shards.elsewhere import Line
    from checks.settings import Settings

SIZE = 50
"""Pages of a batch: what a death costs, against what it costs to begin."""
WAITS_S: Final = 60
"""Seconds in which one worker must have come."""
RETRIES = 3
_SAME = ("build", "settings", "program", "browser")
_LISTS = ("missing", "outside", "code", "unknown")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the work is done."""

    address: str
    """Of the scheduler, such as tcp://host:8786."""
    build: str
    """Where every machine can read the build."""
    size: int = SIZE


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
        self._told: dict[str, Any] = {
            **{name: set[str]() for name in _LISTS},
            "others": False,
            "answer": False,
            "restarts": 0,
        }
        self._tally = Tally()

    def measured(
        self, paths: Sequence[str], check: Callable[[bytes, str], Line], progress: Callable[[int, int], None]
    ) -> Elsewhere:
        """Let the cluster measure `paths`; `check` makes a line of bytes, or refuses them."""
        self._folder.mkdir()
        parts = batches(paths, self._cluster.size)
        done = 0
        progress(done, len(paths))
        with _connected(self._cluster.address) as client:
            futures = {
                client.submit(worker.measure, self._job, part, retries=RETRIES, pure=False): number
                for number, part in enumerate(parts)
            }
            for future in as_completed(list(futures)):
                number = futures[future]
                self._keep(number, parts[number], future)
                future.release()
                done += len(parts[number])
                progress(done, len(paths))
        beside = {name: sorted(said) if isinstance(said, set) else said for name, said in self._told.items()}
        told = Told(self._cluster.address, {**beside, "reuse": self._tally.to_document()})
        return Elsewhere([told], [self._lines(len(parts), check)])

    def _keep(self, number: int, paths: list[str], future: Any) -> None:
        error = future.exception()
        if error is not None:
            self._failed(number, paths, error)
            return
        batch: worker.Batch = future.result()
        for name in _SAME:
            if batch.made_with[name] != self._here[name]:
                raise UserError(
                    f"a worker has another {name} than this machine: {batch.made_with[name]}, and here "
                    f"{self._here[name]}",
                    where=self._cluster.address,
                    remedy="Let every machine judge the same build with the same gonogo and browser.",
                )
        self._file(number).write_bytes(batch.lines)
        for name in _LISTS:
            self._told[name] |= set(batch.beside[name])
        for name in ("others", "answer"):
            self._told[name] = self._told[name] or batch.beside[name]
        self._told["restarts"] += batch.beside["restarts"]
        for one in batch.beside["reuse"]["why"]:
            self._tally.why += Counter({one["why"]: one["pages"]})
            self._tally.first[one["why"]] = min(one["page"], self._tally.first.get(one["why"], one["page"]))

    def _failed(self, number: int, paths: list[str], error: BaseException) -> None:
        """Keep that a batch could not be measured. What a user has to mend is raised instead."""
        if isinstance(error, UserError | CannotMeasureError):
            raise error
        why = f"no worker of the cluster could measure its batch ({type(error).__name__}: {error})"
        lines = ({"path": path, "state": "failed", "why": why, "reused": None, "page": None} for path in paths)
        self._file(number).write_bytes(zlib.compress(b"".join(json_bytes.encode(line) + b"\n" for line in lines)))
        for path in paths:
            self._tally.measured(path, "it could not be measured")

    def _lines(self, count: int, check: Callable[[bytes, str], Line]) -> Iterator[Line]:
        for number in range(count):
            text = zlib.decompress(self._file(number).read_bytes())
            for place, line in enumerate(_split(text), start=1):
                yield check(line, f"batch {number + 1}, line {place}")

    def _file(self, number: int) -> Path:
        return self._folder / f"{number}.jsonl.zlib"


def _split(text: bytes) -> Iterable[bytes]:
    return text.splitlines(keepends=True)


def _connected(address: str) -> Client:
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise CannotMeasureError(
            f"the scheduler does not answer: {error}", where=address, remedy="Look whether `dask scheduler` runs there."
        ) from error
    try:
        client.wait_for_workers(1, timeout=WAITS_S)
    except TimeoutError as error:
        client.close()
        raise CannotMeasureError(
            f"no worker came within {WAITS_S} seconds", where=address, remedy="Start some with `dask worker`."
        ) from error
    return client
