"""The commit of a fork is fetched as data, with a token that only git and only the right server gets to see."""

from __future__ import annotations

import base64
import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from action import fetch, job
from action.job import Job
from checks.errors import CannotMeasureError
from tests.action.conftest import HEAD
from tests.action.conftest import Job as Make
from tests.action.fake_github import TOKEN

GIT = """#!/bin/sh
[ "$6" = -e ] && exit 1
printf '%s\\n' "$*" >> "{seen}"
env | grep '^GIT_CONFIG\\|TOKEN' >> "{seen}"
{then}
"""


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def follow_up(job: Callable[..., Make], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Job]:
    """Return the job of a follow-up, in the folder that it works in; `then` is what a pretended git does."""

    def make(then: str = "") -> Job:
        made = job(event="workflow_run", inputs={"facts": str(tmp_path / "facts")})
        if then:
            program = tmp_path / "bin" / "git"
            program.parent.mkdir()
            program.write_text(GIT.format(seen=tmp_path / "seen", then=then))
            program.chmod(0o755)
            made.environment["PATH"] = f"{program.parent}:/usr/bin:/bin"
        monkeypatch.chdir(tmp_path)
        return read(made)

    return make


def read(made: Make) -> Job:
    return job.read(made.surroundings("begin", io.StringIO()))


def test_a_commit_that_the_clone_lacks_is_fetched_and_not_checked_out(
    follow_up: Callable[..., Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    theirs.mkdir()
    git(theirs, "init", "--quiet", "--initial-branch=main")
    git(theirs, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(theirs, "commit", "--quiet", "--allow-empty", "--message=base")
    git(theirs, "branch", "trunk")
    (theirs / "evil.py").write_text("")
    git(theirs, "add", "evil.py")
    git(theirs, "commit", "--quiet", "--message=head")
    git(tmp_path, "clone", "--quiet", "--single-branch", "--branch=trunk", f"file://{theirs}", str(ours))
    head = git(theirs, "rev-parse", "main")
    made = follow_up()
    monkeypatch.chdir(ours)
    fetch.head(with_head(made, head))
    assert git(ours, "cat-file", "-t", head) == "commit"
    assert [file.name for file in ours.iterdir()] == [".git"]


def with_head(made: Job, head: str) -> Job:
    return replace(made, event=replace(made.event, head_sha=head))


def test_the_token_reaches_git_by_its_environment_and_for_the_server_of_the_repository_only(
    follow_up: Callable[..., Job], tmp_path: Path
) -> None:
    fetch.head(follow_up(then="exit 0"))
    seen = (tmp_path / "seen").read_text()
    login = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    assert "GIT_CONFIG_KEY_0=http.https://github.example/.extraheader\n" in seen
    assert f"GIT_CONFIG_VALUE_0=AUTHORIZATION: basic {login}\n" in seen
    assert TOKEN not in seen
    assert f"origin {HEAD}" in seen


def test_a_commit_that_can_not_be_had_leaves_the_verdict_open(follow_up: Callable[..., Job]) -> None:
    with pytest.raises(CannotMeasureError, match="can't be fetched: no such commit"):
        fetch.head(follow_up(then="echo no such commit >&2; exit 128"))
