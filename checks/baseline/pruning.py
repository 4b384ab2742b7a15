"""Forget the oldest of the saved baselines, and the documents that only they had.

In: a folder of saved baselines, how many to keep. Out: the folder, smaller. A document stays while any file of the
folder still names its digest, whatever kind of file that is.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

from checks import run_folder
from checks.baseline import objects, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DIGEST: Final = re.compile(rb"[0-9a-f]{64}")


def keep(folder: Path, number: int) -> int:
    """Keep the newest `number` baselines, among them the latest one saved; return how many were forgotten."""
    latest, names = store.latest(folder), store.names(folder)
    forgotten = [name for name in names if name != latest][: max(0, len(names) - number)]
    if not forgotten:
        return 0
    with run_folder.writing(folder):
        for name in forgotten:
            shutil.rmtree(folder / store.RUNS / name)
        named = set(_named(folder))
        for file in (folder / objects.FOLDER).rglob("*.json.gz"):
            if bytes.fromhex(file.parent.name + file.name.removesuffix(".json.gz")) not in named:
                file.unlink()
    return len(forgotten)


def _named(folder: Path) -> Iterator[bytes]:
    """Give every digest that some file beside the documents names, 32 bytes each: there is one for each page."""
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or (folder / objects.FOLDER) in file.parents:
            continue
        with file.open("rb") as lines:
            for line in lines:
                yield from (bytes.fromhex(found.decode()) for found in _DIGEST.findall(line))
