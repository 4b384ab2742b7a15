"""The folder of the sign-offs, `gonogo/sign-offs`: statements, their signatures, lists of pages, open requests.

In: a folder. Out: the bytes of what lies in it, by the id of the statement; and files written, never over others.
"""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks import run_folder
from checks.errors import UserError
from checks.signing import requests as requesting
from checks.signoff.names import FOLDER, REQUEST_SUFFIX, SIGNATURE, STATEMENT
from checks.signoff.verified import StatementFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DEFAULT: Final = Path(FOLDER)
LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a file that are read; a list of 20,000 pages needs less."""


def statements(folder: Path, *, trusted: bool = False) -> tuple[StatementFiles, ...]:
    """Return the statements in `folder` with their signatures, sorted by id; none where there is no such folder.

    A change may put anything there: a link, or a file that is too long, is read as a statement that says nothing.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return tuple(_found(file, plain, trusted) for file in files if not file.name.endswith(REQUEST_SUFFIX))


def one(file: Path, *, trusted: bool = False) -> StatementFiles:
    """Return the statement in `file` with what lies beside it. Raises UserError where it can't be read."""
    return _found(file, read, trusted)


def _found(file: Path, reader: Callable[[Path], bytes], trusted: bool) -> StatementFiles:  # noqa: FBT001 - passed on
    name = file.name.removesuffix(".json")
    pages = file.with_name(f"{name}.pages")
    return StatementFiles(
        id=name,
        statement=reader(file),
        signatures=tuple(reader(each) for each in _signatures(file)),
        pages=reader(pages) if pages.exists() else None,
        where=str(file),
        trusted=trusted,
    )


def plain(file: Path) -> bytes:
    """Return the bytes of a plain file; nothing for a link, what is no file, and what is too long."""
    if file.is_symlink() or not file.is_file():
        return b""
    try:
        return read(file)
    except UserError:
        return b""


def requests(folder: Path) -> list[Path]:
    """Return the files of requests in `folder`."""
    return sorted(folder.glob(f"*{REQUEST_SUFFIX}")) if folder.is_dir() else []


def find(folder: Path, name: str) -> Path:
    """Return the file of the one statement whose id begins with `name`. Raises UserError."""
    found = [file for file in sorted(folder.glob("*.json")) if STATEMENT.fullmatch(file.name)]
    meant = [file for file in found if name and file.name.startswith(name)]
    if len(meant) == 1:
        return meant[0]
    what = f"`{name}` is the beginning of {len(meant)} sign-offs" if meant else f"no sign-off begins with `{name}`"
    raise UserError(what, where=str(folder), remedy="`gonogo sign-off list` names them all.")


def write_request(folder: Path, document: requesting.Document) -> Path:
    """Write a request, for people to read too, and return its file."""
    file = folder / f"{document['request_id']}{REQUEST_SUFFIX}"
    _write([(file, requesting.text(document))])
    return file


def write_statement(folder: Path, name: str, data: bytes, signature: bytes, pages: bytes | None) -> list[Path]:
    """Write a statement with its first signature and its list of pages, and return the files."""
    files = [(folder / f"{name}.json", data), (folder / f"{name}.1.sig", signature)]
    if pages is not None:
        files.append((folder / f"{name}.pages", pages))
    return _write(files)


def add_signature(statement: Path, signature: bytes) -> Path:
    """Write one more signature beside a statement and return its file."""
    taken = [int(match["number"]) for each in _signatures(statement) if (match := SIGNATURE.fullmatch(each.name))]
    number = max(taken, default=0) + 1
    (file,) = _write([(statement.with_name(f"{statement.stem}.{number}.sig"), signature)])
    return file


def read(file: Path) -> bytes:
    """Return the bytes of a file. Raises UserError where it is missing, no plain file, or too long."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        remedy = "`gonogo sign-off list` says what there is."
        raise UserError(f"can't be read: {error.strerror}", where=str(file), remedy=remedy) from None
    if len(data) > LARGEST:
        raise UserError(f"has more than {LARGEST:,} bytes", where=str(file), remedy="This is no file of a sign-off.")
    return data


def _signatures(statement: Path) -> list[Path]:
    found = []
    for file in statement.parent.glob(f"{glob.escape(statement.stem)}.*.sig"):
        match = SIGNATURE.fullmatch(file.name)
        if match:
            found.append((int(match["number"]), file))
    return [file for _, file in sorted(found)]


def _write(files: Iterable[tuple[Path, bytes]]) -> list[Path]:
    """Write new files; one that is there already is not touched, for somebody may have signed it."""
    written = []
    for file, data in files:
        with run_folder.writing(file.parent):
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with file.open("xb") as stream:
                    stream.write(data)
            except FileExistsError:
                raise UserError("is there already", where=str(file), remedy="Take it away first.") from None
        written.append(file)
    return written
