"""The lines of a file of rules (`_redirects`, `_headers`), as the hosts take them in.

In: a text. Out: the lines that say something, with their numbers. Pure.
Hosts split at line feeds only, and strip what they call white space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from checks.collect.hosts.about import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_SHOWN = 200


class Line(NamedTuple):
    """A line that is neither empty nor a comment."""

    file: str
    number: int
    text: str
    """Without the white space around it."""

    @property
    def place(self) -> Place:
        """Where it stands; known by what it says."""
        return Place(self.file, self.number, " ".join(self.text[:MOST_SHOWN].split()))


def lines(file: str, text: str) -> Iterator[Line]:
    """Give the lines of `text`."""
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip().strip("\ufeff").strip()
        if stripped and not stripped.startswith("#"):
            yield Line(file, number, stripped)
