"""Which files of a folder were read since it was asked last, told by the file system, not by who read them.

In: a folder and paths below it. Out: a number. It stands on access times (`relatime` suffices); where a file system
keeps none, that is an error, for a tool's own word is not what is asked here.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def forget(root: Path, pages: Iterable[str]) -> None:
    """Let no page have been read."""
    for page in pages:
        path = root / page
        os.utime(path, ns=(0, path.stat().st_mtime_ns))


def read_since(root: Path, pages: Iterable[str]) -> int:
    """Return how many of the pages were read since `forget`."""
    return sum((root / page).stat().st_atime_ns > 0 for page in pages)


def assert_told() -> None:
    """End where the folder for temporary files keeps no access times."""
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        probe = Path(folder, "probe")
        probe.write_text("read me")
        forget(Path(folder), ["probe"])
        probe.read_text()
        if not read_since(Path(folder), ["probe"]):
            sys.exit(f"{folder} keeps no access times, which prove what a tool read: set TMPDIR to one that does")
