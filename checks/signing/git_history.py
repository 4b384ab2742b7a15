"""What git knows of the sign-offs: who is here, where the change goes, which files came and went. Read only.

In: a folder. Out: names and past files; nothing where there is no repository. The edge of this package: what surrounds
the process can't bend what is read.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from checks.errors import CannotMeasureError, UserError

_SECONDS: Final = 60
_OPTIONS: Final = ("--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null")
_REMOTE: Final = re.compile(r"(?:[a-z+]+://[^/]+/|(?:[^@/:]+@)?[^:/]+:)(?P<path>[^/].*?)(?:\.git)?/?")
# Control characters can't stand in names of commits or of people; a tab and a new line divide.
_FORMAT: Final = "%x01%H%x09%cI%x09%an"
LARGEST: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Past:
    """A file that a commit added."""

    commit: str
    when: datetime
    """When it was committed."""
    by: str
    """Who made the change, as git says; nothing vouches for it."""
    path: str
    """From the folder that was asked about."""
    data: bytes


def user_name(here: Path = Path()) -> str:
    """Return the name that git signs commits with; empty where it has none."""
    return _git(here, "config", "--get", "user.name").strip()


def repository(here: Path = Path()) -> str:
    """Return `owner/name` of the remote `origin`; empty where there is none."""
    match = _REMOTE.fullmatch(_git(here, "config", "--get", "remote.origin.url").strip())
    return match["path"] if match else ""


def default_branch(here: Path = Path()) -> str:
    """Return the branch that `origin` calls its default; empty where that is not known."""
    said = _git(here, "symbolic-ref", "--short", "refs/remotes/origin/HEAD").strip()
    return said.removeprefix("origin/")


def authors(ref: str = "HEAD", here: Path = Path(), days: int = 90) -> list[str]:
    """Return the addresses of those who made the commits of the last days, merges left out; none without a history."""
    said = _git(here, "log", "--no-merges", f"--since={days} days ago", "--format=%ae", "--end-of-options", ref)
    return sorted({line for line in said.split("\n") if line})


def added(folder: Path) -> list[Past]:
    """Return every file that any commit of this branch added below `folder`, oldest first, also those gone since.

    Raises UserError where there is no repository: then nothing is known of the past.
    """
    here = folder if folder.is_dir() else Path()
    spec = "." if folder.is_dir() else str(folder)
    top = _git(here, "rev-parse", "--show-toplevel").strip()
    if not top:
        remedy = "Run it in a clone of the project; or name saved runs."
        raise UserError("there is no git repository", where=str(folder), remedy=remedy)
    command = ("log", "--reverse", "--no-renames", "--diff-filter=A", "--name-only", "-z", f"--format={_FORMAT}")
    found: list[Past] = []
    for block in _git(here, *command, "--", spec).split("\x01")[1:]:
        about, _, names = block.replace("\0", "\n").partition("\n")
        commit, when, by = about.split("\t", 2)
        for path in filter(None, names.split("\n")):
            data = _bytes(Path(top), "cat-file", "blob", f"{commit}:{path}")[: LARGEST + 1]
            found.append(Past(commit, datetime.fromisoformat(when), by, Path(path).name, data))
    return found


def _git(here: Path, *arguments: str) -> str:
    return _bytes(here, *arguments).decode("utf-8", "replace")


def _bytes(here: Path, *arguments: str) -> bytes:
    """Return what git says, or nothing where it fails.

    Raises CannotMeasureError where it does not answer: that is no empty past.
    """
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    # What a partial clone lacks is not fetched behind our back.
    environment = surroundings | {"LC_ALL": "C", "GIT_ALLOW_PROTOCOL": "", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        command = ["git", "-C", str(here), *_OPTIONS, *arguments]
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=environment)
    except OSError:
        return b""
    except subprocess.TimeoutExpired as error:
        what = f"git {arguments[0]} took longer than {_SECONDS} seconds"
        raise CannotMeasureError(what, where=str(here), remedy="Try again.") from error
    return done.stdout if done.returncode == 0 else b""
