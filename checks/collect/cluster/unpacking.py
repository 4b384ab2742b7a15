"""An archive of a build -> its files, in a folder of their own, as far as a build can need it.

In: a zip or a tar, compressed or not, which may have come from anywhere. Out: plain files below a folder; an error for
names that lead out, for links and devices, for what is broken, and for an archive that grows beyond measure.
"""

from __future__ import annotations

import lzma
import shutil
import stat
import tarfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

GROWS: Final = 200
"""How many times its own size an archive may hold; HTML packs to a tenth, one byte over and over to a thousandth."""
_SMALL: Final = 100_000_000
"""Bytes that any archive may hold."""
MOST_FILES: Final = 5_000_000
_BROKEN: Final = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, tarfile.TarError, zlib.error)
_REMEDY: Final = "Pack the build again: plain files and folders, such as by `cd dist && tar -czhf ../dist.tar.gz .`"


class _File(NamedTuple):
    name: str
    size: int
    stream: IO[bytes]


def unpacked(kind: str, archive: Path, into: Path, where: str) -> None:
    """Write the files of `archive` below `into`; `kind` is one of `KINDS`, `where` what errors call it."""
    room, files = max(_SMALL, GROWS * archive.stat().st_size), 0
    try:
        for name, size, stream in KINDS[kind](archive):
            room, files = room - size, files + 1
            if room < 0 or files > MOST_FILES:
                raise CannotMeasureError(
                    f"holds more than {GROWS} times its size, or more than {MOST_FILES:,} files: no build does",
                    where=where,
                    remedy="Look who wrote it.",
                )
            file = inside(into, name, where)
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as out:
                shutil.copyfileobj(stream, out)
    except (*_BROKEN, lzma.LZMAError) as error:
        raise CannotMeasureError(f"can't be unpacked: {error}", where=where, remedy=_REMEDY) from None


def inside(into: Path, name: str, where: str) -> Path:
    """Return where the file of this name belongs. Raises CannotMeasureError for a name that leads out of the build."""
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or not parts.parts:
        raise CannotMeasureError(f"`{name}` leads out of the build", where=where, remedy=_REMEDY)
    return into / parts


def _zip(archive: Path) -> Iterator[_File]:
    with zipfile.ZipFile(archive) as opened:
        for one in opened.infolist():
            if stat.S_ISLNK(one.external_attr >> 16):
                raise ValueError(f"`{one.filename}` is a link")
            if not one.is_dir():
                with opened.open(one) as stream:
                    yield _File(one.filename, one.file_size, stream)


def _tar(archive: Path) -> Iterator[_File]:
    # As a stream: what is packed is unpacked once, and never beyond the file that is too much.
    with tarfile.open(archive, "r|*") as opened:
        for one in opened:
            stream = opened.extractfile(one) if one.isreg() else None
            if stream is not None:
                yield _File(one.name, one.size, stream)
            elif not one.isdir():
                raise ValueError(f"`{one.name}` is a link or a device")


KINDS: Final[Mapping[str, Callable[[Path], Iterator[_File]]]] = {"zip": _zip, "tar": _tar}
