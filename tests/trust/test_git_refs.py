"""What a commit holds is read from git alone, and what can't be read is told, never passed over."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from checks.errors import CannotMeasureError, UserError
from checks.trust.git import Repository
from tests.trust.project import Project

LARGE = 1000


def test_a_ref_is_resolved_to_the_commit_that_it_names(project: Project) -> None:
    commit = project.commit({"a.txt": "one"})
    project.git("tag", "-a", "-m", "first", "v1")
    assert [project.repository.resolve(ref) for ref in ("HEAD", "main", "v1", commit, commit[:10])] == [commit] * 5


@pytest.mark.parametrize("ref", ["", "-x", "--all", "main:a.txt", ":/change", "a b", "main\n", "v\x00"])
def test_what_is_no_name_of_a_commit_never_reaches_git(project: Project, ref: str) -> None:
    project.commit({"a.txt": "one"})
    with pytest.raises(UserError, match="can't be the name of a commit"):
        project.repository.resolve(ref)


@pytest.mark.parametrize("ref", ["nope", "main^{tree}", "HEAD~7"])
def test_a_name_that_is_unknown_is_wrong_use(project: Project, ref: str) -> None:
    project.commit({"a.txt": "one"})
    with pytest.raises(UserError, match="there is no commit"):
        project.repository.resolve(ref)


def test_a_name_that_means_two_things_is_refused(project: Project) -> None:
    project.commit({"a.txt": "one"})
    project.git("tag", "release")
    project.git("checkout", "--quiet", "-b", "release")
    project.commit({"a.txt": "two"})
    with pytest.raises(UserError, match="more than one thing"):
        project.repository.resolve("release")


def test_a_commit_that_a_shallow_clone_lacks_cannot_be_measured_and_the_remedy_is_named(
    project: Project, tmp_path: Path
) -> None:
    first = project.commit({"a.txt": "one"})
    project.commit({"a.txt": "two"})
    subprocess.run(["git", "clone", "-q", "--depth", "1", project.path.as_uri(), str(tmp_path / "shallow")], check=True)
    shallow = Repository(tmp_path / "shallow")
    for ref in (first, "HEAD~1"):
        with pytest.raises(CannotMeasureError, match="fetch-depth: 0"):
            shallow.resolve(ref)


def test_a_file_that_a_partial_clone_lacks_is_not_fetched_behind_our_back(project: Project, tmp_path: Path) -> None:
    project.git("config", "uploadpack.allowFilter", "true")
    commit = project.commit({"a.txt": "one"})
    project.commit({"a.txt": "two"})
    command = ["git", "clone", "-q", "--filter=blob:none", project.path.as_uri(), str(tmp_path / "partial")]
    subprocess.run(command, check=True, capture_output=True)
    with pytest.raises(CannotMeasureError, match="fetch-depth: 0"):
        Repository(tmp_path / "partial").read(commit, "a.txt", LARGE)


def test_the_merge_base_is_where_two_branches_part(project: Project) -> None:
    fork = project.commit({"a.txt": "one"})
    project.git("checkout", "--quiet", "-b", "topic")
    project.commit({"b.txt": "two"})
    project.git("checkout", "--quiet", "main")
    project.commit({"a.txt": "three"})
    assert project.repository.merge_base("main", "topic") == fork


def test_branches_without_a_common_commit_are_told(project: Project) -> None:
    project.commit({"a.txt": "one"})
    project.git("checkout", "--quiet", "--orphan", "other")
    project.commit({"b.txt": "two"})
    with pytest.raises(UserError, match="no commit in common"):
        project.repository.merge_base("main", "other")


def test_files_are_those_of_the_commit_and_not_of_the_working_tree(project: Project) -> None:
    commit = project.commit({"a.txt": "committed"})
    project.write({"a.txt": "changed", "b.txt": "new"})
    project.git("add", "-A")
    assert project.repository.read(commit, "a.txt", LARGE) == b"committed"
    assert project.repository.read(commit, "b.txt", LARGE) is None


def test_bytes_are_those_that_were_committed_whatever_the_attributes_say(project: Project) -> None:
    commit = project.commit({"a.txt": b"one\n$Id$\n", ".gitattributes": "* text eol=crlf ident\n"})
    project.path.joinpath("a.txt").unlink()
    project.git("checkout", "--", "a.txt")
    assert project.path.joinpath("a.txt").read_bytes() != b"one\n$Id$\n"
    assert project.repository.read(commit, "a.txt", LARGE) == b"one\n$Id$\n"


def test_a_replacement_of_an_object_is_not_followed(project: Project) -> None:
    commit = project.commit({"a.txt": "one"})
    other = subprocess.run(
        ["git", "-C", project.path, "hash-object", "-w", "--stdin"], input=b"two", capture_output=True, check=True
    )
    project.git("replace", project.git("rev-parse", "HEAD:a.txt"), other.stdout.decode().strip())
    assert project.git("show", "HEAD:a.txt") == "two"
    assert project.repository.read(commit, "a.txt", LARGE) == b"one"


def test_variables_of_the_environment_do_not_lead_to_another_repository(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = project.commit({"a.txt": "one"})
    other = Project(tmp_path / "other")
    other.path.mkdir()
    other.git("init", "--quiet")
    other.commit({"a.txt": "two"})
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.path / ".git" / "objects"))
    assert project.repository.resolve("HEAD") == commit
    assert project.repository.read(commit, "a.txt", LARGE) == b"one"


def test_programs_that_the_configuration_names_are_not_run(project: Project, tmp_path: Path) -> None:
    commit = project.commit({"a.txt": "one"})
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path / 'sprung'}\n")
    trap.chmod(0o755)
    project.git("config", "core.fsmonitor", str(trap))
    project.git("config", "core.pager", str(trap))
    project.git("config", "core.hooksPath", str(tmp_path))
    repository = project.repository
    assert (repository.resolve("HEAD"), repository.read(commit, "a.txt", LARGE)) == (commit, b"one")
    assert [entry.path for entry in repository.entries(commit)] == ["a.txt"]
    assert not (tmp_path / "sprung").exists()


def test_a_folder_of_the_change_that_looks_like_a_repository_is_none(project: Project) -> None:
    project.commit({"a.txt": "one"})
    subprocess.run(["git", "init", "--quiet", "--bare", str(project.path / "site")], check=True)
    with pytest.raises(UserError, match="there is no git repository"):
        Repository(project.path / "site").resolve("HEAD")


@pytest.mark.parametrize("limit", [3, 4])
def test_a_file_is_read_up_to_its_limit_and_refused_beyond_it(project: Project, limit: int) -> None:
    commit = project.commit({"a.txt": "four"})
    if limit == 4:
        assert project.repository.read(commit, "a.txt", limit) == b"four"
        return
    with pytest.raises(UserError, match="4 bytes; at most 3") as caught:
        project.repository.read(commit, "a.txt", limit)
    assert caught.value.where == f"a.txt at {commit[:12]}"


def test_links_are_not_followed(project: Project) -> None:
    project.write({"real/a.txt": "one"})
    project.path.joinpath("link.txt").symlink_to("real/a.txt")
    project.path.joinpath("linked").symlink_to("real")
    commit = project.commit()
    for path in ("link.txt", "linked/a.txt"):
        with pytest.raises(UserError, match="symbolic link"):
            project.repository.read(commit, path, LARGE)


def test_submodules_folders_and_pointers_to_lfs_are_no_files(project: Project) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
    first = project.commit({"big.json": pointer, "folder/a.txt": "one"})
    project.git("update-index", "--add", "--cacheinfo", f"160000,{first},module")
    project.git("commit", "--quiet", "-m", "module")
    for path, kind in (("big.json", "Git LFS"), ("folder", "a folder"), ("module", "a submodule")):
        with pytest.raises(UserError, match=kind):
            project.repository.read("HEAD", path, LARGE)


def test_entries_are_named_whatever_characters_they_hold(project: Project) -> None:
    names = ["a b.txt", 'quo"te.txt', "tab\t.txt", "über.txt", "new\nline.txt"]
    commit = project.commit(dict.fromkeys(names, "x"))
    assert {entry.path for entry in project.repository.entries(commit)} == set(names)


def test_a_path_is_no_pattern(project: Project) -> None:
    commit = project.commit({"a.txt": "one", "b.txt": "two"})
    assert project.repository.entries(commit, "*.txt") == []


def test_a_folder_knows_where_it_stands_in_its_repository(project: Project) -> None:
    project.commit({"sites/shop/a.txt": "one"})
    assert Repository(project.path / "sites" / "shop").prefix() == "sites/shop"
    assert project.repository.prefix() == ""


def test_a_place_without_a_repository_is_wrong_use(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UserError, match="there is no git repository"):
            Repository(place).resolve("HEAD")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_a_repository_of_somebody_else_is_told_with_its_remedy(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.commit({"a.txt": "one"})
    monkeypatch.setenv("HOME", str(project.path))
    for place in (project.path, project.path / ".git"):
        os.chown(place, 12345, 12345)
    with pytest.raises(UserError, match=r"safe\.directory"):
        project.repository.resolve("HEAD")


def test_a_machine_without_git_cannot_measure(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotMeasureError, match="git can't be run"):
        project.repository.resolve("HEAD")


def test_the_files_of_a_change_are_those_that_differ_and_are_still_there(project: Project) -> None:
    base = project.commit({"a.txt": "one", "b/é.txt": "one", "c.txt": "one", "d.txt": "one"})
    head = project.commit({"a.txt": "two", "b/é.txt": "two", "c.txt": None, "e.txt": "new"})
    assert project.repository.changed(base, head, LARGE) == ["a.txt", "b/é.txt", "e.txt"]
    assert project.repository.changed(base, head, 2) == ["a.txt", "b/é.txt"]
