"""JSON as hosts read it, strictly, with the line on which each part stands.

In: the text of a file. Out: its value and the lines, or `JsonError` with a line. Pure.
Comments, commas before a bracket and the like are errors, as they are for the hosts. The outer levels are read here,
for their lines; what lies deeper is read by the standard library at once.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any

DEEP = 3
"""Levels of which the lines are known: `hosting` -> `redirects` -> a redirect."""
_HALF = re.compile(r"\\u[dD][89A-Fa-f]")
_SPACE = re.compile(r"[ \t\r\n]*")

Pointer = tuple[str | int, ...]


class JsonError(ValueError):
    """A text that is not JSON: what is wrong, and on which line."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.line = line


class Lines:
    """The line of each part of a document."""

    def __init__(self) -> None:
        self._known: dict[Pointer, int] = {}

    def note(self, pointer: Pointer, line: int) -> None:
        """Remember on which line a part begins."""
        self._known[pointer] = line

    def of(self, *pointer: str | int) -> int:
        """Return the line of the part at `pointer`, or of the nearest part around it; 0: not known."""
        for length in range(len(pointer), -1, -1):
            if pointer[:length] in self._known:
                return self._known[pointer[:length]]
        return 0


def read(text: str) -> tuple[Any, Lines]:
    """Return the value of a JSON text, and its lines. Raises JsonError."""
    reading = _Reading(text)
    value = reading.value(())
    reading.space()
    if reading.at < len(text):
        raise reading.error("there is something after the end")
    half = _HALF.search(text)
    if half and not _is_whole(value):
        raise reading.error("there is half a character (a lone surrogate)", half.start())
    return value, reading.lines


def _is_whole(value: Any) -> bool:
    """Return whether every text can be written as UTF-8."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number in JSON")


class _Reading:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines = Lines()
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._decoder = json.JSONDecoder(parse_constant=_refuse)

    def error(self, what: str, at: int | None = None) -> JsonError:
        place = self.at if at is None else at
        if self.text[place : place + 2] in {"//", "/*"}:
            what = "there is a comment, and JSON has none"
        return JsonError(what, self._line(place))

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at)

    def space(self) -> None:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing, too

    def value(self, pointer: Pointer) -> Any:
        self.space()
        self.lines.note(pointer, self._line(self.at))
        opening = self.text[self.at : self.at + 1]
        if len(pointer) < DEEP and opening == "{":
            return self._object(pointer)
        if len(pointer) < DEEP and opening == "[":
            return self._array(pointer)
        return self._decoded()

    def _decoded(self) -> Any:
        try:
            value, self.at = self._decoder.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            raise self.error(error.msg[:1].lower() + error.msg[1:], error.pos) from None
        except RecursionError:
            raise self.error("it is nested too deeply") from None
        except ValueError as error:
            raise self.error(str(error)) from None
        return value

    def _object(self, pointer: Pointer) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.at += 1
        while not self._ends("}", first=not found):
            key = self._decoded() if self.text[self.at : self.at + 1] == '"' else None
            if not isinstance(key, str):
                raise self.error("a key must stand in double quotes")
            if key in found:
                raise self.error(f"the key `{key[:60]}` stands there twice")
            self.space()
            if self.text[self.at : self.at + 1] != ":":
                raise self.error("there is no `:` after a key")
            self.at += 1
            found[key] = self.value((*pointer, key))
        return found

    def _array(self, pointer: Pointer) -> list[Any]:
        found: list[Any] = []
        self.at += 1
        while not self._ends("]", first=not found):
            found.append(self.value((*pointer, len(found))))
        return found

    def _ends(self, closing: str, *, first: bool) -> bool:
        """Go over the closing bracket and say so, or over the comma before the next member."""
        self.space()
        if self.text[self.at : self.at + 1] == closing:
            self.at += 1
            return True
        if not first:
            if self.text[self.at : self.at + 1] != ",":
                raise self.error(f"there is no `,` or `{closing}` here")
            self.at += 1
            self.space()
            if self.text[self.at : self.at + 1] == closing:
                raise self.error(f"there is a comma before `{closing}`")
        return False
