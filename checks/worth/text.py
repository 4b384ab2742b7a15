"""The text of an export: which encoding, and its lines as they come. Nothing is held of a file but its beginning.

In: a file, which may be hostile. Out: its text as a stream, or a `UserError` that names file and remedy.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final, TextIO

from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST: Final = 64 * 1024 * 1024
BEGINNING: Final = 64 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LONGEST_LINE: Final = 1_000_000
"""Characters."""
_BLOCK: Final = 1 << 18
_AGAIN: Final = "Export it again as CSV, in UTF-8."


def encoding_of(file: Path, name: str) -> str:
    """Return how the text of `file` is written: by its byte order mark, else UTF-16, UTF-8, or as Windows wrote it.

    `name` is what errors call the file. Raises UserError for a file that is not there, or too large.
    """
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            begin = stream.read(BEGINNING)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"it can't be read: {reason}", where=name, remedy="Is the path right?") from error
    if size > LARGEST:
        what = f"it has {size:,} bytes; at most {LARGEST:,} are read"
        raise UserError(what, where=name, remedy="Export fewer rows: the pages with most clicks come first.")
    if not begin.strip():
        raise UserError("it is empty", where=name, remedy="Export it again.")
    for mark, encoding in _MARKS:
        if begin.startswith(mark):
            return encoding
    if zeros := [half for half in (0, 1) if begin[half::2][:100].count(0) > len(begin[half::2][:100]) / 2]:
        return "utf-16-be" if zeros == [0] else "utf-16-le"
    return "utf-8" if _is_utf8(file) else "cp1252"


def _is_utf8(file: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def opened(file: Path, encoding: str) -> TextIO:
    """Open the text; what no encoding can hold stands as a replacement character in it, and makes no address."""
    return file.open("r", encoding=encoding, errors="replace", newline="")


def lines_of(stream: TextIO, name: str) -> Iterator[str]:
    """Give the lines of `stream`. Raises UserError for what is no text."""
    for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), ""), start=1):
        if len(line) > LONGEST_LINE:
            what = f"it has more than {LONGEST_LINE:,} characters in one line"
            raise UserError(what, where=f"{name}:{number}", remedy=_AGAIN)
        if "\0" in line:
            raise UserError("it is no text", where=f"{name}:{number}", remedy=_AGAIN)
        yield line
