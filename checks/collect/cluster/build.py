"""The build, as every machine can read it: a folder, an archive or a bucket, by one address.

In: an address that fsspec knows (`/srv/dist`, `s3://bucket/dist`, `gs://bucket/dist`), of an archive behind `zip::` or
`tar::` (`tar::https://host/dist.tar.gz`). Out: a folder on this machine. What is not a plain file of the build never
leaves its folder, and no error shows what opens the place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import fsspec
from fsspec.implementations.local import LocalFileSystem

from checks.collect.cluster.address import masked
from checks.collect.cluster.bounded import Bounded
from checks.collect.cluster.unpacking import KINDS, inside, unpacked
from checks.errors import CannotMeasureError, GonogoError, UserError

_PLACES: Final = (
    "Name a folder that all machines share, or an address such as s3://bucket/dist, zip::https://host/dist.zip or "
    "tar::https://host/dist.tar.gz."
)
_PACKAGE: Final = "`pip install s3fs` (for s3://) or `pip install gcsfs` (for gs://), here and on every worker."
_THERE: Final = "Look whether the build was left there, and whether every machine can reach it."
_KEYS: Final = (
    "Give every machine the right to read it: by a role of the machine, or by the environment in which `dask worker` "
    "starts, such as AWS_PROFILE or GOOGLE_APPLICATION_CREDENTIALS."
)


def fetched(address: str, into: Path) -> Path:
    """Return the folder of the build at `address`; one that is not on this machine is copied to `into`.

    Raises UserError for an address that nobody can read, CannotMeasureError for a build that can't be had from there.
    """
    where = masked(address)
    kind, _, packed = address.partition("::")
    kind, _, folder = kind.partition("://")
    try:
        if packed and kind in KINDS:
            return _there(_from_archive(kind, packed, into, where) / folder, where)
        system, root = fsspec.core.url_to_fs(address)
        if isinstance(system, LocalFileSystem):
            return Path(root)
        _copied(system, root, into, where)
    except GonogoError:
        raise
    except Exception as error:  # noqa: BLE001 - each kind of place has errors of its own
        raise _told(error, where) from None
    return _there(into, where)


def _copied(system: Any, root: str, into: Path, where: str) -> None:
    if system.isfile(root):
        remedy = f"Say what kind of archive it is: `zip::{where}` or `tar::{where}`."
        raise UserError("is a file, and no folder", where=where, remedy=remedy)
    for name in system.find(root):
        file = inside(into, name.removeprefix(root).lstrip("/"), where)
        file.parent.mkdir(parents=True, exist_ok=True)
        system.get_file(name, str(file))


def _from_archive(kind: str, packed: str, into: Path, where: str) -> Path:
    system, path = fsspec.core.url_to_fs(packed)
    if isinstance(system, LocalFileSystem):
        unpacked(kind, Path(path), into, where)
        return into
    # Whole and in one go: most servers of archives can't be asked for the middle of one.
    archive = into.with_name(f"{into.name}.{kind}")
    archive.parent.mkdir(parents=True, exist_ok=True)
    try:
        system.get_file(path, str(archive), callback=Bounded(where))
        unpacked(kind, archive, into, where)
    finally:
        archive.unlink(missing_ok=True)
    return into


def _there(folder: Path, where: str) -> Path:
    if not folder.is_dir() or not any(folder.iterdir()):
        raise CannotMeasureError("there is no build", where=where, remedy=_THERE)
    return folder


def _told(error: Any, where: str) -> GonogoError:
    """Return what went wrong, for people."""
    said = masked(f"{error}" or type(error).__name__)
    if isinstance(error, ImportError):
        return UserError(f"can't be read: {said}", where=where, remedy=_PACKAGE)
    if isinstance(error, FileNotFoundError):
        return CannotMeasureError(f"there is no build: {said}", where=where, remedy=_THERE)
    if isinstance(error, PermissionError) or "credential" in f"{type(error).__name__} {said}".lower():
        return CannotMeasureError(f"may not be read: {said}", where=where, remedy=_KEYS)
    if isinstance(error, ValueError):
        return UserError(f"can't be read: {said}", where=where, remedy=_PLACES)
    return CannotMeasureError(f"can't be read: {said}", where=where, remedy=_THERE)
