"""The file `_headers`, as far as Netlify and Cloudflare Pages read it alike: a path, and the headers below it.

In: the text. Out: blocks, and what is dropped. Pure. How a path matches and how blocks add up is each host's affair.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checks.collect.hosts.about import Finding, Place
from checks.collect.hosts.fields import is_name, is_value
from checks.collect.hosts.lines import Line, lines

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = "_headers"


@dataclass(slots=True)
class Block:
    """One path and what is set, or taken away, for it."""

    place: Place
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case; a name that stands there twice has both values, joined by a comma."""
    removed: list[str] = field(default_factory=list)
    """Names, in lower case."""

    def set(self, name: str, value: str) -> None:
        """Add a header."""
        key = name.lower()
        self.headers[key] = f"{self.headers[key]}, {value}" if key in self.headers else value


def blocks(
    text: str, is_path: Callable[[str], bool], *, removes: bool = False, longest: int | None = None
) -> tuple[list[Block], list[Finding]]:
    """Return the blocks of `text`. `removes`: whether `! Name` takes a header away; `longest`: characters of a line."""
    found: list[Block] = []
    dropped: list[Finding] = []
    for line in lines(FILE, text):
        if longest is not None and len(line.text) > longest:
            dropped.append(Finding(line.place, f"the line has more than {longest:,} characters, and is ignored"))
        elif is_path(line.text):
            found.append(Block(line.place, line.text))
        else:
            dropped += _header(line, found[-1] if found else None, removes=removes)
    dropped += [
        Finding(one.place, "the path has no header below it, and is ignored")
        for one in found
        if not one.headers and not one.removed
    ]
    return [one for one in found if one.headers or one.removed], dropped


def _header(line: Line, block: Block | None, *, removes: bool) -> list[Finding]:
    name, colon, value = (part.strip() for part in line.text.partition(":"))
    what = ""
    if block is None:
        what = "it stands before any path, and is ignored"
    elif not colon and removes and line.text.startswith("! "):
        block.removed.append(line.text[2:].strip().lower())
    elif not colon:
        what = "it is no path and no `Name: value`, and is ignored"
    elif not is_name(name):
        what = "it has no valid name before the colon, and is ignored"
    elif not value or not is_value(value):
        what = "it has no valid value after the colon, and is ignored"
    else:
        block.set(name, value)
    return [Finding(line.place, what)] if what else []
