"""The names of the files of a build on their way to another process: what is sent does not grow with the site.

In: names and sizes. Out: a file with a line for each, read again where it is needed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Listing:
    """The names of many files and their sizes in bytes, on disk: what is sent to another process does not grow."""

    file: Path

    @classmethod
    def written(cls, file: Path, sizes: Mapping[str, int]) -> Self:
        """Write the listing of `sizes` (name to bytes) into `file`, by name; JSON knows names of any kind."""
        with file.open("w", encoding="ascii") as stream:
            stream.writelines(f"{json.dumps(one)}\n" for one in sorted(sizes.items()))
        return cls(file)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Give each name with its size."""
        with self.file.open(encoding="ascii") as stream:
            for line in stream:
                name, size = json.loads(line)
                yield name, size
