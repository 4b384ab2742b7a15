"""A project in git that somebody changes, and a page of it that breaks a rule."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

CONFIG = "site: https://www.example.com\nrender: {third-party: block}\n"
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 8
PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title></title>"
    "<meta name=viewport content='width=device-width, initial-scale=1'><meta name=description content='Bread.'></head>"
    f"<body><main><h1>Bread</h1><p>{WORDS}</p></main></body></html>"
)
PEOPLE = """
people:
  ana: {name: Ana Silva, github: 11, emails: [ana@example.com], principals: [ana], roles: [marketing]}
  eve: {name: Eve Moss, github: 12, emails: [eve@example.com]}
"""
REASON = "The title comes with the campaign on Monday; until then nobody searches for this page."


def run(folder: Path, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def git(folder: Path, *arguments: str, by: str = "eve") -> str:
    who = ["-c", f"user.name={by}", "-c", f"user.email={by}@example.com", "-c", "commit.gpgsign=false"]
    done = run(folder, "git", *who, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(project: Path, by: str = "eve") -> str:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message=x", by=by)
    return git(project, "rev-parse", "HEAD")


Check = Callable[..., tuple[int, dict[str, Any]]]


LATER = """
import datetime, sys
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=int(sys.argv[1]))
datetime.datetime = Later
from checks import cli
sys.exit(cli.main(sys.argv[2:]))
"""
"""The command with a clock that runs so many days ahead."""


def merge(project: Path, branch: str) -> str:
    """Merge a branch as somebody who may sign does, and return what the base was at before."""
    git(project, "checkout", "--quiet", "main")
    before = git(project, "rev-parse", "HEAD")
    git(project, "merge", "--quiet", "--no-ff", "--no-edit", branch, by="ana")
    return before


Judge = Callable[..., tuple[int, dict[str, Any]]]
