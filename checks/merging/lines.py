"""measured.jsonl of a part, line by line: each of its shape, and no more of them than the part says.

In: a file that may have come from anywhere, or one line of it. Out: a `Line`; one line at a time is held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.collect.shards.elsewhere import Line
from checks.errors import CannotMeasureError
from checks.merging.strict import AGAIN, SHOWN, decoded, of_shape
from checks.report.words import clip, count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST = 100_000_000
"""Bytes of a line: four times those of the largest pages that were seen."""


def lines(file: Path, pages: int) -> Iterator[Line]:
    """Give the lines of a part that says how many `pages` it has."""
    number = 0
    try:
        with file.open("rb") as stream:
            while text := stream.readline(LONGEST + 1):
                number += 1
                if number > pages:
                    raise _miscounted(file, f"more than {count(pages, 'page')}", pages)
                yield line(text, f"{file}:{number}")
    except OSError as error:
        raise CannotMeasureError(f"can't be read: {error.strerror}", where=str(file), remedy=AGAIN) from None
    if number != pages:
        raise _miscounted(file, count(number, "page"), pages)


def _miscounted(file: Path, holds: str, pages: int) -> CannotMeasureError:
    return CannotMeasureError(
        f"holds {holds}, and run.json beside it says {pages:,}", where=str(file), remedy=f"It was cut or mixed. {AGAIN}"
    )


def line(text: bytes, where: str) -> Line:
    """Return a line of measured.jsonl. Raises CannotMeasureError for one that is not of its shape."""
    said = decoded(text, LONGEST, where)
    of_shape("measured", said, len(text), where)
    page, path = said["page"], said["path"]
    if page is not None:
        of_shape("page", page["document"], len(text), where)
        if {page["document"]["path"], page["digest"]["path"]} != {path}:
            raise CannotMeasureError(f"tells of {clip(path, SHOWN)} and another page", where=where, remedy=AGAIN)
    return Line(path, where, said)
