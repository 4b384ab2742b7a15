"""Find the browser that renders the pages, and say how it is to be started.

In: the environment (`GONOGO_BROWSER`, `PATH`, where Playwright keeps its browsers). Out: a `Browser`; nothing stays
running. The headless shell comes first: it renders about twice as many pages a second as full Chrome.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from checks.collect.programs import OUT_OF_TIME, run
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE = "GONOGO_BROWSER"
NAMES_ON_PATH = (
    *("chromium-headless-shell", "chrome-headless-shell"),
    *("google-chrome", "chrome", "chromium", "chromium-browser"),
)
UNKNOWN_VERSION = "unknown"

# Quiet and the same everywhere. Playwright gives some of these too; those that facts depend on are said here all the
# same, so that they do not go when its list changes. Nothing about features: a second --disable-features would undo
# Playwright's. Nothing about the sandbox: see `can_sandbox`.
LAUNCH_ARGUMENTS: tuple[str, ...] = (
    # Nothing leaves the machine but what a page asks for.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",  # reports about failed requests to Google's own sites
    "--disable-client-side-phishing-detection",
    "--disable-breakpad",
    "--no-pings",  # <a ping>
    "--disable-quic",  # UDP would go past our proxy
    # Nothing is there but the page.
    "--disable-default-apps",
    "--disable-extensions",
    "--no-first-run",
    "--no-default-browser-check",
    "--mute-audio",
    # The same pixels and the same layout on every machine with the same fonts.
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-lcd-text",
)

Kind = Literal["headless-shell", "chrome"]

_VERSION = re.compile(r"\d+(?:\.\d+){1,3}")
_VERSION_LIMIT_S = 60
_SHELL = "chromium-headless-shell"
_COMPLETE = "INSTALLATION_COMPLETE"
"""The file that Playwright leaves in a folder when it is done with it."""


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser on this machine that answered when it was asked for its version."""

    path: Path
    kind: Kind
    version: str
    """Such as `156.0.8078.79`; `unknown` for one that runs but does not say."""
    found_by: str
    """`GONOGO_BROWSER`, `Playwright` or `PATH`."""


def find(environ: Mapping[str, str] = os.environ) -> Browser:
    """Return the first browser that there is and that runs.

    Raises CannotMeasureError where there is none, or where `GONOGO_BROWSER` names one that does not run: what was named
    is never replaced by something else.
    """
    named = environ.get(VARIABLE)
    if named:
        browser, problem = _look_at(Path(named), VARIABLE, environ)
        if browser is None:
            remedy = (
                f"Correct {VARIABLE}, or unset it so that gonogo looks for one; `gonogo doctor` says what it finds."
            )
            raise CannotMeasureError(f"{VARIABLE} names a browser that {problem}", where=named, remedy=remedy)
        return browser
    problems = []
    for path, found_by in _candidates(environ):
        browser, problem = _look_at(path, found_by, environ)
        if browser is not None:
            return browser
        problems.append(f"{path} {problem}")
    what = "no browser was found" + (f" that runs ({'; '.join(problems)})" if problems else "")
    raise CannotMeasureError(
        what, remedy=f"`gonogo doctor --install` gets one; or set {VARIABLE} to the path of yours."
    )


def can_sandbox(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether Chromium's sandbox works for this user: never for root, nor where user namespaces are forbidden.

    Give it to Playwright as `chromium_sandbox`, which is off by default. Forbidden they are in many containers, and on
    Ubuntu since 23.10 (https://chromium.googlesource.com/chromium/src/+/main/docs/security/apparmor-userns-restrictions.md).
    """
    if os.geteuid() == 0:
        return False
    return sys.platform != "linux" or run(["unshare", "--user", "--map-root-user", "true"], 5, environ).code == 0


def playwright_shell(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return where Playwright's own headless shell lies, if it was fetched; nothing is started for that."""
    folder, revisions = _playwright_folder(environ), _playwright_revisions()
    for revision in revisions:
        for home in folder.glob(f"chromium_headless_shell*-{revision}") if folder else ():
            found = sorted(home.glob("*/*headless*shell"))
            if found and (home / _COMPLETE).exists():
                return found[0]
    return None


def _candidates(environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    own = playwright_shell(environ)
    if own is not None:
        yield own, "Playwright"
    for name in NAMES_ON_PATH:
        # An empty PATH means no programs; `which` would take it for a PATH that was not given.
        found = shutil.which(name, path=environ.get("PATH") or os.devnull)
        if found is not None:
            yield Path(found), "PATH"


def _look_at(path: Path, found_by: str, environ: Mapping[str, str]) -> tuple[Browser | None, str]:
    """Return the browser at `path`, or what is wrong with it."""
    if not path.is_file():
        return None, "is not there"
    if not os.access(path, os.X_OK):
        return None, "can't be run by this user"
    asked = run([str(path), "--version"], _VERSION_LIMIT_S, environ)
    if asked.code != 0:
        # Ubuntu's chromium-browser is such a one: a script that asks for a snap.
        told = f" ({asked.last_line[:200]})" if asked.last_line else ""
        return None, f"did not answer in {_VERSION_LIMIT_S} s" if asked.code == OUT_OF_TIME else f"does not run{told}"
    version = _VERSION.search(asked.output)
    kind: Kind = "headless-shell" if "headless" in path.name else "chrome"
    return Browser(path, kind, version.group() if version else UNKNOWN_VERSION, found_by), ""


def _playwright_folder(environ: Mapping[str, str]) -> Path | None:
    """Return where Playwright keeps its browsers, if that can be known.

    Source: https://playwright.dev/python/docs/browsers#managing-browser-binaries
    """
    said = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if said and said != "0":
        return Path(said)
    if said == "0":
        package = _playwright_package()
        return package / ".local-browsers" if package else None
    home = environ.get("HOME")
    if sys.platform == "darwin":
        return Path(home) / "Library" / "Caches" / "ms-playwright" if home else None
    cache = environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else None)
    return Path(cache) / "ms-playwright" if cache else None


def _playwright_package() -> Path | None:
    spec = find_spec("playwright")
    return Path(spec.origin).parent / "driver" / "package" if spec and spec.origin else None


def _playwright_revisions() -> list[str]:
    """Return the revisions of the headless shell that this Playwright was made for, the usual one first."""
    package = _playwright_package()
    try:
        listed = json.loads((package / "browsers.json").read_text(encoding="utf-8"))["browsers"] if package else []
        shells = [one for one in listed if one["name"] == _SHELL]
        return [name for one in shells for name in (one["revision"], *one.get("revisionOverrides", {}).values())]
    except (OSError, ValueError, KeyError, TypeError):
        return []  # another layout of the package: then what is on the PATH is looked for
