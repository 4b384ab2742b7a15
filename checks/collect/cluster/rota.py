"""Which worker measures which batch next, and when a batch is given up: pure bookkeeping, one batch a worker.

In: what happened to a batch that a worker had. Out: the next one for it. A batch that went wrong waits until all
others are done, so that one which kills whoever measures it costs its own pages before it costs another's.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

DEATHS = 3
"""Workers that may die with one batch: machines do die, and after so many the batch is to blame."""
FAILURES = 4
"""Times that a batch may fail for a reason that nobody foresaw."""


@dataclass(slots=True)
class Rota:
    """The batches of a run, by their numbers."""

    waiting: deque[int]
    again: deque[int] = field(default_factory=deque)
    """They went wrong before."""
    having: dict[str, int] = field(default_factory=dict)
    """Worker -> the batch that it measures."""
    _deaths: Counter[int] = field(default_factory=Counter)
    _failures: Counter[int] = field(default_factory=Counter)

    def left(self) -> list[int]:
        """Return the batches that are not done."""
        return sorted([*self.waiting, *self.again, *self.having.values()])

    def give(self, worker: str) -> int | None:
        """Return a batch for `worker`, which has none; None where none waits."""
        for batches in (self.waiting, self.again):
            if batches:
                self.having[worker] = batches.popleft()
                return self.having[worker]
        return None

    def take(self, worker: str) -> int:
        """Return the batch that `worker` had, and is done with."""
        return self.having.pop(worker)

    def put_back(self, worker: str) -> None:
        """Let another worker measure the batch of one that can't, through no fault of the batch."""
        self.waiting.appendleft(self.take(worker))

    def died(self, worker: str) -> int | None:
        """Note that `worker` is gone; return its batch where that is given up."""
        return self._again(worker, self._deaths, DEATHS)

    def failed(self, worker: str) -> int | None:
        """Note that `worker` could not measure its batch; return it where that is given up."""
        return self._again(worker, self._failures, FAILURES)

    def _again(self, worker: str, counted: Counter[int], most: int) -> int | None:
        batch = self.take(worker)
        counted[batch] += 1
        if counted[batch] >= most:
            return batch
        self.again.append(batch)
        return None
