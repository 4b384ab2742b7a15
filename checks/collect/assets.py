"""The files of the build that pages load, each looked into once in a run.

In: what the preview serves at an address. Out: the `Asset` that stands there, for page facts; and, for the site
document, the scripts and style sheets that a minifier would make smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.facts.assets import LARGEST_READ, Asset, asset, is_code

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.preview import Served


@dataclass(frozen=True, slots=True)
class Loaded:
    """A script or a style sheet that some page loads."""

    path: str
    """Inside the build, POSIX."""
    bytes: int
    asset: Asset
    url: str
    """An address at which it is served."""


class Assets:
    """Remembers the code of a site, which its pages share, and of other files the last ones."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._code: dict[Path, Loaded] = {}
        self._other = lru_cache(maxsize=1024)(_read)

    def of(self, served: Served) -> Asset | None:
        """Return what stands in the file that is served; None where it is none, or one too large to be read."""
        file = served.file
        if file is None or served.status != HTTPStatus.OK or served.size > LARGEST_READ:
            return None
        if not is_code(served.content_type):
            return self._other(file, served.content_type)
        if file not in self._code:
            path = file.relative_to(self._root).as_posix()
            self._code[file] = Loaded(path, served.size, _read(file, served.content_type), served.url)
        return self._code[file].asset

    def code(self) -> list[Loaded]:
        """Return the scripts and style sheets that were looked into, sorted by path."""
        return sorted(self._code.values(), key=lambda one: one.path)


def _read(file: Path, media_type: str | None) -> Asset:
    return asset(file.read_bytes(), media_type)
