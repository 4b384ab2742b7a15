"""The whole build, looked through for what must not be published; a worker does it while the pages are completed.

In: the folder, its files, what is the site's own. Out: `Leaks`, for the site document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.facts.leak_scan import LeakScan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checks.facts.host_mentions import Own


@dataclass(frozen=True, slots=True)
class Leaks:
    """What was found."""

    found: dict[str, Any]
    """The group `leaks` of the site document."""
    map_references: frozenset[tuple[str, str]]
    """(path of the file, address of a source map that it names)."""


def look_through(root: Path, sizes: Mapping[str, int], own: Own) -> Leaks:
    """Return what stands in the files `sizes` (name to bytes) of the build in `root`."""
    scan = LeakScan(own)
    for name, size in sizes.items():
        if scan.wants(name, size):
            with (root / name).open("rb") as stream:
                scan.read(name, stream)
    return Leaks(scan.leaks(), frozenset(scan.map_references))
