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
            "GIT_AUTHOR_NAME": author or "nobody",
            "GIT_AUTHOR_EMAIL": f"{author}@example.com" if author else "",
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


def write(folder: Path, name: str, content: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content)


def changed(folder: Path, git: Git, name: str, message: str = "x", **who: str) -> None:
    write(folder, name, message)
    git("add", name)
    git("commit", "--quiet", f"--message={message}", **who)


SIGNED = f"gonogo/sign-offs/{'a' * 26}"


def told(folder: Path) -> set[str]:
    found = identities.emails(Repository(folder), "main", "change")
    return {address.removesuffix("@example.com") for address in found}


def test_authors_committers_and_co_authors_have_made_it(tmp_path: Path, git: Git) -> None:
    message = "x\n\nCo-authored-by: Cy <cy@example.com>\nCo-Authored-By: Di <di@example.com>"
    changed(tmp_path, git, "a", message, author="eve", committer="bob")
    assert told(tmp_path) == {"eve", "bob", "cy", "di"}


def test_an_author_who_leaves_the_address_empty_is_one_whom_nobody_knows(tmp_path: Path, git: Git) -> None:
    changed(tmp_path, git, "a", author="eve")
    write(tmp_path, "b", "x")
    git("add", "b")
    git("commit", "--quiet", "--message=x", author="", committer="eve")
    assert "<>" in told(tmp_path)


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


@pytest.mark.parametrize("end", [".json", ".1.sig", ".12.sig", ".pages"])
def test_who_brings_the_files_of_a_sign_off_has_made_nothing(tmp_path: Path, git: Git, end: str) -> None:
    changed(tmp_path, git, "a", author="eve")
    changed(tmp_path, git, SIGNED + end, author="manager")
    assert told(tmp_path) == {"eve"}


def test_who_brings_a_request_has_made_nothing(tmp_path: Path, git: Git) -> None:
    changed(tmp_path, git, "a", author="eve")
    changed(tmp_path, git, "gonogo/sign-offs/20261123-b1dc51f0.request.json", author="manager")
    assert told(tmp_path) == {"eve"}


@pytest.mark.parametrize(
    "name",
    [
        "gonogo/sign-offs/README.md",
        f"gonogo/sign-offs/below/{'a' * 26}.json",
        f"content/gonogo/sign-offs/{'a' * 26}.json",
        f"gonogo/sign-offs/{'A' * 26}.json",
        f"{SIGNED}.0.sig",
        "gonogo/people.yaml",
        "gonogo/policies/a.json",
    ],
)
def test_who_brings_any_other_file_has_made_it(tmp_path: Path, git: Git, name: str) -> None:
    changed(tmp_path, git, name, author="manager")
    assert told(tmp_path) == {"manager"}


@pytest.mark.parametrize("beside", ["page", "new"])
def test_who_brings_something_beside_a_sign_off_has_made_it(tmp_path: Path, git: Git, beside: str) -> None:
    write(tmp_path, f"{SIGNED}.json", "x")
    git("add", "gonogo")
    changed(tmp_path, git, beside, "two\n", author="manager")
    assert told(tmp_path) == {"manager"}


def test_who_changes_or_takes_away_a_sign_off_has_made_it(tmp_path: Path, git: Git) -> None:
    changed(tmp_path, git, f"{SIGNED}.json", author="ana")
    changed(tmp_path, git, f"{SIGNED}.json", "y", author="eve")
    git("rm", "--quiet", f"{SIGNED}.json")
    git("commit", "--quiet", "--message=gone", author="bob")
    assert told(tmp_path) == {"eve", "bob"}


def test_a_link_that_is_called_like_a_sign_off_is_a_change(tmp_path: Path, git: Git) -> None:
    (tmp_path / "gonogo/sign-offs").mkdir(parents=True)
    (tmp_path / f"{SIGNED}.json").symlink_to("../../page")
    git("add", "gonogo")
    git("commit", "--quiet", "--message=x", author="manager")
    assert told(tmp_path) == {"manager"}


def test_a_project_in_a_folder_of_its_repository_has_its_sign_offs_there(tmp_path: Path, git: Git) -> None:
    changed(tmp_path, git, f"sites/shop/{SIGNED}.json", author="ana")
    changed(tmp_path, git, f"{SIGNED}.json", author="bob")
    found = identities.emails(Repository(tmp_path / "sites/shop"), "main", "change")
    assert found == ("bob@example.com",)


def test_of_what_was_merged_committers_may_be_who_pressed_merge(tmp_path: Path, git: Git) -> None:
    changed(tmp_path, git, "a", author="eve", committer="manager")
    found = identities.emails(Repository(tmp_path), "main", "change", committers=False)
    assert found == ("eve@example.com",)
