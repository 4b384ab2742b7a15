"""At most so many findings, the worst first, for readers that take no more.

In: the findings of a run as a stream that can be read again, and how many there are of each rank. Out: findings.
Nothing is held but the numbers.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from checks.report.causes import rank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document, Stream


def ranks(findings: Stream) -> Counter[int]:
    """Return how many findings have each rank; see `causes.rank`."""
    return Counter(rank(finding) for finding in findings())


def worst(findings: Stream, counted: Counter[int], limit: int) -> Iterator[Document]:
    """Yield at most `limit` findings: all in their order, or, where that is too many, rank by rank."""
    if counted.total() <= limit:
        yield from findings()
        return
    for wanted in sorted(counted):
        for finding in findings():
            if limit <= 0:
                return
            if rank(finding) == wanted:
                limit -= 1
                yield finding
