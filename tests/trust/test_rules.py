"""Which file is read from which ref: the base decides, whatever the change does to its own rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.judge.finding import fingerprint
from checks.trust import rules, snapshot, weakening
from checks.trust.git import Repository
from tests.trust.bases import CONFIG, OWN, POLICY, by_base, findings
from tests.trust.project import TODAY, Document, Project


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


def test_a_project_below_the_root_of_its_repository_has_its_own_rules(project: Project, title_length: Document) -> None:
    files = {"gonogo.yaml": CONFIG, POLICY: title_length, OWN: title_length}
    project.commit({f"sites/shop/{name}": content for name, content in files.items()})
    project.commit({"gonogo.yaml": "policies: {use: []}\n"})
    shop = Repository(project.path / "sites" / "shop")
    decided = rules.from_commit(shop, "main", None, {}, TODAY)
    assert {each["policy"] for each in findings(decided)} == {"seo/title-fits", "seo/title-there"}
    assert POLICY in {policy.path for policy in decided.policies}
