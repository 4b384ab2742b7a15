"""The documents of saved baselines, each under the digest of its bytes, compressed.

In: a folder of saved baselines, a document or its digest. Out: a file, or the document again; what is not what was
saved is refused.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from typing import TYPE_CHECKING, Any, Final, NoReturn

from checks import json_bytes
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from pathlib import Path

Document = dict[str, Any]
FOLDER: Final = "objects"
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a document; a page takes about 90 kB, and some bytes can be made to hold gigabytes."""
_REMEDY: Final = "Save it anew from a run of what is live: `gonogo baseline save RUN DEST`."


def put(folder: Path, content: bytes) -> tuple[str, bool]:
    """Store a document; return its digest, and whether it was not there yet."""
    digest = hashlib.sha256(content).hexdigest()
    file = _object(folder, digest)
    if file.is_file():
        return digest, False
    file.parent.mkdir(parents=True, exist_ok=True)
    replace(file, gzip.compress(content, mtime=0))
    return digest, True


def get(folder: Path, digest: str) -> Document:
    """Return the document with this digest. Raises CannotMeasureError where it is not what was saved."""
    file = _object(folder, digest)
    try:
        with gzip.open(file) as stream:
            content = stream.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        refuse(file, f"can't be read: {error}")
    if len(content) > _LARGEST:
        refuse(file, f"holds more than {_LARGEST:,} bytes")
    if hashlib.sha256(content).hexdigest() != digest:
        refuse(file, "is not what was saved: its digest is another one")
    try:
        document = json_bytes.decode(content)
    except ValueError as error:
        refuse(file, f"is not JSON: {error}")
    if not isinstance(document, dict):
        refuse(file, "is not a JSON object")
    return document


def replace(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: who reads meanwhile, or after a crash, never sees half of it."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(content)
    beside.replace(file)


def _object(folder: Path, digest: str) -> Path:
    return folder / FOLDER / digest[:2] / f"{digest[2:]}.json.gz"


def refuse(file: Path, what: str) -> NoReturn:
    """Say that a file of a folder of saved baselines can't be believed."""
    raise CannotMeasureError(what, where=str(file), remedy=_REMEDY)
