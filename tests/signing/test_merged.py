"""The sign-offs that stand at a commit, and those that a change takes away."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.signing import merged
from tests.trust.project import Project

ONE, TWO = "a" * 26, "b" * 26
FOLDER = "gonogo/sign-offs"
FILES = {
    f"{FOLDER}/{ONE}.json": "{}\n",
    f"{FOLDER}/{ONE}.1.sig": "s\n",
    f"{FOLDER}/{ONE}.pages": "/a/\n",
    f"{FOLDER}/{TWO}.json": "{}\n",
    f"{FOLDER}/{TWO}.1.sig": "s\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a repository with two sign-offs at its base, and a change that has not done anything yet."""
    made = Project(tmp_path / "project")
    made.path.mkdir()
    made.git("init", "--quiet", "--initial-branch=main")
    made.commit({**FILES, "page": "one"})
    made.git("checkout", "--quiet", "-b", "change")
    return made


def taken(project: Project) -> frozenset[str]:
    return merged.taken_away(project.repository, "main", "change")


def test_a_change_that_leaves_them_takes_nothing_away(project: Project) -> None:
    project.commit({"page": "two", f"{FOLDER}/{TWO}.2.sig": "t\n", f"{FOLDER}/{'c' * 26}.json": "{}\n"})
    assert taken(project) == frozenset()


@pytest.mark.parametrize("end", [".json", ".1.sig", ".pages"])
def test_a_file_of_a_sign_off_that_is_gone_takes_it_away(project: Project, end: str) -> None:
    project.commit({f"{FOLDER}/{ONE}{end}": None})
    assert taken(project) == {ONE}


def test_a_file_of_a_sign_off_that_is_another_takes_it_away(project: Project) -> None:
    project.commit({f"{FOLDER}/{ONE}.pages": "/a/\n/b/\n"})
    assert taken(project) == {ONE}


def test_what_was_signed_after_the_change_began_is_not_taken_away(project: Project) -> None:
    project.git("checkout", "--quiet", "main")
    project.commit({f"{FOLDER}/{'c' * 26}.json": "{}\n"})
    project.git("checkout", "--quiet", "change")
    project.commit({"page": "two"})
    assert taken(project) == frozenset()


def test_a_link_in_place_of_the_folder_takes_all_of_them_away(project: Project) -> None:
    project.git("rm", "--quiet", "-r", "gonogo")
    (project.path / "elsewhere").mkdir()
    (project.path / "gonogo").symlink_to("elsewhere")
    project.commit()
    assert taken(project) == {ONE, TWO}


def test_a_change_that_is_not_checked_out_brings_its_own(project: Project) -> None:
    new = "c" * 26
    (project.path / FOLDER / f"{'d' * 26}.json").symlink_to("/etc/passwd")
    head = project.commit({f"{FOLDER}/{new}.json": "{ }\n", f"{FOLDER}/{new}.1.sig": "s\n", f"{FOLDER}/README": "x"})
    project.git("checkout", "--quiet", "main")
    found = {one.id: one for one in merged.proposed(project.repository, head)}
    assert sorted(found) == [ONE, TWO, new]
    assert (found[new].statement, found[new].signatures, found[new].trusted) == (b"{ }\n", (b"s\n",), False)


def test_at_the_base_they_are_trusted(project: Project) -> None:
    first, second = merged.statements(project.repository, "main")
    assert (first.id, first.pages, second.pages, first.trusted) == (ONE, b"/a/\n", None, True)
