"""The whole build, looked through for what must not be published; a worker does it while the pages are completed.

In: the folder, its files, what is the site's own; digests of files in which an earlier run found nothing. Out: `Leaks`,
for the site document.
"""

from __future__ import annotations

import hashlib
import os
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from checks.facts.leak_scan import BLOCK, LeakScan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from checks.facts.host_mentions import Own

DIGEST = 16
"""Bytes of the digest of a file: of its name, by which it is read, and of what stands in it."""


@dataclass(frozen=True, slots=True)
class Leaks:
    """What was found."""

    found: dict[str, Any]
    """The group `leaks` of the site document."""
    map_references: frozenset[tuple[str, str]]
    """(path of the file, address of a source map that it names)."""
    clean: bytes
    """Digests of the files in which nothing was found, sorted, one behind the other."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The names of many files and their sizes in bytes, on their way to another process: a mapping takes much more."""

    names: str
    sizes: array[int]

    @classmethod
    def of(cls, sizes: Mapping[str, int]) -> Self:
        """Return the listing of `sizes` (name to bytes)."""
        return cls("\0".join(sizes), array("Q", sizes.values()))

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Give each name with its size."""
        return zip(self.names.split("\0") if self.sizes else (), self.sizes, strict=True)


def look_through(root: Path, files: Listing, own: Own, known: bytes = b"") -> Leaks:
    """Return what stands in the `files` of the build in `root`.

    `known` are the digests of files in which nothing is found, as `Leaks.clean` has them.
    """
    scan, clean = LeakScan(own), list[bytes]()
    for name, size in files:
        if scan.wants(name, size):
            with (root / name).open("rb") as stream:
                digest = _digest(name, stream)
                if _is_among(digest, known) or not scan.read(name, stream):
                    clean.append(digest)
    return Leaks(scan.leaks(), frozenset(scan.map_references), b"".join(sorted(clean)))


def _is_among(digest: bytes, known: bytes) -> bool:
    """Return whether `known`, sorted digests one behind the other, holds this one; taken apart they need much more."""
    at = DIGEST * bisect_left(range(len(known) // DIGEST), digest, key=lambda n: known[n * DIGEST : (n + 1) * DIGEST])
    return known[at : at + DIGEST] == digest


def _digest(name: str, stream: BinaryIO) -> bytes:
    """Return the digest of a file, and leave it as it was opened."""
    whole = hashlib.blake2b(os.fsencode(name) + b"\0", digest_size=DIGEST)
    while body := stream.read(BLOCK):
        whole.update(body)
    stream.seek(0)
    return whole.digest()
