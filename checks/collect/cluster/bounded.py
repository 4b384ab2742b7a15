"""How much of an archive is fetched before somebody is told that this is no build.

In: the bytes of a download, as fsspec counts them. Out: nothing, or an error: a server may send without end, and a disk
that is full would be told as something else.
"""

from __future__ import annotations

from typing import Final

from fsspec.callbacks import Callback

from checks.errors import CannotMeasureError

MOST_PACKED: Final = 10_000_000_000
"""Bytes of a packed build: 100,000 pages of 100 kB pack to a tenth of that, and the disk of a CI runner holds 14 GB."""


class Bounded(Callback):  # type: ignore[misc] # fsspec has no types
    """Told of every piece that has come, and of the whole size where the server says it."""

    def __init__(self, where: str) -> None:
        """`where` is what errors call the archive."""
        super().__init__()
        self._where = where

    def call(self, *_: object, **__: object) -> None:
        """Raise CannotMeasureError where more has come, or is to come, than a build can have."""
        if max(self.value or 0, self.size or 0) > MOST_PACKED:
            raise CannotMeasureError(
                f"is larger than {MOST_PACKED:,} bytes: no packed build is",
                where=self._where,
                remedy="Look whether the address is that of the build; a larger one can lie in a folder or a bucket.",
            )
