"""The files that tell a host what to do, read from the build and from the project around it.

In: the folder of the build and its files, and the folder where the command runs. Out: `Project`: their texts, which the
host models read. With `files`, the only place in `hosts/` that touches a disk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from checks.collect.hosts.files import BuildFiles

LARGEST = 5_000_000
"""Bytes of a file that are read: ten thousand redirects are a tenth of it."""

IN_THE_BUILD = ("_headers", "_redirects", "_routes.json", "staticwebapp.config.json")
"""Files that the host reads from what is deployed; those of the project count only where the build has none."""
IN_THE_PROJECT = (
    *("netlify.toml", "vercel.json", "firebase.json", "wrangler.toml", "wrangler.json", "wrangler.jsonc"),
    *("vercel.ts", "vercel.toml", "middleware.ts", "middleware.js"),
)
"""Files that it reads from the repository; those in the build count only where the project has none."""
_ONLY_IN_THE_BUILD = ("_headers", "_redirects", "_routes.json")
_FOLDERS = ("functions", "api", "netlify/edge-functions")
_MOST_FUNCTIONS = 5_000
_CODE = re.compile(r".*\.(?:[cm]?[jt]sx?|py|go|rb|rs|php)")
_WORKFLOWS = ".github/workflows"
_MOST_WORKFLOWS = 100
_TO_PAGES = re.compile(r"actions/deploy-pages@")

Where = Literal["build", "project"]


@dataclass(frozen=True, slots=True)
class ConfigText:
    """One of these files."""

    name: str
    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Project:
    """What lies in the build and around it, as far as hosts read it."""

    texts: Mapping[str, ConfigText] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    """Source files of functions, as paths in the project, such as `api/stock.js`."""
    deploys_to_pages: bool = False
    """Whether a workflow publishes to GitHub Pages."""

    def __contains__(self, name: object) -> bool:
        """Return whether a file of this name was found."""
        return name in self.texts

    def text(self, name: str) -> str | None:
        """Return what a file says, or None where there is none."""
        found = self.texts.get(name)
        return found.text if found else None


def look(root: Path, files: BuildFiles, here: Path) -> Project:
    """Return what hosts read of the build in `root`, with `files`, and of the project, from there up to `here`.

    Raises CannotMeasureError for a file that can't be read, or is too large to be one.
    """
    around = list(_around(root, here))
    texts = {}
    for name in (*IN_THE_BUILD, *IN_THE_PROJECT):
        # What the scan refused, such as a link out of the build, is not read here either.
        build = _of(name, [root], "build") if name in files else None
        project = _of(name, around, "project") if name not in _ONLY_IN_THE_BUILD else None
        found = build or project if name in IN_THE_BUILD else project or build
        if found is not None:
            texts[name] = found
    functions = {one for name in _FOLDERS for folder in around for one in _functions(folder, name)}
    return Project(texts, tuple(sorted(functions)), any(_publishes(folder) for folder in around))


def _around(root: Path, here: Path) -> Iterator[Path]:
    """Give the folders around the build, the nearest first, up to `here`; `here` alone where it is not around it."""
    folders = root.resolve().parents
    top = here.resolve()
    if top not in folders:
        yield here
        return
    for folder in folders:
        yield folder
        if folder == top:
            return


def _of(name: str, folders: list[Path], where: Where) -> ConfigText | None:
    """Return the file of this name from the first folder that has one."""
    texts = (_read(folder / name) for folder in folders)
    return next((ConfigText(name, text, where) for text in texts if text is not None), None)


def _read(path: Path) -> str | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotMeasureError(
            f"it can't be read: {reason}", where=str(path), remedy="The host reads it, so it must be readable."
        ) from error
    if len(data) > LARGEST:
        what = f"it has more than {LARGEST:,} bytes, and so large a file of rules is not read"
        raise CannotMeasureError(what, where=str(path), remedy="Use patterns instead of single rules.")
    return data.decode("utf-8-sig", "replace")


def _functions(folder: Path, name: str) -> Iterator[str]:
    try:
        found = (one for one in (folder / name).rglob("*") if one.is_file() and _CODE.fullmatch(one.name))
        yield from (one.relative_to(folder).as_posix() for one, _ in zip(found, range(_MOST_FUNCTIONS), strict=False))
    except OSError:
        return


def _publishes(folder: Path) -> bool:
    try:
        workflows = sorted(one for one in (folder / _WORKFLOWS).iterdir() if one.suffix in {".yml", ".yaml"})
    except OSError:
        return False
    return any(_TO_PAGES.search(_read(one) or "") for one in workflows[:_MOST_WORKFLOWS])
