"""The files of a commit, one by one, and which of them are not read.

In: lines of git. Out: frozen entries, or a `UserError` that says what to do. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from checks.errors import UserError

FILE: Final = frozenset({"100644", "100755"})
KIND_BY_MODE: Final = {"120000": "a symbolic link", "160000": "a submodule"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a commit."""

    path: str
    """From the root of the repository."""
    mode: str
    """As git writes it: 100644 for a file, 120000 for a symbolic link, 160000 for a submodule."""
    oid: str
    size: int
    """Bytes; 0 for a submodule."""


def at_commit(path: str, commit: str) -> str:
    """Return a file of a commit as messages name it: `gonogo.yaml at 0123456789ab`."""
    return f"{path} at {commit[:12]}"


def refuse(entry: Entry, commit: str, limit: int) -> None:
    """Raise UserError for an entry that is no plain file of at most `limit` bytes."""
    if entry.mode not in FILE:
        raise refused(entry.path, commit, KIND_BY_MODE.get(entry.mode, f"of the mode {entry.mode}"))
    if entry.size > limit:
        what = f"the file has {entry.size:,} bytes; at most {limit:,} are read"
        raise UserError(what, where=at_commit(entry.path, commit), remedy="Shorten it.")


def refused(path: str, commit: str, kind: str) -> UserError:
    """Return the error for what is no plain file."""
    remedy = "Rules are read from plain files of the commit: put the file itself there."
    return UserError(f"it is {kind}, which is not followed", where=at_commit(path, commit), remedy=remedy)


def entry_of(line: bytes, commit: str) -> Entry:
    """Return the entry that a line of `git ls-tree -l` is. Raises UserError for a name that can't be written."""
    about, _, name = line.partition(b"\t")
    mode, _, oid, size = about.split()
    try:
        path = name.decode()
    except UnicodeDecodeError as error:
        path = name.decode("utf-8", "backslashreplace")
        raise UserError("the name is not UTF-8", where=at_commit(path, commit), remedy="Rename the file.") from error
    if any(part in {"", ".", "..", ".git"} for part in path.split("/")):
        raise UserError("this can't be the name of a file", where=at_commit(path, commit), remedy="Remove the file.")
    return Entry(path, mode.decode(), oid.decode(), int(size) if size != b"-" else 0)
