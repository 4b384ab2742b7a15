"""Numbers as tools and spreadsheets write them: `1,234.5`, `1.234,5`, `1 234,5`.

In: the texts of a whole file, looked through first. Out: which mark stands before decimals, then each number; or why
it is none. What can be read in two ways is not guessed. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SPACES: Final = re.compile("[ \t\u00a0\u2009\u202f'\u2019]")
_SHAPE: Final = re.compile(r"[0-9][0-9.,]{0,30}")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{2,3})*[.,][0-9]{3}|[0-9]+")
_THREE: Final = 3
MOST: Final = 10**12


class NoNumberError(Exception):
    """Why a text is no number, in words."""


@dataclass(slots=True)
class Decimal:
    """Which mark stands before decimals, as far as the file tells."""

    mark: str | None = None
    line: int | None = None
    """The line that told it; None where the config says it."""

    def look(self, text: str, line: int, *, thousands: bool = True) -> None:
        """Learn from one text, which may have no `thousands`. Raises NoNumberError where an earlier line differs."""
        told = _told(_SPACES.sub("", text), thousands=thousands)
        if told is None or told == self.mark:
            return
        if self.mark is not None:
            before = f"line {self.line} has" if self.line else "`decimal` says"
            message = f"`{text[:40]}` has `{told}` before its decimals, and {before} `{self.mark}`"
            raise NoNumberError(message)
        self.mark, self.line = told, line

    def number(self, text: str, *, whole: bool) -> float:
        """Return the number that `text` is; nothing is zero. Raises NoNumberError."""
        bare = _SPACES.sub("", text).removesuffix("%")
        if bare in {"", "-", "\u2013", "\u2014"}:
            return 0.0
        if not _SHAPE.fullmatch(bare):
            message = f"`{text[:40]}` is no number"
            raise NoNumberError(message)
        mark = self.mark
        if mark is None and re.search(r"[.,]", bare):
            # Whatever separates three digits of a count separates thousands: nobody clicks 1.234 times.
            if not whole:
                message = f"`{text[:40]}` can be read in two ways; `decimal:` in the config says which mark is meant"
                raise NoNumberError(message)
            bare = re.sub(r"[.,]", "", bare)
        return _read(text, bare, mark or ".", whole=whole)


def _read(text: str, bare: str, mark: str, *, whole: bool) -> float:
    front, _, decimals = bare.partition(mark)
    if not _GROUPED.fullmatch(front) or not re.fullmatch(r"[0-9]*", decimals):
        message = f"`{text[:40]}` is no number with `{mark}` before its decimals"
        raise NoNumberError(message)
    found = float(f"{re.sub(r'[.,]', '', front)}.{decimals or '0'}")
    if found > MOST or (whole and not found.is_integer()):
        message = f"`{text[:40]}` can't be a count"
        raise NoNumberError(message)
    return found


def _told(bare: str, *, thousands: bool) -> str | None:
    """Return which mark stands before decimals in this text alone; None where it does not say."""
    bare = bare.removesuffix("%")
    marks = [character for character in bare if character in ".,"]
    if not marks or not _SHAPE.fullmatch(bare):
        return None
    last = marks[-1]
    other = "," if last == "." else "."
    if len(set(marks)) > 1:
        return last
    if len(marks) > 1:
        return other
    front, _, after = bare.partition(last)
    return last if not thousands or len(after) != _THREE or len(front) > _THREE or front.startswith("0") else None
