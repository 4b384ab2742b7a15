"""An artifact, fetched and unpacked as data: plain files in one folder, within limits.

In: the API, the number of an artifact, the digest that GitHub gives for it. Out: a folder. Whatever is odd (a name that
leads out, a link, a file twice, more bytes than promised, another digest) raises CannotMeasureError.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NoReturn

from checks.errors import CannotMeasureError
from checks.report.escape import visible
from checks.report.words import clip

if TYPE_CHECKING:
    from action.github import Github

_MOST: Final = 2_000_000  # files
_AT_ONCE: Final = 1024 * 1024
_REMEDY: Final = "Launch again, so that it is kept anew."


def fetch(github: Github, artifact: int, digest: str, folder: Path, largest: int) -> None:
    """Fetch an artifact and unpack it into `folder`, which must not be there yet; at most `largest` bytes of each."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as beside:
        file = Path(beside) / "artifact.zip"
        github.download(artifact, file, largest)
        _hold(file, digest)
        unpack(file, folder, largest)


def _hold(file: Path, digest: str) -> None:
    """Refuse an archive that is not the one that GitHub has told the digest of; older servers tell none."""
    if not digest:
        return
    with file.open("rb") as stream:
        found = f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
    if found != digest:
        _refuse("its digest is not the one that GitHub tells")


def unpack(file: Path, folder: Path, largest: int) -> None:
    """Unpack an archive into a folder that is made for it."""
    folder.mkdir()
    left = largest
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > _MOST:
                _refuse(f"it holds {len(members):,} files")
            for member in members:
                if not member.is_dir():
                    left = _write(archive, member, folder / _inside(member), left)
    except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        _refuse(f"it can't be unpacked: {clip(visible(str(error)), 200)}")


def _inside(member: zipfile.ZipInfo) -> PurePosixPath:
    path = PurePosixPath(member.filename)
    mode = member.external_attr >> 16
    plain = stat.S_IFMT(mode) in {0, stat.S_IFREG}
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename or not path.parts or not plain:
        _refuse(f"{clip(visible(member.filename), 100)} is no plain file inside of it")
    return path


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path, left: int) -> int:
    """Write one member, and return how many bytes may still follow; its header is not believed about its size."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, to.open("xb") as target:
        while part := source.read(_AT_ONCE):
            left -= len(part)
            if left < 0:
                _refuse("it holds more bytes than a baseline can")
            target.write(part)
    return left


def _refuse(why: str) -> NoReturn:
    raise CannotMeasureError(why, where="the artifact of the last launch", remedy=_REMEDY)
