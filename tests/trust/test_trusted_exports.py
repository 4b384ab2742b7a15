"""Exports are read from where the rules come from: no change brings its own figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.errors import UserError
from checks.settings.exports import Export
from checks.trust import rules
from checks.trust.exports import File, files
from checks.trust.root import export
from checks.trust.rules import Trust
from tests.trust.project import Project

NAMED = [Export("search", "gonogo/data/pages.csv", 28)]


def of_base(commit: str) -> Trust:
    return Trust(rules.BASE, "main", commit, "")


def read(trust: Trust, into: Path) -> File:
    (found,) = files(trust, NAMED, into)
    return found


@pytest.fixture(autouse=True)
def _in_the_project(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.path)


def test_figures_are_those_of_the_base_whatever_the_change_says(project: Project, tmp_path: Path) -> None:
    base = project.commit({"gonogo/data/pages.csv": "Page,Clicks\n/a/,900\n"})
    project.write({"gonogo/data/pages.csv": "Page,Clicks\n/a/,0\n"})
    found = read(of_base(base), tmp_path)
    assert found.path.read_text() == "Page,Clicks\n/a/,900\n"
    assert found.name == f"gonogo/data/pages.csv at {base[:12]}"


def test_figures_that_only_the_change_has_are_refused(project: Project, tmp_path: Path) -> None:
    base = project.commit({"a.txt": "x"})
    project.write({"gonogo/data/pages.csv": "Page,Clicks\n/a/,0\n"})
    with pytest.raises(UserError, match="there is no such file") as refused:
        read(of_base(base), tmp_path)
    assert "read from the base" in refused.value.remedy


def test_a_link_in_place_of_an_export_is_refused(project: Project, tmp_path: Path) -> None:
    (project.path / "gonogo" / "data").mkdir(parents=True)
    (project.path / "gonogo" / "data" / "pages.csv").symlink_to("/etc/passwd")
    commit = project.commit()
    for trust in (of_base(commit), Trust(rules.WORKING_TREE, None, None, "")):
        with pytest.raises(UserError):
            read(trust, tmp_path)


def test_a_folder_whose_rules_decide_has_its_own_exports(project: Project, tmp_path: Path) -> None:
    project.write({"base/gonogo/data/pages.csv": "x", "gonogo/data/pages.csv": "y"})
    assert read(Trust(rules.FOLDER, "base", None, ""), tmp_path).path.read_text() == "x"


def test_on_a_desk_the_working_tree_is_read(project: Project, tmp_path: Path) -> None:
    project.write({"gonogo/data/pages.csv": "y"})
    assert read(Trust(rules.WORKING_TREE, None, None, ""), tmp_path).path.read_text() == "y"


def test_exports_are_no_rules_and_may_be_larger_than_these(project: Project, tmp_path: Path) -> None:
    commit = project.commit({"gonogo.yaml": "{}", "gonogo/data/pages.csv": "x" * 300_000})
    folder = export(project.repository, commit, "gonogo.yaml", tmp_path / "into")
    assert [file.name for file in folder.rglob("*") if file.is_file()] == ["gonogo.yaml"]
    assert read(of_base(commit), tmp_path).path.stat().st_size == 300_000
