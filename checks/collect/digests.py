"""Digests of many files: sorted, one behind the other, in one piece of bytes.

In: digests. Out: such pieces, and answers about them. As objects of their own, digests take six times their bytes, so
that there are only a few at a time.
"""

from __future__ import annotations

from bisect import bisect_left
from heapq import merge
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGEST = 16
"""Bytes of a digest."""


class Digests:
    """Takes digests in any order."""

    def __init__(self) -> None:
        # By first byte, so that a 256th of them is taken apart to be sorted.
        self._parts = [bytearray() for _ in range(256)]

    def add(self, digest: bytes) -> None:
        """Take one more."""
        self._parts[digest[0]] += digest

    def in_order(self) -> bytes:
        """Return all that were added, sorted, one behind the other."""
        return b"".join(b"".join(sorted(_apart(part))) for part in self._parts)


def is_among(digest: bytes, known: bytes) -> bool:
    """Return whether `known`, sorted digests one behind the other, holds this one."""
    at = DIGEST * bisect_left(range(len(known) // DIGEST), digest, key=lambda n: known[n * DIGEST : (n + 1) * DIGEST])
    return known[at : at + DIGEST] == digest


def united(one: bytes, other: bytes) -> bytes:
    """Return what one of two such pieces holds, or both, likewise, and each digest once."""
    every, last = bytearray(), b""
    for digest in merge(_apart(one), _apart(other)):
        if digest != last:
            every += digest
            last = digest
    return bytes(every)


def _apart(digests: bytes | bytearray) -> Iterator[bytes]:
    return (bytes(digests[at : at + DIGEST]) for at in range(0, len(digests), DIGEST))
