"""Whether a page can differ from the baseline at all: its bytes, and those of everything that it loads.

In: two builds as their host serves them, a page and the addresses that it asks for. Out: whether both answer the same.
What is the same, byte for byte, cannot have become slower, and no noise may say that it has.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from checks.collect.preview import Preview


class SameBytes:
    """Compares pages of two builds at one origin; files are read once."""

    def __init__(self, baseline: Preview, preview: Preview) -> None:
        self._baseline = baseline
        self._preview = preview
        self._digest = lru_cache(maxsize=4096)(_digest)

    def of(self, url: str, loaded: Iterable[str]) -> bool:
        """Return whether both builds answer the same to `url` and to each own address in `loaded`.

        What the baseline would load besides cannot matter: it would be named by bytes that are the same here.
        """
        return all(self._same(one) for one in {url, *loaded} if self._preview.is_own(one))

    def _same(self, url: str) -> bool:
        before, after = self._baseline.answer_at(url), self._preview.answer_at(url)
        if (before.status, before.headers, before.answer and before.answer.location) != (
            after.status,
            after.headers,
            after.answer and after.answer.location,
        ):
            return False
        if before.file is None or after.file is None:
            return before.file is after.file and before.body() == after.body()
        return before.size == after.size and self._digest(before.file) == self._digest(after.file)


def _digest(file: Path) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
