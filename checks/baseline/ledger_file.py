"""Where a folder of saved baselines keeps the ledger of published addresses, and what it says of other lists.

In: the folder, a run. Out: files. `published/` holds the ledgers under the digest of their bytes, compressed;
`published.json` in the folder of a saved run names the one that was made with it, and says how long it is, and which
digests its list of files and its list of ages have. What is not what was saved is refused: from a ledger that was cut,
nothing could be lost, and a day that was changed makes an old finding young.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from typing import TYPE_CHECKING, Any, Final, NoReturn

from checks import json_bytes, run_folder
from checks.baseline import ages
from checks.errors import CannotMeasureError
from checks.shapes.lines import of_today

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Document = dict[str, Any]
POINTER: Final = "published.json"
_FOLDER: Final = "published"
_LARGEST: Final = 1 << 30
"""Bytes of a ledger, some ten million addresses; few bytes can be made to hold more."""
_LONGEST: Final = 1 << 16
"""Bytes of a line."""
_REMEDY: Final = "Restore the folder of baselines as it was saved."


def write(folder: Path, saved: Path, entries: Iterable[Mapping[str, Any]], verdict: str | None) -> int:
    """Write a ledger, and the pointer to it in the folder of a saved run; return how many addresses it has.

    The pointer says what the lists of the run's files and of the ages are, too, and what the run came to.
    """
    there = folder / _FOLDER
    there.mkdir(parents=True, exist_ok=True)
    beside, digest, count = there / f"{saved.name}.new", hashlib.sha256(), 0
    with beside.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
        for entry in entries:
            line = json_bytes.encode(entry) + b"\n"
            digest.update(line)
            packed.write(line)
            count += 1
    beside.replace(_file(folder, digest.hexdigest()))
    lists = {"files": _digest(saved / run_folder.FILES), "ages": _digest(saved / ages.FILE)}
    pointer = {"digest": digest.hexdigest(), "addresses": count, **lists, "verdict": verdict}
    (saved / POINTER).write_text(json.dumps(pointer) + "\n", encoding="utf-8")
    return count


def tidy(folder: Path, runs: Iterable[Path]) -> None:
    """Remove ledgers that none of the saved runs points to any more."""
    kept = {_file(folder, str(_pointer(saved).get("digest"))) for saved in runs if has(saved)}
    for file in (folder / _FOLDER).iterdir():
        if file not in kept:
            file.unlink()


def has(saved: Path) -> bool:
    """Return whether a ledger was made with a saved run; gonogo did not always make one."""
    return (saved / POINTER).exists() or (saved / POINTER).is_symlink()


def read(folder: Path, saved: Path) -> Iterator[Document]:
    """Give the ledger that was made with a saved run. Raises CannotMeasureError where it is not what was saved.

    That is known for certain at its end only: nothing may count that was read before.
    """
    file, addresses, digest = _named(folder, saved)
    found, length, count = hashlib.sha256(), 0, 0
    try:
        with gzip.open(file) as lines:
            while line := lines.readline(_LONGEST):
                length, count = length + len(line), count + 1
                found.update(line)
                if length > _LARGEST:
                    _refuse(file, f"holds more than {_LARGEST:,} bytes")
                entry = of_today(json_bytes.decode(line), "published")
                if entry is None:
                    _refuse(file, f"line {count} is not of its shape")
                yield entry
    except (OSError, EOFError, ValueError, zlib.error) as error:
        _refuse(file, f"can't be read: {error}")
    if (found.hexdigest(), count) != (digest, addresses):
        _refuse(file, "is not what was saved: its digest is another one")


def verdict(saved: Path) -> str | None:
    """Return what a saved run came to; None where nobody judged it, or wrote it down."""
    said = _pointer(saved).get("verdict") if has(saved) else None
    return None if said is None else str(said)


def files(saved: Path) -> Path | None:
    """Return the list of files that was saved with a run; None where there was none.

    Raises CannotMeasureError where it is not what was saved.
    """
    return _list(saved, "files", run_folder.FILES) if has(saved) else None


def aged(folder: Path, saved: Path) -> Path | None:
    """Return the list of ages that was saved with a run; None where there was none.

    A former gonogo kept one list beside all runs, under no digest. Raises CannotMeasureError where it is not what was
    saved.
    """
    if has(saved) and "ages" in _pointer(saved):
        return _list(saved, "ages", ages.FILE)
    former = folder / ages.FILE
    return former if former.is_file() else None


def _list(saved: Path, kind: str, name: str) -> Path | None:
    file, digest = saved / name, _pointer(saved).get(kind)
    if digest != _digest(file):
        _refuse(file, "is not what was saved: its digest is another one")
    return file if digest is not None else None


def _digest(file: Path) -> str | None:
    if file.is_symlink() or not file.is_file():
        return None
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _named(folder: Path, saved: Path) -> tuple[Path, int, str]:
    said = _pointer(saved)
    try:
        addresses, digest = int(said["addresses"]), bytes.fromhex(said["digest"]).hex()
    except (ValueError, KeyError, TypeError) as error:
        _refuse(saved / POINTER, f"can't be read: {error}")
    return _file(folder, digest), addresses, digest


def _pointer(saved: Path) -> Document:
    pointer = saved / POINTER
    if pointer.is_symlink():
        _refuse(pointer, "is no plain file")
    try:
        said: Document = json.loads(pointer.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        _refuse(pointer, f"can't be read: {error}")
    if not isinstance(said, dict):
        _refuse(pointer, "is not a JSON object")
    return said


def _file(folder: Path, digest: str) -> Path:
    return folder / _FOLDER / f"{digest}.jsonl.gz"


def _refuse(file: Path, what: str) -> NoReturn:
    raise CannotMeasureError(what, where=str(file), remedy=_REMEDY)
