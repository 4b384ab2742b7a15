"""Get a browser: from Playwright where its downloads can be reached, else from the system's packages.

In: what kind of machine this is. Out: a browser, or a `CannotMeasureError` that gives the command to run by hand.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checks.collect.browser import Browser, find
from checks.collect.programs import OUT_OF_TIME, run
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PACKAGES = ("chromium-headless-shell", "fonts-liberation")
BY_HAND = f"sudo apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"

_DOWNLOAD_LIMIT_S = 600
_PACKAGE_LIMIT_S = 900
_ENVIRONMENT = {
    # Playwright waits 30 s for each of several mirrors, several times over: minutes for nothing where nothing answers.
    "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000",
    "DEBIAN_FRONTEND": "noninteractive",
    "NO_COLOR": "1",
}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_SAYS_WHY = re.compile(r"(?:^|\s)error: |^E: ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Machine:
    """What decides how a browser can be got."""

    is_debian: bool
    """Debian, Ubuntu, or made from them."""
    root: tuple[str, ...] | None
    """What goes before a command so that it runs as root: nothing, or `sudo -n`; None: we can't."""


@dataclass(frozen=True, slots=True)
class Way:
    """Commands that together get a browser, each only after the one before it went well."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    limit_s: float
    """For each of the commands, in seconds."""


def ways(machine: Machine) -> tuple[Way, ...]:
    """Return the ways to a browser on such a machine, the best first. Pure."""
    # -I: a folder called `playwright` where we are must not run instead.
    fetch = (sys.executable, "-I", "-m", "playwright", "install")
    what = ("--only-shell", "chromium")
    # Playwright gets the libraries from packages, so that they need root; without, they may be there already.
    playwright = (*fetch, *what) if machine.root is None else (*fetch, "--with-deps", *what)
    found = [Way("Playwright's headless shell", (playwright,), _DOWNLOAD_LIMIT_S)]
    if machine.is_debian and machine.root is not None:
        apt = (*machine.root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
        install = (*apt, "install", "-y", "--no-install-recommends", *PACKAGES)
        found.append(Way("the system's package", ((*apt, "update"), install), _PACKAGE_LIMIT_S))
    return tuple(found)


def this_machine(environ: Mapping[str, str] = os.environ) -> Machine:
    """Look at the machine that we run on."""
    return Machine(is_debian=_is_debian(environ), root=_root(environ))


def install(say: Callable[[str], None], environ: Mapping[str, str] = os.environ) -> Browser:
    """Get a browser and return it; `say` is told each step in one line.

    Raises CannotMeasureError where no way leads to one; its text says what was tried, its remedy what to run.
    """
    machine = this_machine(environ)
    failures = []
    for way in ways(machine):
        failure = _go(way, say, environ)
        if failure is None:
            return find(environ)
        failures.append(f"{way.name}: {failure}")
        say(failures[-1])
    elsewhere = "Install Chromium or Chrome, and set GONOGO_BROWSER to its path."
    remedy = f"Run: {BY_HAND}" if machine.is_debian else elsewhere
    raise CannotMeasureError(f"no browser could be installed ({'; '.join(failures)})", remedy=remedy)


def _go(way: Way, say: Callable[[str], None], environ: Mapping[str, str]) -> str | None:
    """Run the commands of `way`; return None when all went well, else what went wrong."""
    for command in way.commands:
        say(f"running: {' '.join(command)}")
        ran = run(command, way.limit_s, {**environ, **_ENVIRONMENT})
        if ran.code == OUT_OF_TIME:
            return f"ended after {way.limit_s:.0f} s"
        if ran.code != 0:
            return _reason(ran.output) or f"exit code {ran.code}"
    return None


def _reason(output: str) -> str:
    """Return the first line that calls itself an error, for stack traces follow it; else the last."""
    lines = [line.strip() for line in _COLOUR.sub("", output).splitlines() if line.strip()]
    return next((line for line in lines if _SAYS_WHY.search(line)), lines[-1] if lines else "")[:300]


def _is_debian(environ: Mapping[str, str]) -> bool:
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    said = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    names = f"{said.get('ID', '')} {said.get('ID_LIKE', '')}".replace('"', "").split()
    return bool({"debian", "ubuntu"} & set(names)) and shutil.which("apt-get", path=environ.get("PATH")) is not None


def _root(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    if os.geteuid() == 0:
        return ()
    return ("sudo", "-n") if run(["sudo", "-n", "true"], 10, environ).code == 0 else None
