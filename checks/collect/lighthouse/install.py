"""Get the Lighthouse CI command: what the lock names, byte for byte, and nothing of it runs while it is installed.

In: the lock beside this file. Out: a folder in the user's cache, complete or not there at all.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from checks.collect.lighthouse import tools
from checks.collect.programs import OUT_OF_TIME, run
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LIMIT_S = 900


def install(say: Callable[[str], None], environ: Mapping[str, str] = os.environ) -> tools.Tools:
    """Get the command where it is missing, and return what runs it; `say` is told each step in one line.

    Raises CannotMeasureError where there is no Node, or npm does not get it.
    """
    with contextlib.suppress(CannotMeasureError):
        return tools.find(environ)
    node = tools.find_node(environ)
    if not node.npm:
        raise CannotMeasureError(
            "there is no npm", where=str(node.path), remedy=f"Install npm, or run: {tools.INSTALL_PACKAGES}"
        )
    home = tools.folder(environ)
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix="installing-") as scratch:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(tools.LOCKED / name, Path(scratch, name))
        # Nothing that comes from elsewhere runs here: no package's own scripts.
        command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", scratch]
        say(f"running: {' '.join(command)}")
        ran = run(command, _LIMIT_S, node.first(environ))
        if ran.code != 0:
            why = f"ended after {_LIMIT_S} s" if ran.code == OUT_OF_TIME else _reason(ran.output)
            raise CannotMeasureError(f"npm could not get it: {why}", where=str(home), remedy="Look at npm's own log.")
        if home.exists():
            shutil.rmtree(home)
        Path(scratch, "node_modules").rename(_made(home) / "node_modules")
    return tools.find(environ)


def _reason(output: str) -> str:
    """Return what npm says is wrong: its last line only says where its log lies."""
    said = [line.partition("npm error")[2].strip() for line in output.splitlines() if "npm error" in line]
    told = [line for line in said if line and not line.startswith(("code ", "A complete log"))]
    return (told or output.strip().splitlines() or ["it does not say why"])[0][:300]


def _made(home: Path) -> Path:
    home.mkdir()
    return home
