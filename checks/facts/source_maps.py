"""Where scripts and styles lead to a source map, or carry one.

In: a `Block` of a script or a style. Out: references: the address that is named, or that a map lies inside the file.
Format: https://tc39.es/ecma426/ ("Linking generated code to source maps").
"""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from checks.facts.text_block import Block

_WORD = b"sourceMappingURL="
_COMMENT = re.compile(rb"(?://|/\*)[#@]\s?sourceMappingURL=([^\s*\"'`]{1,2000})")
_INLINE = re.compile(rb"data:application/json[^,]{0,100};base64,([A-Za-z0-9+/=]*)")


def references(block: Block) -> Iterator[str]:
    """The addresses of maps that the block names; `inline` for a map with sources that lies in the block."""
    if block.kind != "script":
        return
    at = block.body.find(_WORD)
    while at >= 0:
        found = _COMMENT.search(block.body, max(0, at - 5), at + len(_WORD) + 2000)
        if found and block.owns(found.start()):
            if not found[1].startswith(b"data:"):
                yield found[1].decode("utf-8", "replace")
            elif _has_sources(block.body, found.start(1)):
                yield "inline"
        at = block.body.find(_WORD, at + 1)


def kind_of_reference(path: str, target: str, files: Container[str]) -> Literal["reference", "inline"] | None:
    """What to say of a reference in `path`; None when its map lies in the build (the map is told) or nowhere."""
    if target == "inline":
        return "inline"
    if re.match(r"(?:https?:)?//", target):
        return "reference"
    place = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), target.partition("?")[0]))[1:]
    return "reference" if place in files and not place.endswith(".map") else None


def _has_sources(body: bytes, at: int) -> bool:
    found = _INLINE.match(body, at)
    if found is None:
        return True  # not base64: percent-encoded JSON, which few tools write
    try:
        data = found[1][: len(found[1]) // 4 * 4]
        return b'"sourcesContent"' in base64.b64decode(data)
    except (binascii.Error, ValueError):
        return True
