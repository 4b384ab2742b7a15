"""Who made a change, by the addresses in its commits."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.trust import identities
from checks.trust.git import Repository

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    def run(*arguments: str, author: str = "ann", committer: str = "") -> str:
        told = {
            "GIT_AUTHOR_NAME": author,
            "GIT_AUTHOR_EMAIL": f"{author}@example.com",
            "GIT_COMMITTER_NAME": committer or author,
            "GIT_COMMITTER_EMAIL": f"{committer or author}@example.com",
            "GIT_CONFIG_GLOBAL": "/dev/null",
        }
        command = ["git", "-c", "commit.gpgsign=false", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env={**os.environ, **told}, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    run("init", "--quiet", "--initial-branch=main")
    (tmp_path / "page").write_text("one\n")
    run("add", "page")
    run("commit", "--quiet", "--message=base")
    run("checkout", "--quiet", "-b", "change")
    return run


def changed(folder: Path, git: Git, name: str, message: str = "x", **who: str) -> None:
    (folder / name).write_text(message)
    git("add", name)
    git("commit", "--quiet", f"--message={message}", **who)


def told(folder: Path) -> set[str]:
    found = identities.emails(Repository(folder), "main", "change")
    return {address.removesuffix("@example.com") for address in found}


def test_authors_committers_and_co_authors_have_made_it(tmp_path: Path, git: Git) -> None:
    message = "x\n\nCo-authored-by: Cy <cy@example.com>\nCo-Authored-By: Di <di@example.com>"
    changed(tmp_path, git, "a", message, author="eve", committer="bob")
    assert told(tmp_path) == {"eve", "bob", "cy", "di"}


def test_who_made_the_base_has_not_made_the_change(tmp_path: Path, git: Git) -> None:
    changed(tmp_path, git, "a", author="eve")
    assert told(tmp_path) == {"eve"}


def test_who_only_merged_the_base_in_has_made_nothing(tmp_path: Path, git: Git) -> None:
    changed(tmp_path, git, "a", author="eve")
    git("checkout", "--quiet", "main")
    changed(tmp_path, git, "b", author="ann")
    git("checkout", "--quiet", "change")
    git("merge", "--quiet", "--no-edit", "main", author="manager")
    assert told(tmp_path) == {"eve"}


def test_who_wrote_something_into_a_merge_has_made_it(tmp_path: Path, git: Git) -> None:
    changed(tmp_path, git, "a", author="eve")
    git("checkout", "--quiet", "main")
    changed(tmp_path, git, "b", author="ann")
    git("checkout", "--quiet", "change")
    git("merge", "--quiet", "--no-commit", "main", author="mallory")
    (tmp_path / "a").write_text("slipped in")
    git("add", "a")
    git("commit", "--quiet", "--no-edit", author="mallory")
    assert told(tmp_path) == {"eve", "mallory"}
