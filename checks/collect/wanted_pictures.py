"""Which picture is wanted of a page, as plain data: who says so needs no browser for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Element:
    """An element as the delivered HTML has it."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    nth: int
    """How many with the same name and attributes stand before it."""
    of: int
    """How many there are, with itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture: its file name as the page is, its file name with the element outlined, and that element."""

    plain: str
    outlined: str
    element: Element | None = None
