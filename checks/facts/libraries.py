"""The well-known libraries that a script or style sheet holds, by what their authors write into them.

In: the bytes of a file, or the address that it is loaded from. Out: `Library`s with their versions. Which libraries are
known, and by what, is data (`data/libraries.json`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from checks.facts.reference import reference


@dataclass(frozen=True, slots=True, order=True)
class Library:
    """A library in one version."""

    name: str
    version: str

    @property
    def major(self) -> str:
        """The first number of the version."""
        return self.version.partition(".")[0]


def libraries(body: bytes) -> tuple[Library, ...]:
    """Return the libraries whose banners stand in `body`, sorted; each version once."""
    found: set[Library] = set()
    for name, pattern in _banners():
        found.update(Library(name, match[1].decode("ascii")) for match in pattern.finditer(body))
    return tuple(sorted(found))


def development(body: bytes) -> tuple[str, ...]:
    """Return the frameworks and tools of which `body` holds the development build."""
    return tuple(sorted(name for name, pattern in _development() if pattern.search(body)))


def library_at(url: str) -> Library | None:
    """Return the library that the address of a file names, with its version; None where it names none."""
    for pattern in _addresses():
        match = pattern.search(url)
        if match:
            name = match["name"].lower().removesuffix(".min").removesuffix(".js")
            return Library(_same(name), match["version"])
    return None


@cache
def _banners() -> tuple[tuple[str, re.Pattern[bytes]], ...]:
    known: dict[str, str] = reference("libraries")["banners"]
    return tuple((name, re.compile(pattern.encode())) for name, pattern in known.items())


@cache
def _development() -> tuple[tuple[str, re.Pattern[bytes]], ...]:
    known: dict[str, str] = reference("libraries")["development"]
    return tuple((name, re.compile(pattern.encode())) for name, pattern in known.items())


@cache
def _addresses() -> tuple[re.Pattern[str], ...]:
    known: Any = reference("libraries")
    names = "|".join(sorted(map(re.escape, known["banners"]), key=len, reverse=True))
    return tuple(re.compile(pattern.replace("NAMES", names), re.IGNORECASE) for pattern in known["addresses"])


def _same(name: str) -> str:
    """Return the name that is used here for a library that is published under several."""
    same: dict[str, str] = reference("libraries")["same"]
    return same.get(name, name)
