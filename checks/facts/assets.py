"""What stands in a file that pages load: its identity, its libraries, the fonts it names, what minifying would save.

In: the bytes of a file and its media type. Out: an `Asset`. Pure; the same bytes give the same asset wherever they lie.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import imagesize

from checks.facts.libraries import development, libraries
from checks.facts.reference import reference

if TYPE_CHECKING:
    from checks.facts.libraries import Library

LARGEST_READ = 8 << 20
"""Bytes above which a file is not looked into."""
_MOST_FACES, _LONGEST_FACE = 300, 2000
_JAVASCRIPT = frozenset(reference("markup")["javascript"].split())
_KEPT = re.compile(rb"/\*!|@license|@preserve")
_SPACES = re.compile(rb"\s{2,}")
_KEEPS = re.compile(
    rb"""(?P<comment>/\*.*?(?:\*/|\Z)|^[ \t]*+//(?![!#@])[^\n]*+\n?)"""
    rb"""|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?""",
    re.DOTALL | re.MULTILINE,
)
"""Comments, and strings: what stands in quotation marks is meant, as scripts carry whole texts so."""
_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)""", re.IGNORECASE)
_FACE = re.compile(r"@font-face\s*\{([^{}]*)\}", re.IGNORECASE)
_FAMILY = re.compile(r"font-family\s*:\s*([^;}]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedFace:
    """A font face that a style sheet declares."""

    family: str
    addresses: tuple[str, ...]
    """As written."""


@dataclass(frozen=True, slots=True)
class Asset:
    """What stands in a file."""

    digest: str
    """SHA-256 of its bytes."""
    libraries: tuple[Library, ...] = ()
    saving: int = 0
    """Bytes of comments and white space that a minifier would take out, as far as can be told without parsing."""
    faces: tuple[NamedFace, ...] = ()
    development: tuple[str, ...] = ()
    """Frameworks and tools of which it holds the development build."""
    pixels: tuple[int, int] | None = None
    """Width and height of an image that is no vector."""


def is_code(media_type: str | None) -> bool:
    """Whether a media type is one of scripts or style sheets."""
    return media_type in _JAVASCRIPT or media_type == "text/css"


def asset(body: bytes, media_type: str | None) -> Asset:
    """Return what stands in `body`."""
    digest = hashlib.sha256(body).hexdigest()
    if media_type in _JAVASCRIPT:
        return Asset(digest, libraries(body), saving(body), development=development(body))
    if media_type == "text/css":
        return Asset(digest, (), saving(body), faces(body.decode("utf-8", "replace")))
    if media_type is not None and media_type.startswith("image/") and media_type != "image/svg+xml":
        return Asset(digest, pixels=pixels(body))
    return Asset(digest)


def pixels(body: bytes) -> tuple[int, int] | None:
    """Return width and height of an image; None where they cannot be read."""
    try:
        width, height = imagesize.get(io.BytesIO(body))
    except (ValueError, OSError):
        return None
    return (int(width), int(height)) if width > 0 and height > 0 else None


def saving(body: bytes) -> int:
    """Return how many bytes are comments, indentation and line ends; comments that licences ask for are kept."""
    saved, done = 0, 0
    for match in _KEEPS.finditer(body):
        saved += _spaces(body, done, match.start())
        if match["comment"] and not _KEPT.search(match[0]):
            saved += len(match[0])
        done = match.end()
    return saved + _spaces(body, done, len(body))


def _spaces(body: bytes, start: int, end: int) -> int:
    """Return the bytes of white space that go; one space or line end may be needed where several stand."""
    return sum(len(run) - 1 for run in _SPACES.findall(body, start, end))


def faces(sheet: str) -> tuple[NamedFace, ...]:
    """Return the font faces that a style sheet declares, in its order."""
    found = []
    for block in islice(_FACE.finditer(sheet), _MOST_FACES):
        family = _FAMILY.search(block[1])
        named = (next(filter(None, match.groups()), "") for match in _ADDRESS.finditer(block[1][:_LONGEST_FACE]))
        addresses = tuple(sorted({address for address in named if address and not address.startswith("data:")}))
        if family:
            found.append(NamedFace(plain_family(family[1]), addresses))
    return tuple(found)


def plain_family(name: str) -> str:
    """Return the name of a font family without quotation marks."""
    return name.strip().strip("\"'").strip()
