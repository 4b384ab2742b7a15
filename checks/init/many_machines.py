"""The workflow for a site that one machine renders too slowly: who should have it, and for how many machines.

In: the project's folder, what was asked for, the ready workflow for many machines. Out: an answer, a number, its text.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.init import project

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE: Final = "many-machines.yml"
WORTH_IT: Final = 2_000
"""Pages: what two cores render in four and a half minutes (docs/scaling.md)."""
_MOST: Final = 256
"""Jobs that GitHub starts of one matrix (https://docs.github.com/en/actions/reference/limits)."""
_MATRIX: Final = re.compile(r"(?<=^        shard: ).*$", re.MULTILINE)
_URL: Final = re.compile(r"(?<=^  GONOGO_URL: ).*$", re.MULTILINE)
_COMMIT: Final = re.compile(r"(?<=^  GONOGO_COMMIT: ).*$", re.MULTILINE)


def asked(text: str | None) -> int:
    """Return how many machines `--machines` asks for; 1 where it was not said. Raises UserError for no such number."""
    if text is None:
        return 1
    number = int(text) if re.fullmatch(r"[0-9]{1,4}", text, re.ASCII) else 0
    if not 1 <= number <= _MOST:
        raise UserError(
            f"`{text}` is no number of machines", where="--machines", remedy=f"Say one from 1 to {_MOST}, such as 8."
        )
    return number


def worth_it(folder: Path) -> bool:
    """Return whether the build in the project's `folder` has many pages; False where it is not built."""
    found = project.look(folder)
    if not found.is_built or found.preview is None:
        return False
    pages = (folder / found.preview).rglob("*.html")
    return next(islice(pages, WORTH_IT, None), None) is not None


def filled(text: str, machines: int, action: str | None) -> str:
    """Return the ready workflow for so many machines, which run the gonogo of `action` (`OWNER/NAME@COMMIT`)."""
    matrix = _MATRIX.sub(f"[{', '.join(map(str, range(1, machines + 1)))}]", text)
    if action is None:
        return matrix
    name, _, commit = action.partition("@")
    return _COMMIT.sub(f'"{commit}"', _URL.sub(f"https://github.com/{name}.git", matrix))
