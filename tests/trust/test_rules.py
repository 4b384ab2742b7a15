"""Which file is read from which ref: the base decides, whatever the change does to its own rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks.errors import CannotMeasureError, UserError
from checks.judge.evaluate import Judge
from checks.judge.finding import fingerprint
from checks.signoff import adopted
from checks.trust import rules, snapshot, weakening
from checks.trust.git import Repository
from checks.trust.rules import Rules
from tests.trust.project import TODAY, Document, Project

CONFIG = "site: https://www.example.com\npreview: dist\npolicies: {use: [launch-blocker], folders: [rules]}\n"
POLICY = "rules/seo/title-fits.json"
OWN = "gonogo/policies/seo/title-there.json"
PAGES: list[Document] = [
    {"kind": "page", "path": path, "measured": ["title"], "title": {"text": "x" * length, "length": length}}
    for path, length in (("/", 28), ("/short/", 4), ("/long/", 90))
]


@pytest.fixture
def base(project: Project, title_length: Document, people: Document) -> Project:
    """Return a project whose base has a config, policies in two folders, people, keys and old debt."""
    mark = fingerprint("seo/title-fits", "/long/", "title.length")
    debt = {"fingerprint": mark, "policy": "seo/title-fits", "page": "/long/", "what": "title.length"}
    project.commit(
        {
            "gonogo.yaml": CONFIG,
            POLICY: title_length,
            OWN: {**title_length, "x-severity": "warning", "x-owner": "engineering"},
            "gonogo/adopted/marketing.json": {"findings": [{**debt, "adopted": "2026-11-01"}]},
            **people,
        }
    )
    project.git("checkout", "--quiet", "-b", "topic")
    return project


def by_base(project: Project, config: str | None = None, **overrides: Any) -> Rules:
    return rules.from_commit(project.repository, "main", Path(config) if config else None, overrides, TODAY)


def findings(decided: Rules) -> list[Document]:
    judge = Judge(decided.policies)
    found = [finding for page in PAGES for finding in judge.document(page)]
    return [adopted.apply(each, decided.adopted).to_document() for each in found]


def weakened(project: Project) -> list[str]:
    commits = [project.repository.resolve(ref) for ref in ("main", "HEAD")]
    sides = [snapshot.of_commit(project.repository, one, None, {}, TODAY, strict=one == commits[0]) for one in commits]
    return sorted({one.kind for one in weakening.compare(*sides)})


def loosened(policy: Document) -> Document:
    limits = {"title": {"properties": {"length": {"minimum": 1, "maximum": 600}}}}
    return {**policy, "properties": limits, "x-counterexamples": [{"title": {"text": "", "length": 0}}]}


CHANGES: dict[str, tuple[Callable[[Document], Document], str]] = {
    "a threshold": (lambda policy: {POLICY: loosened(policy)}, "rule-loosened"),
    "a severity": (lambda policy: {POLICY: {**policy, "x-severity": "info"}}, "severity-lowered"),
    "a scope": (
        lambda policy: {POLICY: {**policy, "x-applies-to": {"properties": {"title": {"required": ["text"]}}}}},
        "scope-narrowed",
    ),
    "an owner": (lambda policy: {POLICY: {**policy, "x-owner": "security"}}, "owner-changed"),
    "proposing it": (lambda policy: {POLICY: {**policy, "x-status": "proposed"}}, "severity-lowered"),
    "deleting it": (lambda _: {POLICY: None, "rules/left/x.json": {**loosened(_)}}, "policy-dropped"),
    "renaming it": (lambda policy: {POLICY: None, "rules/seo/other.json": policy}, "policy-dropped"),
    "a patch": (
        lambda _: {"gonogo.yaml": CONFIG.replace("}", ", change: {seo/title-fits: null}}")},
        "policy-dropped",
    ),
    "another folder of policies": (
        lambda policy: {
            "gonogo.yaml": CONFIG.replace("rules", "elsewhere"),
            "elsewhere/seo/title-fits.json": loosened(policy),
        },
        "rule-loosened",
    ),
    "other sets": (lambda _: {"gonogo.yaml": CONFIG.replace("[launch-blocker]", "[]")}, "set-removed"),
    "another site": (lambda _: {"gonogo.yaml": CONFIG.replace("www", "staging")}, "setting-changed"),
    "leaving pages out": (
        lambda _: {
            "gonogo.yaml": CONFIG + 'exclude: [{page: "/**", why: all of it, owner: marketing, until: 2030-01-01}]\n'
        },
        "exception-added",
    ),
    "deleting a folder of policies": (lambda _: {OWN: None}, "policy-dropped"),
    "deleting every folder of policies": (lambda _: {OWN: None, POLICY: None}, "invalid"),
    "deleting the config": (lambda _: {"gonogo.yaml": None}, "removed"),
    "deleting the people": (lambda _: {"gonogo/people.yaml": None}, "invalid"),
    "deleting the signers": (lambda _: {"gonogo/allowed_signers": None}, "invalid"),
    "breaking the config": (lambda _: {"gonogo.yaml": "site: [\n"}, "invalid"),
    "breaking a policy": (lambda _: {POLICY: "{"}, "invalid"),
    "nesting a policy without end": (lambda _: {POLICY: "[" * 100_000}, "invalid"),
    "a number of 5,000 digits": (lambda _: {POLICY: '{"x": ' + "1" * 5000 + "}"}, "invalid"),
    "a huge policy": (lambda _: {POLICY: '{"title": "' + "x" * 300_000 + '"}'}, "invalid"),
}


@pytest.mark.parametrize(("change", "kind"), CHANGES.values(), ids=CHANGES)
def test_what_a_change_does_to_its_rules_leaves_the_findings_as_they_were_and_is_told(
    base: Project, title_length: Document, change: Callable[[Document], Document], kind: str
) -> None:
    before = findings(by_base(base))
    assert [(each["page"], each["policy"], each["state"]) for each in before] == [
        ("/short/", "seo/title-fits", "new"),
        ("/short/", "seo/title-there", "new"),
        ("/long/", "seo/title-fits", "existing"),
        ("/long/", "seo/title-there", "new"),
    ]
    base.commit(change(title_length))
    assert findings(by_base(base)) == before
    assert kind in weakened(base)


def test_adding_or_tightening_a_policy_changes_no_finding_and_weakens_nothing(
    base: Project, title_length: Document
) -> None:
    before = findings(by_base(base))
    tighter = {"title": {"required": ["text"], "properties": {"length": {"minimum": 20, "maximum": 50}}}}
    base.commit({POLICY: {**title_length, "properties": tighter}, "rules/seo/more.json": title_length})
    assert findings(by_base(base)) == before
    assert weakened(base) == []


def test_new_debt_of_the_change_excuses_nothing_and_is_told(base: Project) -> None:
    before = findings(by_base(base))
    short = fingerprint("seo/title-fits", "/short/", "title.length")
    debt = {"fingerprint": short, "policy": "seo/title-fits", "page": "/short/", "what": "title.length"}
    base.commit({"gonogo/adopted/security.json": {"findings": [{**debt, "adopted": "2026-11-01"}]}})
    assert findings(by_base(base)) == before
    assert weakened(base) == ["finding-adopted"]


def test_people_and_keys_are_those_of_the_base(
    base: Project, people: Document, public_key: Callable[[str], str]
) -> None:
    before = by_base(base).authority
    base.commit(
        {
            "gonogo/people.yaml": people["gonogo/people.yaml"]
            + "  eve: {name: Eve, emails: [eve@example.com], principals: [eve], roles: [marketing, engineering]}\n",
            "gonogo/allowed_signers": people["gonogo/allowed_signers"]
            + f'eve namespaces="sign-off@gonogo" {public_key("eve")}\n',
            "gonogo/revoked_keys": "",
        }
    )
    after = by_base(base).authority
    assert before is not None
    assert before == after
    assert weakened(base) == ["people-changed", "revocation-removed", "signer-added"]


def test_the_base_is_resolved_once_and_recorded(base: Project) -> None:
    main = base.repository.resolve("main")
    trust = by_base(base).trust
    assert (trust.root, trust.ref, trust.commit) == ("base", "main", main)
    assert main[:12] in trust.said


def test_where_the_preview_is_comes_from_the_change_and_the_site_from_the_base(base: Project) -> None:
    base.commit({"gonogo.yaml": CONFIG.replace("dist", "out").replace("www", "staging")})
    settings = by_base(base).settings
    assert (settings.preview, settings.site) == (str(base.path / "out"), "https://www.example.com")


def test_a_change_whose_config_is_broken_is_judged_where_the_base_says(base: Project) -> None:
    base.commit({"gonogo.yaml": "preview: [\n"})
    assert by_base(base).settings.preview == "dist"


def test_in_a_merge_queue_an_earlier_entry_decides(base: Project, title_length: Document) -> None:
    queued = base.commit({POLICY: loosened(title_length)})
    base.commit({POLICY: None, "rules/x/y.json": title_length})
    decided = rules.from_commit(base.repository, queued, None, {}, TODAY)
    assert {each["page"] for each in findings(decided)} == {"/short/", "/long/"}
    assert [each["policy"] for each in findings(decided) if each["page"] == "/short/"] == ["seo/title-there"]


def test_on_a_push_to_the_base_what_was_merged_decides(base: Project, title_length: Document) -> None:
    base.commit({POLICY: loosened(title_length)})
    decided = rules.from_commit(base.repository, "HEAD", None, {}, TODAY)
    assert "seo/title-fits" not in {each["policy"] for each in findings(decided)}


def test_changes_that_are_not_committed_do_not_decide(base: Project) -> None:
    before = findings(by_base(base))
    base.write({POLICY: "{", "gonogo.yaml": "policies: {use: []}\n", "gonogo/people.yaml": "x"})
    assert findings(by_base(base)) == before


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


@pytest.mark.parametrize("missing", ["gonogo/people.yaml", "gonogo/allowed_signers", "gonogo/revoked_keys"])
def test_a_base_that_lacks_one_of_the_files_of_people_and_keys_is_wrong_use(base: Project, missing: str) -> None:
    base.git("checkout", "--quiet", "main")
    commit = base.commit({missing: None})
    with pytest.raises(UserError, match="missing") as caught:
        by_base(base)
    assert caught.value.where == f"{missing} at {commit[:12]}"


def test_a_base_that_lacks_a_folder_of_policies_that_its_config_names_is_wrong_use(base: Project) -> None:
    base.git("checkout", "--quiet", "main")
    commit = base.commit({POLICY: None})
    with pytest.raises(UserError, match="no such folder") as caught:
        by_base(base)
    assert caught.value.where == f"rules at {commit[:12]}"


def test_a_folder_of_policies_may_hold_none_yet(base: Project) -> None:
    base.git("checkout", "--quiet", "main")
    base.commit({POLICY: None, "rules/.gitkeep": "", "rules/README.md": "Policies come here."})
    assert "seo/title-fits" not in {policy.id for policy in by_base(base).policies}


@pytest.mark.parametrize(
    ("file", "text", "where"),
    [
        ("gonogo.yaml", "site: https://www.example.com\nsit: x\n", "gonogo.yaml at {}:2"),
        ("gonogo.yaml", "", "gonogo.yaml at {}"),
        (POLICY, '{\n  "titel": "x"\n}', "rules/seo/title-fits.json at {}"),
        ("gonogo/adopted/marketing.json", "{", "gonogo/adopted/marketing.json at {}:1"),
        ("gonogo/people.yaml", "people: {}\nx: 1\n", "gonogo/people.yaml at {}:2"),
        ("gonogo/allowed_signers", "*\n", "gonogo/allowed_signers at {}:1"),
    ],
)
def test_a_fault_of_the_base_is_told_by_file_commit_and_line(base: Project, file: str, text: str, where: str) -> None:
    base.git("checkout", "--quiet", "main")
    commit = base.commit({file: text})
    with pytest.raises(UserError) as caught:
        by_base(base)
    told = str(caught.value)
    assert where.format(commit[:12]) in told
    assert "/tmp" not in told  # noqa: S108  # where the commit was unpacked is nobody's business


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


def test_a_project_below_the_root_of_its_repository_has_its_own_rules(project: Project, title_length: Document) -> None:
    files = {"gonogo.yaml": CONFIG, POLICY: title_length, OWN: title_length}
    project.commit({f"sites/shop/{name}": content for name, content in files.items()})
    project.commit({"gonogo.yaml": "policies: {use: []}\n"})
    shop = Repository(project.path / "sites" / "shop")
    decided = rules.from_commit(shop, "main", None, {}, TODAY)
    assert {each["policy"] for each in findings(decided)} == {"seo/title-fits", "seo/title-there"}
    assert POLICY in {policy.path for policy in decided.policies}


def test_without_the_base_commit_nothing_can_be_measured(base: Project) -> None:
    with pytest.raises(CannotMeasureError, match="fetch-depth: 0"):
        rules.from_commit(base.repository, "1" * 40, None, {}, TODAY)
