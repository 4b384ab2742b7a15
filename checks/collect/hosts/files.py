"""A picture of a build folder, taken once: which files there are, how large they are, and which were refused.

In: the folder (the one place in `hosts/` that touches a disk). Out: `BuildFiles`, which the host models read.
Symbolic links are followed while they stay inside the folder, because a host would be sent what they lead to. A link
out of it is refused: the build must not publish what lies beside it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from checks.errors import CannotMeasureError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Links to folders inside linked folders: enough for `latest -> v3` with `v3/assets -> ../assets`, and few enough that
# folders which link to each other crosswise can't blow the list up.
_LINKS_IN_A_ROW = 2

Why = Literal["outside", "loop", "broken", "special", "unreadable"]


@dataclass(frozen=True, slots=True)
class Refused:
    """A name in the build that is not served, and why."""

    path: str
    """POSIX path relative to the root."""
    why: Why
    """outside: a link out of the build; loop: a link to a folder around it; broken: a link to nothing; special: no file
    and no folder; unreadable: the system did not let us look."""


@dataclass(frozen=True, slots=True)
class BuildFiles:
    """The files of a build: POSIX path relative to its root -> size in bytes. Read-only by convention."""

    sizes: dict[str, int]
    refused: tuple[Refused, ...] = field(default=())

    def __contains__(self, name: object) -> bool:
        """Tell whether a file of this exact name is in the build."""
        return name in self.sizes

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self.sizes)


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path
    name: str
    around: tuple[str, ...]
    """The real paths of this folder and of those around it: a link to one of them is a loop."""
    links: int


def scan(root: Path) -> BuildFiles:
    """Return what lies in `root`, sorted by name; hidden files too, for whether they may be published is judged later.

    Raises UserError where `root` is not there or is no folder, CannotMeasureError where it can't be read.
    """
    if not root.is_dir():
        what = "is not a folder" if root.exists() else "there is no such folder"
        raise UserError(what, where=str(root), remedy="Name the folder that the build leaves, such as dist or public.")
    real = os.path.realpath(root)
    sizes: dict[str, int] = {}
    refused: list[Refused] = []
    waiting = [_Folder(root, "", (real,), 0)]
    while waiting:
        folder = waiting.pop()
        for entry in _entries(folder, refused):
            _take(entry, folder, real, sizes, refused, waiting)
    return BuildFiles(dict(sorted(sizes.items())), tuple(sorted(refused, key=lambda one: one.path)))


def _entries(folder: _Folder, refused: list[Refused]) -> Iterator[os.DirEntry[str]]:
    """Give what lies in a folder, one at a time: each entry remembers all that was asked of it."""
    try:
        with os.scandir(folder.path) as entries:
            yield from entries
    except OSError as error:
        if not folder.name:
            raise CannotMeasureError(
                f"the folder can't be read: {error.strerror}",
                where=str(folder.path),
                remedy="Give the user that runs gonogo the right to read it.",
            ) from error
        refused.append(Refused(folder.name.rstrip("/"), "unreadable"))


def _take(
    entry: os.DirEntry[str],
    folder: _Folder,
    root: str,
    sizes: dict[str, int],
    refused: list[Refused],
    waiting: list[_Folder],
) -> None:
    name = folder.name + entry.name
    try:
        is_link = entry.is_symlink()
        real = os.path.realpath(entry.path) if is_link else ""
        status = entry.stat()
    except FileNotFoundError:
        refused.append(Refused(name, "broken"))
        return
    except OSError:
        refused.append(Refused(name, "loop" if entry.is_symlink() else "unreadable"))
        return
    if is_link and not _is_inside(real, root):
        refused.append(Refused(name, "outside"))
    elif stat.S_ISREG(status.st_mode):
        sizes[name] = status.st_size
    elif not stat.S_ISDIR(status.st_mode):
        refused.append(Refused(name, "special"))
    elif is_link and (real in folder.around or folder.links >= _LINKS_IN_A_ROW):
        refused.append(Refused(name, "loop"))
    else:
        here = real or os.path.join(folder.around[-1], entry.name)  # noqa: PTH118 - a real path, joined without a look
        waiting.append(_Folder(folder.path / entry.name, name + "/", (*folder.around, here), folder.links + is_link))


def _is_inside(real: str, root: str) -> bool:
    return real == root or real.startswith(root.rstrip(os.sep) + os.sep)


def build_digest(root: Path, files: BuildFiles) -> str:
    """Return the SHA-256 over every file of the build, names and bytes: what was judged is what may ship."""
    whole = hashlib.sha256()
    for name in sorted(files.sizes):
        with (root / name).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
        whole.update(name.encode("utf-8", "surrogateescape") + b"\0" + digest.digest())
    return whole.hexdigest()
