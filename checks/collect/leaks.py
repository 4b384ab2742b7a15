"""The whole build, looked through for what must not be published; a worker does it while the pages are completed.

In: the folder, its files, what is the site's own; digests of files in which an earlier run found nothing. Out: `Leaks`,
for the site document.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from checks.collect.digests import DIGEST, Digests, is_among
from checks.facts.leak_scan import BLOCK, LeakScan

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.listing import Listing
    from checks.facts.host_mentions import Own


@dataclass(frozen=True, slots=True)
class Leaks:
    """What was found."""

    found: dict[str, Any]
    """The group `leaks` of the site document."""
    map_references: frozenset[tuple[str, str]]
    """(path of the file, address of a source map that it names)."""
    clean: bytes
    """Digests of the files in which nothing was found, sorted, one behind the other."""


def look_through(root: Path, files: Listing, own: Own, known: bytes = b"") -> Leaks:
    """Return what stands in the `files` of the build in `root`.

    `known` are the digests of files in which nothing is found, as `Leaks.clean` has them.
    """
    scan, clean = LeakScan(own), Digests()
    for name, size in files:
        if scan.wants(name, size):
            with (root / name).open("rb") as stream:
                digest = _digest(name, stream)
                if is_among(digest, known) or not scan.read(name, stream):
                    clean.add(digest)
    return Leaks(scan.leaks(), frozenset(scan.map_references), clean.in_order())


def _digest(name: str, stream: BinaryIO) -> bytes:
    """Return the digest of a file: of its name, by which it is read, and of its bytes. Leave it as it was opened."""
    whole = hashlib.blake2b(os.fsencode(name) + b"\0", digest_size=DIGEST)
    while body := stream.read(BLOCK):
        whole.update(body)
    stream.seek(0)
    return whole.digest()
