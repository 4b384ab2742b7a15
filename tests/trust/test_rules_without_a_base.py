"""Which rules decide where no base does, or not for all: a desk, a folder, a first run, the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.errors import UserError
from checks.trust import rules
from tests.trust.bases import CONFIG, OWN, POLICY, by_base, findings
from tests.trust.project import TODAY, Document, Project


def test_a_desk_is_judged_by_its_working_tree(base: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    base.write({"gonogo.yaml": CONFIG.replace("www", "new")})
    monkeypatch.chdir(base.path)
    decided = rules.from_folder(None, {"preview": "out"}, TODAY)
    assert (decided.settings.site, decided.settings.preview) == ("https://new.example.com", "out")
    assert decided.settings.policies.folders == ("rules",)
    assert (decided.trust.root, decided.trust.commit) == ("working-tree", None)
    assert [each["state"] for each in findings(decided)] == ["new", "new", "existing", "new"]


def test_a_folder_decides_where_it_is_named_and_the_report_says_that_nobody_vouches_for_it(
    base: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = findings(by_base(base))
    base.path.rename(tmp_path / "trusted")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    decided = rules.from_folder(None, {}, TODAY, base=tmp_path / "trusted")
    assert findings(decided) == before
    assert decided.settings.preview == str(tmp_path / "trusted" / "dist")
    assert decided.trust.root == "folder"
    assert "untrusted root" in decided.trust.said


def test_where_the_preview_is_comes_from_the_working_tree_beside_a_folder_that_decides(
    base: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "gonogo.yaml").write_text("preview: out\nsite: https://staging.example.com\n")
    monkeypatch.chdir(tmp_path / "elsewhere")
    settings = rules.from_folder(None, {}, TODAY, base=base.path).settings
    assert (settings.preview, settings.site) == ("out", "https://www.example.com")


def test_a_base_without_rules_lets_those_of_the_change_decide_and_says_so(
    project: Project, title_length: Document
) -> None:
    project.commit({"index.html": "<!doctype html>"})
    project.git("checkout", "--quiet", "-b", "topic")
    project.commit({"gonogo.yaml": CONFIG, POLICY: title_length})
    decided = rules.from_commit(project.repository, "main", None, {}, TODAY)
    assert decided.trust.root == "first-run"
    assert decided.trust.said.startswith("first run, unprotected")
    assert {each["policy"] for each in findings(decided)} == {"seo/title-fits"}


def test_a_base_without_a_config_but_with_policies_decides(project: Project, title_length: Document) -> None:
    project.commit({OWN: title_length})
    project.git("checkout", "--quiet", "-b", "topic")
    project.commit({"gonogo.yaml": "policies: {use: []}\n", OWN: None})
    assert by_base(project).trust.root == "base"
    assert {each["policy"] for each in findings(by_base(project))} == {"seo/title-there"}


def test_naming_a_config_that_the_base_does_not_have_does_not_get_rid_of_its_rules(base: Project) -> None:
    before = findings(by_base(base))
    base.commit({"other/gonogo.yaml": "policies: {use: []}\n"})
    decided = by_base(base, config="other/gonogo.yaml")
    assert (decided.trust.root, findings(decided)) == ("base", before)


def test_what_the_command_line_asks_for_beside_a_base_only_adds_rules(base: Project) -> None:
    plain, strict = by_base(base), by_base(base, set="strict", preview="out", site="https://www.example.com")
    assert strict.settings.policies.use == ("launch-blocker", "strict")
    assert {policy.id for policy in plain.policies} < {policy.id for policy in strict.policies}
    assert strict.settings.preview == "out"
    assert by_base(base, set="launch-blocker").policies == plain.policies


@pytest.mark.parametrize(
    ("config", "asked"),
    [
        (CONFIG, {"site": "https://staging.example.com"}),
        (CONFIG + "host: plain\n", {"host": "auto"}),
    ],
)
def test_what_the_base_says_cannot_be_said_otherwise(base: Project, config: str, asked: Document) -> None:
    base.git("checkout", "--quiet", "main")
    commit = base.commit({"gonogo.yaml": config})
    with pytest.raises(UserError, match="was asked for") as caught:
        by_base(base, **asked)
    assert caught.value.where == f"gonogo.yaml at {commit[:12]}"


def test_what_the_base_leaves_open_may_be_said(base: Project) -> None:
    base.git("checkout", "--quiet", "main")
    base.commit({"gonogo.yaml": "policies: {use: [], folders: [rules]}\n"})
    settings = by_base(base, site="https://www.example.com", host="plain").settings
    assert (settings.site, settings.host) == ("https://www.example.com", "plain")
