"""A baseline is read from where the rules come from: no change brings its own, which would excuse what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.baseline import ages
from checks.errors import CannotMeasureError, UserError
from checks.trust import live, rules
from checks.trust.rules import Trust
from tests.trust.project import Project


def of_base(commit: str) -> Trust:
    return Trust(rules.BASE, "main", commit, "")


@pytest.fixture(autouse=True)
def _in_the_project(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.path)


def test_what_is_live_is_what_the_base_says_whatever_the_change_says(project: Project, tmp_path: Path) -> None:
    base = project.commit({"baselines/latest": "one", "baselines/runs/one/site.json": "{}"})
    project.commit({"baselines/latest": "two", "baselines/runs/two/site.json": "{}"})
    found = live.folder(of_base(base), "baselines", tmp_path / "into")
    assert sorted((str(file.relative_to(found)), file.read_text()) for file in found.rglob("*") if file.is_file()) == [
        ("latest", "one"),
        ("runs/one/site.json", "{}"),
    ]


def test_a_baseline_that_only_the_change_has_committed_is_refused(project: Project, tmp_path: Path) -> None:
    base = project.commit({"a.txt": "x"})
    project.commit({"baselines/latest": "two"})
    with pytest.raises(CannotMeasureError, match="the change brings it") as refused:
        live.folder(of_base(base), "baselines", tmp_path / "into")
    assert "read from the base" in refused.value.remedy


def test_a_baseline_that_no_commit_holds_was_put_there_by_who_runs_the_check(project: Project, tmp_path: Path) -> None:
    base = project.commit({"a.txt": "x"})
    project.write({"baselines/latest": "two"})
    assert live.folder(of_base(base), "baselines", tmp_path / "into") == Path("baselines")


def test_a_baseline_outside_of_the_repository_is_read_there(project: Project, tmp_path: Path) -> None:
    base = project.commit({"a.txt": "x"})
    assert live.folder(of_base(base), str(tmp_path / "live"), tmp_path / "into") == tmp_path / "live"


def test_a_whole_path_does_not_make_what_the_change_brings_a_baseline(project: Project, tmp_path: Path) -> None:
    base = project.commit({"a.txt": "x"})
    project.commit({"baselines/latest": "two"})
    with pytest.raises(CannotMeasureError, match="the change brings it"):
        live.folder(of_base(base), str(project.path / "baselines"), tmp_path / "into")


@pytest.mark.parametrize("link", ["ci", "ci/live"])
def test_a_link_of_the_change_leads_to_no_baseline(project: Project, tmp_path: Path, link: str) -> None:
    base = project.commit({"a.txt": "x"})
    project.write({"mine/live/latest": "two", "b.txt": "x"})
    (project.path / link).parent.mkdir(exist_ok=True)
    (project.path / link).symlink_to(project.path / ("mine" if link == "ci" else "mine/live"))
    project.commit()
    with pytest.raises((CannotMeasureError, UserError), match=r"symbolic link|the change brings it"):
        live.folder(of_base(base), "ci/live", tmp_path / "into")


def test_a_link_in_a_baseline_of_the_base_is_refused(project: Project, tmp_path: Path) -> None:
    project.write({"baselines/latest": "one"})
    (project.path / "baselines" / "runs").symlink_to("/etc")
    with pytest.raises(UserError, match="symbolic link"):
        live.folder(of_base(project.commit()), "baselines", tmp_path / "into")


def test_on_a_desk_the_working_tree_is_read(project: Project, tmp_path: Path) -> None:
    project.write({"baselines/latest": "two"})
    trust = Trust(rules.WORKING_TREE, None, None, "")
    assert live.folder(trust, "baselines", tmp_path / "into") == Path("baselines")


def test_no_change_makes_younger_what_is_live(project: Project, tmp_path: Path) -> None:
    base = project.commit({"baselines/latest": "one", f"baselines/{ages.FILE}": "known since spring"})
    project.commit({f"baselines/{ages.FILE}": "known since today"})
    found = live.folder(of_base(base), "baselines", tmp_path / "into")
    assert (found / ages.FILE).read_text() == "known since spring"
