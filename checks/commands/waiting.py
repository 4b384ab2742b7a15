"""Since when a policy is only proposed, as git knows it, or the file's date.

In: a policy in force and the settings file. Out: a day, and whether git says so; None where neither is known.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks.judge import policies

if TYPE_CHECKING:
    from checks.judge.policy import Policy

_SECONDS: Final = 60
_OPTIONS: Final = ("--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null")


def since(policy: Policy, config: Path) -> dt.date | None:
    """Return the day on which the file that proposes `policy` began to; for what nobody committed, the file's day."""
    own = not policy.path.startswith(f"{policies.shipped_folder()}/")
    file = Path(policy.path) if own else config
    # Of a policy of one's own, the word; of a shipped one, its id, for the settings may propose several.
    word = "proposed" if own else policy.id
    return _committed(file, word) or _written(file)


def _committed(file: Path, word: str) -> dt.date | None:
    """Return the day of the last commit in which `word` came into `file`, or left it; None where git knows none."""
    name = f"./{file.name}"
    listed = _git(file.parent, "log", "-1", "--format=%cs", f"-S{word}", "--", name)
    try:
        return dt.date.fromisoformat(listed.strip()) if not _git(file.parent, "status", "-s", "--", name) else None
    except ValueError:
        return None


def _written(file: Path) -> dt.date | None:
    try:
        return dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).date()
    except OSError:
        return None


def _git(folder: Path, *words: str) -> str:
    """Return what git says; nothing where it can't, or there is no repository."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", *_OPTIONS, "-C", str(folder), *words],  # noqa: S607 - git comes from the PATH of whoever asks
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
