"""Hand batches to the workers of a cluster, one at a time to each, and give what became of every batch.

In: a client of the scheduler, the batches. Out: for each batch its number and what was measured, or why nobody could.
Who has which batch is decided here and not by the scheduler: so a worker that dies takes its own batch along and no
other's, a batch that kills workers is known, and a cluster whose last worker is gone is noticed.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import CancelledError
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final, NamedTuple

from distributed import KilledWorker
from distributed.client import ClosedClientError

from checks.collect.cluster import worker
from checks.collect.cluster.present import Present
from checks.collect.cluster.rota import DEATHS, Rota
from checks.errors import CannotMeasureError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from distributed import Client, Future

_TICK_S: Final = 1
"""Seconds between two looks at which workers there are."""
_DIED: Final = f"{DEATHS} workers of the cluster died while they measured its batch"


class Became(NamedTuple):
    """What became of a batch."""

    number: int
    batch: worker.Batch | None
    """None where nobody could measure it."""
    why: str = ""
    """Then the reason."""


class HandingOut:
    """One run on a cluster, which may be without workers for `patience_s` seconds."""

    def __init__(self, client: Client, job: worker.Job, parts: Sequence[Sequence[str]], patience_s: float) -> None:
        self._client, self._job, self._parts, self._patience_s = client, job, parts, patience_s
        self._rota = Rota(deque(range(len(parts))))
        self._present = Present(client, patience_s)
        self._futures: dict[str, Future[worker.Batch]] = {}
        """Worker -> what it was asked for."""
        self._ready: SimpleQueue[tuple[str, Future[worker.Batch]]] = SimpleQueue()
        self._last = time.monotonic()
        """When any worker was last there."""
        self._answers = 0
        self.unfit: dict[str, CannotMeasureError] = {}
        """Worker -> what it lacks; it is given nothing more."""

    def __iter__(self) -> Iterator[Became]:
        """Give each batch once, as they are done.

        Raises what a user has to mend, and CannotMeasureError where all workers lack something.
        """
        looked = 0.0
        while self._rota.left():
            if time.monotonic() - looked >= _TICK_S:
                looked = time.monotonic()
                yield from self._look()
            try:
                place, future = self._ready.get(timeout=_TICK_S)
            except Empty:
                continue
            if self._futures.get(place) is future:  # else it was given up meanwhile
                yield from self._took(place)
                self._give(place)

    def _look(self) -> Iterator[Became]:
        """Notice who has come, who has gone, and that nobody is left."""
        there, now = self._present.look(), time.monotonic()
        for place in sorted(self._rota.having.keys() - there) if there is not None else ():
            self._futures.pop(place).cancel()
            yield from _given_up(self._rota.died(place), _DIED)
        fit = (there or set()) - self.unfit.keys()
        for place in sorted(fit - self._rota.having.keys()):
            self._give(place)
        if fit:
            self._last = now
        elif now - self._last > self._patience_s or (self.unfit and not self._answers):
            yield from self._nobody("the scheduler did not answer" if there is None else "the cluster had no worker")

    def _nobody(self, what: str) -> Iterator[Became]:
        """Give up what is left; where all that ever came lack something, that is what has to be said."""
        for error in () if self._answers else self.unfit.values():
            raise error
        for number in self._rota.left():
            yield Became(number, None, f"{what} for {self._patience_s:g} seconds")
        self._rota = Rota(deque())

    def _give(self, place: str) -> None:
        number = self._rota.give(place) if place not in self.unfit else None
        if number is None:
            return
        try:
            # Pinned, and asked for once: what goes wrong is counted here.
            future = self._client.submit(worker.measure, self._job, self._parts[number], workers=[place], pure=False)
        except ClosedClientError:  # the scheduler has just gone
            self._rota.put_back(place)
            return
        self._futures[place] = future
        future.add_done_callback(lambda done: self._ready.put((place, done)))

    def _took(self, place: str) -> Iterator[Became]:
        """Take what a worker came to."""
        future = self._futures.pop(place)
        try:
            batch: worker.Batch = future.result(timeout=self._patience_s)
        except UserError:
            raise
        except CannotMeasureError as error:
            self.unfit[place] = error
            self._rota.put_back(place)
        except KilledWorker:
            yield from _given_up(self._rota.died(place), _DIED)
        except (CancelledError, TimeoutError, OSError):
            # What it has measured can't be had any more: it is gone, or the scheduler is.
            yield from _given_up(self._rota.died(place), _DIED)
        except Exception as error:  # noqa: BLE001 - of another process: whatever it is, its pages are not measured
            why = f"no worker of the cluster could measure its batch ({type(error).__name__}: {error})"
            yield from _given_up(self._rota.failed(place), why)
        else:
            self._answers += 1
            yield Became(self._rota.take(place), batch)
        finally:
            future.release()


def _given_up(number: int | None, why: str) -> Iterator[Became]:
    if number is not None:
        yield Became(number, None, why)
