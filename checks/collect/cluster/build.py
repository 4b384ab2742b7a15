"""The build, as every machine can read it: a folder, an archive or a bucket, by one address.

In: an address that fsspec knows (`/srv/dist`, `s3://bucket/dist`, `gs://bucket/dist`, `zip::https://host/dist.zip`).
Out: a folder on this machine. What is not a plain file of the build never leaves its folder.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from checks.errors import CannotMeasureError, UserError


def fetched(address: str, into: Path) -> Path:
    """Return the folder of the build at `address`; one that is not on this machine is copied to `into`.

    Raises UserError for an address that nobody can read, CannotMeasureError for a build that can't be had from there.
    """
    try:
        system, root = fsspec.core.url_to_fs(address)
    except (ValueError, ImportError, OSError, zipfile.BadZipFile) as error:
        raise UserError(
            f"can't be read: {error}",
            where=address,
            remedy="Name a folder that all machines share, or an address such as s3://bucket/dist or "
            "zip::https://host/dist.zip; s3 needs the package s3fs, gs gcsfs.",
        ) from None
    if isinstance(system, LocalFileSystem):
        return Path(root)
    try:
        found: list[str] = system.find(root)
        for name in found:
            _copy(system, root, name, into)
    except OSError as error:
        raise CannotMeasureError(f"the build can't be read from there: {error}", where=address) from error
    if not found:
        raise CannotMeasureError("there is no build", where=address, remedy="Look whether it was left there.")
    return into


def _copy(system: Any, root: str, name: str, into: Path) -> None:
    inside = PurePosixPath(name.removeprefix(root).lstrip("/"))
    if ".." in inside.parts or not inside.parts:
        raise CannotMeasureError("leads out of the build", where=name, remedy="Nobody builds that: look who wrote it.")
    file = into / inside
    file.parent.mkdir(parents=True, exist_ok=True)
    system.get_file(name, str(file))
