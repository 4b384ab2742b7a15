"""Look at the machine, and say what a run needs and does not find.

In: the environment and the working directory. Out: one `Check` a subject: what was found, and the command that
mends it.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from checks.collect.browser import LAUNCH_ARGUMENTS, Browser, can_sandbox, find
from checks.collect.browser_install import BY_HAND, install
from checks.collect.lighthouse import tools
from checks.collect.lighthouse.install import install as install_lighthouse
from checks.collect.programs import run
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OLDEST_PYTHON = (3, 11)

_BROWSER, _START, _FONTS = "browser", "browser starts", "fonts"
_EXTRA = ("psutil", "scipy")
_START_LIMIT_MS = 30_000
_FONT_FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    *("/System/Library/Fonts", "/Library/Fonts"),
)
_FONT_ENDINGS = {".ttf", ".otf", ".ttc", ".woff", ".woff2", ".pfb"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a run needs, or is better with."""

    name: str
    ok: bool
    found: str
    """What is there, or what is wrong, in a few words."""
    remedy: str
    """What to do, a command where there is one; empty when all is well."""
    needed: bool = True
    """Whether a run is impossible without it."""


def examine(
    environ: Mapping[str, str] = os.environ, folder: Path | None = None, *, lighthouse: bool = False
) -> list[Check]:
    """Return what was found, in the order in which to mend it; `folder` is where runs are written (None: here).

    What `lighthouse` asks for is needed only by those who ask.
    """
    browser, check = _browser(environ)
    return [
        _python(),
        check,
        _start(browser, environ),
        _fonts(environ),
        _git(environ),
        _writable(folder or Path()),
        *([_lighthouse(environ)] if lighthouse else []),
    ]


def mend(say: Callable[[str], None], environ: Mapping[str, str] = os.environ, *, lighthouse: bool = False) -> None:
    """Get what a browser needs (and Lighthouse), where something is missing; `say` is told each step in one line.

    Raises CannotMeasureError where it can't be got, with the command to run by hand.
    """
    missing = {check.name for check in examine(environ) if not check.ok}
    if missing & {_BROWSER, _START, _FONTS}:
        install(say, environ)
    else:
        say("a browser is there and starts; nothing to install")
    if lighthouse:
        install_lighthouse(say, environ)


def all_needed(checks: list[Check]) -> bool:
    """Tell whether a run is possible: `gonogo doctor` then ends with 0, else with 3."""
    return all(check.ok for check in checks if check.needed)


def _python() -> Check:
    ok = sys.version_info[:2] >= OLDEST_PYTHON
    remedy = "" if ok else f"Install Python {'.'.join(map(str, OLDEST_PYTHON))} or later, and gonogo with it."
    return Check("Python", ok, platform.python_version(), remedy)


def _browser(environ: Mapping[str, str]) -> tuple[Browser | None, Check]:
    try:
        browser = find(environ)
    except CannotMeasureError as error:
        found = f"{error.where}: {error.what}" if error.where else error.what
        return None, Check(_BROWSER, ok=False, found=found, remedy=error.remedy)
    found = f"{browser.kind} {browser.version}, {browser.path} (found by {browser.found_by})"
    return browser, Check(_BROWSER, ok=True, found=found, remedy="")


def _start(browser: Browser | None, environ: Mapping[str, str]) -> Check:
    """Start the browser and render an empty page, as a run will: a browser that answers may still lack a library."""
    name, remedy = _START, f"Run: gonogo doctor --install (or: {BY_HAND})"
    if browser is None:
        return Check(name, ok=False, found="not tried, for there is none", remedy="Get a browser first.")
    sandbox = can_sandbox(environ)
    try:
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(
                executable_path=str(browser.path),
                args=list(LAUNCH_ARGUMENTS),
                chromium_sandbox=sandbox,
                timeout=_START_LIMIT_MS,
            )
            try:
                page = running.new_page()
                page.set_default_timeout(_START_LIMIT_MS)
                page.goto("about:blank")
                elements = page.evaluate("document.documentElement.children.length")
                version = running.version
            finally:
                running.close()
    except PlaywrightError as error:
        return Check(name, ok=False, found=_first_line(error.message), remedy=remedy)
    found = f"Chromium {version}, {'with' if sandbox else 'without'} its sandbox"
    return Check(name, ok=elements > 0, found=found, remedy="" if elements else remedy)


def _fonts(environ: Mapping[str, str]) -> Check:
    """Without any font, text has no size: layout, largest paint and screenshots would be wrong."""
    home = environ.get("HOME", "")
    folders = [Path(folder.replace("~", home, 1)) for folder in _FONT_FOLDERS if home or "~" not in folder]
    for folder in folders:
        if any(file.suffix.lower() in _FONT_ENDINGS for file in folder.rglob("*")):
            return Check(_FONTS, ok=True, found=str(folder), remedy="")
    return Check(_FONTS, ok=False, found="none", remedy="Run: sudo apt-get install -y fonts-liberation")


def _git(environ: Mapping[str, str]) -> Check:
    asked = run(["git", "--version"], 10, environ)
    remedy = "" if asked.code == 0 else "Install git, so that a run can say which commit it judged."
    found = asked.last_line if asked.code == 0 else "not found"
    return Check("git", asked.code == 0, found, remedy, needed=False)


def _lighthouse(environ: Mapping[str, str]) -> Check:
    absent = [name for name in _EXTRA if find_spec(name) is None]
    if absent:
        what = f"the Python packages {', '.join(absent)} are missing"
        return Check("Lighthouse", ok=False, found=what, remedy=f"Run: {tools.INSTALL_PACKAGES}")
    try:
        found = tools.find(environ)
    except CannotMeasureError as error:
        return Check("Lighthouse", ok=False, found=error.what, remedy=error.remedy)
    said = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    return Check("Lighthouse", ok=True, found=f"{said} ({found.command})", remedy="")


def _writable(folder: Path) -> Check:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".gonogo-doctor-") as file:
            file.write(b"can this be written?")
    except OSError as error:
        reason = f"{folder.resolve()} can't be written: {error.strerror}"
        return Check("working directory", ok=False, found=reason, remedy="Go where you may write, or use --run DIR.")
    return Check("working directory", ok=True, found="can be written", remedy="")


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "it does not say why")[:300]
