"""What a change does to its own rules, told before it is merged."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import rules_change
from checks.errors import UserError
from checks.trust import snapshot
from checks.trust.review import Review, review
from checks.trust.weakening import compare
from tests.trust.project import TODAY, Document, Project

CONFIG = "policies: {use: [], folders: [rules]}\n"


@pytest.fixture
def base(project: Project, title_length: Document) -> Project:
    project.commit({"gonogo.yaml": CONFIG, "rules/seo/a.json": title_length, "rules/seo/b.json": title_length})
    project.git("checkout", "--quiet", "-b", "topic")
    return project


def reviewed(project: Project) -> Review:
    return review(project.repository, "main", "HEAD", None, TODAY)


def test_a_change_of_the_site_alone_has_nothing_to_review(base: Project) -> None:
    base.commit({"index.html": "new"})
    assert reviewed(base) == Review()


@pytest.mark.parametrize("path", [".github/workflows/gonogo.yml", ".gitlab-ci.yml", ".github/actions/own/action.yml"])
def test_a_file_that_tells_a_ci_system_what_to_run_is_told_when_it_is_edited(base: Project, path: str) -> None:
    base.git("checkout", "--quiet", "main")
    base.commit({path: "old", ".github/workflows/other.yml": "same"})
    base.git("checkout", "--quiet", "-B", "topic")
    base.commit({path: "new", "index.html": "new"})
    assert reviewed(base).workflows == (path,)
    base.commit({path: None})
    assert reviewed(base).workflows == (path,)
    told = rules_change.to_document(reviewed(base), merged=False)["workflows"]
    assert [one["file"] for one in told] == [path]
    assert rules_change.to_document(reviewed(base), merged=True)["workflows"] == []


def test_a_link_in_place_of_the_workflows_is_told(base: Project) -> None:
    base.commit({".github/workflows/gonogo.yml": "old"})
    base.git("branch", "--force", "main", "topic")
    base.git("rm", "--quiet", "-r", ".github")
    (base.path / ".github").symlink_to("elsewhere")
    base.commit()
    assert ".github/workflows/gonogo.yml" in reviewed(base).workflows


def test_added_changed_and_dropped_policies_are_previewed(base: Project, title_length: Document) -> None:
    limits = {"title": {"properties": {"length": {"minimum": 12, "maximum": 60}}}}
    base.commit(
        {
            "rules/seo/a.json": {**title_length, "properties": limits},
            "rules/seo/b.json": None,
            "rules/seo/c.json": title_length,
        }
    )
    found = reviewed(base)
    assert [(one.policy, one.change) for one in found.policies] == [
        ("seo/a", "changed"),
        ("seo/b", "dropped"),
        ("seo/c", "added"),
    ]
    assert [one.kind for one in found.weakenings] == ["policy-dropped"]
    assert found.weakened


def test_a_policy_that_cannot_be_read_is_told_with_its_file_and_calls_no_other_dropped(base: Project) -> None:
    commit = base.commit({"rules/seo/a.json": "{"})
    found = reviewed(base)
    assert [one.change for one in found.policies] == ["invalid"]
    assert [one.kind for one in found.weakenings] == ["invalid"]
    assert f"rules/seo/a.json at {commit[:12]}" in found.weakenings[0].said


def test_a_link_in_the_change_stops_no_run_and_is_told(base: Project) -> None:
    base.write({"rules/seo/a.json": None})
    (base.path / "rules/seo/a.json").symlink_to("/etc/passwd")
    base.commit()
    found = reviewed(base)
    assert [one.kind for one in found.weakenings] == ["invalid"]
    assert "symbolic link" in found.weakenings[0].said


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("policies: [\n", "not YAML"),
        ("policies: {folders: [..]}\n", "leads elsewhere"),
        ("version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (" " * 300_000, "at most"),
    ],
)
def test_a_config_of_the_change_that_is_refused_stops_no_run_and_is_told_once(
    base: Project, config: str, said: str
) -> None:
    base.commit({"gonogo.yaml": config})
    (found,) = reviewed(base).weakenings
    assert (found.kind, found.what) == ("invalid", "settings")
    assert said in found.said


def test_what_a_build_left_in_the_working_tree_is_no_part_of_the_change(base: Project) -> None:
    base.commit({"index.html": "new"})
    base.write({"rules/seo/a.json": "{", "gonogo.yaml": "x"})
    assert reviewed(base) == Review()


def test_a_working_tree_can_be_compared_with_a_folder(
    base: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = base.path.rename(tmp_path / "trusted")
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    Path("gonogo.yaml").write_text("sit: x\n")
    old = snapshot.of_folder(trusted, None, {}, TODAY)
    new = snapshot.of_folder(Path(), None, {}, TODAY, strict=False)
    (found,) = compare(old, new)
    assert (found.kind, found.file) == ("invalid", "gonogo.yaml")
    assert "unknown key `sit`" in found.said


def test_a_base_without_rules_has_nothing_to_weaken(project: Project, title_length: Document) -> None:
    project.commit({"index.html": "x"})
    project.git("checkout", "--quiet", "-b", "topic")
    project.commit({"gonogo.yaml": CONFIG, "rules/seo/a.json": title_length})
    assert reviewed(project) == Review()


def test_a_base_that_is_broken_is_wrong_use(base: Project) -> None:
    base.git("checkout", "--quiet", "main")
    base.commit({"gonogo.yaml": "x: 1\n"})
    base.git("checkout", "--quiet", "-b", "mend")
    base.commit({"gonogo.yaml": CONFIG})
    with pytest.raises(UserError, match="unknown key"):
        reviewed(base)


def test_the_config_may_have_another_name(base: Project) -> None:
    base.git("checkout", "--quiet", "main")
    base.commit({"ci/site.yaml": "key_pages: [/]\n"})
    base.git("checkout", "--quiet", "-b", "fewer")
    base.commit({"ci/site.yaml": "key_pages: []\n"})
    found = review(base.repository, "main", "HEAD", Path("ci/site.yaml"), TODAY)
    assert [(one.kind, one.file) for one in found.weakenings] == [("key-page-removed", "ci/site.yaml")]


def test_a_revocation_that_the_change_takes_away_is_told(base: Project, people: Document) -> None:
    base.git("checkout", "--quiet", "main")
    revocation = "gonogo/sign-offs/abc.json"
    base.commit({**people, revocation: {"action": "revoke"}, "gonogo/sign-offs/def.json": {"action": "override"}})
    base.git("checkout", "--quiet", "-B", "topic")
    base.commit({revocation: None, "gonogo/sign-offs/def.json": None})
    assert [(one.kind, one.file) for one in reviewed(base).weakenings] == [("revocation-removed", revocation)]


WORKFLOW = ".github/workflows/gonogo.yml"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("on: push", "on: pull_request_target", (WORKFLOW,)),
        (None, "on: push", (WORKFLOW,)),
        ("on: push", None, (WORKFLOW,)),
        ("on: push", "on: push", ()),
    ],
    ids=["changed", "added", "removed", "as it was"],
)
def test_a_change_that_alters_how_it_is_checked_is_told_and_weakens_nothing(
    base: Project, before: str | None, after: str | None, told: tuple[str, ...]
) -> None:
    base.git("checkout", "--quiet", "main")
    if before:
        base.commit({WORKFLOW: before})
    base.git("checkout", "--quiet", "-B", "topic")
    base.commit({"index.html": "new", **({WORKFLOW: after} if after or before else {})})
    assert reviewed(base) == Review(workflows=told)


@pytest.mark.parametrize("file", [".github/actions/build/action.yml", ".gitlab-ci.yml", ".github/workflows/other.yml"])
def test_every_place_that_a_ci_system_reads_is_looked_at(base: Project, file: str) -> None:
    base.commit({file: "x"})
    assert reviewed(base).workflows == (file,)


def test_an_altered_workflow_is_told_beside_what_is_weakened(base: Project) -> None:
    base.commit({WORKFLOW: "on: push", "rules/seo/b.json": None})
    found = reviewed(base)
    assert (found.workflows, [one.kind for one in found.weakenings]) == ((WORKFLOW,), ["policy-dropped"])


def test_a_link_in_the_place_of_the_workflows_stops_no_run_and_is_told(base: Project) -> None:
    (base.path / ".github").symlink_to("/etc")
    base.commit()
    assert reviewed(base).workflows == (".github/actions", ".github/workflows")
