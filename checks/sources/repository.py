"""The repository around the working directory, asked through git. The edge of this package.

In: the path of the settings file. Out: a `Repository`: which files it holds, and their text. No link is followed, in
git or on the disk: what it leads to may lie outside.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from checks.sources import page_files
from checks.sources.tree import CONFIG, Remote, Tree, unnumbered

LARGEST = 256 * 1024
"""Bytes of a source file that are read; a longer one is no page that a person writes."""
_SECONDS = 30
_REGULAR = ("100644", "100755")
# git@github.com:owner/name.git, as ssh and scp write it
_SCP = re.compile(r"(?:[^@/]+@)?(?P<host>[^:/]+):(?P<path>[^/].*)")
# Hooks set these for their own repository; what is asked here is the one that the working directory lies in.
_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at `root`; None where there is none, and then it holds nothing."""

    root: Path | None = None
    tree: Tree = field(default_factory=Tree)
    projects: tuple[page_files.Project, ...] = ()

    def holds(self, path: str) -> bool:
        """Return whether `path` is a regular file that git tracks and that lies on the disk, reached by no link."""
        if self.root is None or path not in self.tree.files:
            return False
        file = self.root / path
        try:
            return stat.S_ISREG(file.lstat().st_mode) and file.parent.resolve() == self.root / Path(path).parent
        except (OSError, ValueError):
            return False

    def text(self, path: str) -> str | None:
        """Return the text of a file that it holds; None where it is too long, not UTF-8, or not to be read."""
        if self.root is None or not self.holds(path):
            return None
        try:
            with os.fdopen(os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as stream:
                data = stream.read(LARGEST + 1)
            return data.decode("utf-8") if len(data) <= LARGEST else None
        except (OSError, ValueError):
            return None


def find(config: Path = Path(CONFIG), here: Path = Path()) -> Repository:
    """Return the repository that the folder `here` lies in; one that holds nothing where there is none.

    `config` is the settings file, as seen from `here`; it need not be there.
    """
    top = _git(here, "rev-parse", "--show-toplevel")
    if not top:
        return Repository(tree=Tree(config=CONFIG if config.is_absolute() else config.as_posix()))
    root = Path(top.removesuffix("\n")).resolve()
    files = frozenset(_regular(_git(root, "ls-files", "--stage", "-z")))
    folder = _inside(here.resolve(), root) or ""
    tree = Tree(
        files=files,
        config=_inside((here / config).parent.resolve() / config.name, root) or CONFIG,
        here=f"{folder}/" if folder else "",
        remote=parse_remote(_git(root, "config", "--get", "remote.origin.url").strip()),
        branch=_git(root, "symbolic-ref", "--short", "refs/remotes/origin/HEAD").strip().removeprefix("origin/"),
        unnumbered=unnumbered(files),
    )
    found = Repository(root, tree)
    return Repository(root, tree, page_files.detect(tree, found.text))


def parse_remote(address: str) -> Remote | None:
    """Return where an address of git leads, or None where it names no host."""
    if "://" in address:
        try:
            parts = urlsplit(address)
            host, path = parts.hostname, parts.path
        except ValueError:
            return None
    else:
        scp = _SCP.fullmatch(address)
        host, path = (scp["host"], scp["path"]) if scp else (None, "")
    path = path.strip("/").removesuffix(".git").lower()
    return Remote(host.lower().removeprefix("www."), path) if host and path else None


def _git(folder: Path, *arguments: str) -> str:
    """Return what git says, or nothing where it fails: then no source is known, and nothing depends on it."""
    return (asked(folder, *arguments) or b"").decode("utf-8", "replace")


def asked(folder: Path, *arguments: str) -> bytes | None:
    """Return what git says, or None where it fails."""
    # A program that the repository's own settings name is not started.
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    environment = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _regular(listed: str) -> list[str]:
    """Return the regular files of `git ls-files --stage -z`: MODE OBJECT STAGE, a tab, the path.

    Names with control characters are left out: no page has such a source, and reports print names.
    """
    entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
    return [path for about, _, path in entries if about.startswith(_REGULAR) and path.isprintable()]


def _inside(path: Path, root: Path) -> str | None:
    if not path.is_relative_to(root):
        return None
    name = path.relative_to(root).as_posix()
    return "" if name == "." else name
