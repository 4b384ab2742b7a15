"""How many bytes of a file travel, found out once for each content.

In: files of the build, and how the host compresses. Out: sizes. The same bytes are never compressed twice, whatever
names they lie under.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.hosts.compression import Compression


class Sizes:
    """The sizes of one build on one host."""

    def __init__(self, root: Path, compression: Compression) -> None:
        self._root = root
        self._compression = compression
        self._by_name: dict[Path, int] = {}
        self._by_digest: dict[bytes, int] = {}

    def transfer(self, file: Path, size: int, content_type: str | None) -> int:
        """Return how many bytes travel for a file of `size` bytes that is sent as `content_type`."""
        if not self._compression.applies(content_type, size):
            return size
        known = self._by_name.get(file)
        if known is None:
            known = self._by_name[file] = self._measured(file)
        return known

    def _measured(self, file: Path) -> int:
        body = file.read_bytes()
        digest = hashlib.sha256(body).digest()
        if digest not in self._by_digest:
            # What compressing would make larger is sent as it is.
            self._by_digest[digest] = min(len(body), self._compression.compressed(body))
        return self._by_digest[digest]
