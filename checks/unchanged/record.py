"""What a run left in its folder, and what that depended on: one sealed row of the cache for each run folder.

In: the folder of a run, what the run depends on. Out: the record of the run that left it, where every file is the one
that it wrote; or why it is not believed. A run folder is hostile input: anybody may have written into it since.
"""

from __future__ import annotations

import hashlib
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from checks import json_bytes
from checks.cache.store import Trace
from checks.collect.reuse.circumstances import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checks.cache.store import Store
    from checks.run_folder import RunFolder

NONE: Final = "no run before it is known in this folder"
FOREIGN: Final = "what lies in the run folder is not what the last run left there"
_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class Record:
    """One run as it was left."""

    files: Mapping[str, str]
    """Name in the run folder -> digest of the bytes."""
    told: tuple[str, ...]
    """Notes that were about what that run itself reused."""


def last(store: Store, run: RunFolder, present: Mapping[str, str]) -> Record | str:
    """Return what the last run over the same left in `run`; or why it can't be given again."""
    why = NONE
    for number, trace in enumerate(store.traces(_place(run))):
        then = json_bytes.decode(trace.text)
        changed = next((name for name, value in present.items() if then.get(name) != value), None)
        if changed is None and (body := store.body(trace.key)) is not None:
            said = json_bytes.decode(body)
            return Record(said["files"], tuple(said["told"])) if _lies_there(run, said["files"]) else FOREIGN
        if number == 0 and changed is not None:
            why = f"{changed} is not the same"
    return why


def keep(
    store: Store, run: RunFolder, present: Mapping[str, str], told: tuple[str, ...], known: Mapping[str, str]
) -> None:
    """Record what lies in `run`, unless something lies there that no record can hold; `known` are digests of files."""
    written = _digests(run, [name for name in run.left() if name not in known])
    if written is None:
        return
    files = {**known, **written}
    text = json_bytes.encode(dict(present))
    key = hashlib.blake2b(_place(run) + text, digest_size=20).digest()
    store.put(_place(run), Trace(key, text), json_bytes.encode({"files": files, "told": told}))


def _place(run: RunFolder) -> bytes:
    return bytes.fromhex(digest(["run", str(run.path.resolve())]))


def _lies_there(run: RunFolder, files: Mapping[str, Any]) -> bool:
    names = run.left()
    return names == sorted(files) and _digests(run, names) == files


def _digests(run: RunFolder, names: list[str]) -> dict[str, str] | None:
    """Return the digest of each file; None where one of them is no regular file, or can't be read."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(_digest, map(run.file, names)))
    return None if None in found else {name: one for name, one in zip(names, found, strict=True) if one is not None}


def _digest(file: Path) -> str | None:
    try:
        # A link may lead to what is written by somebody else meanwhile.
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return None
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
