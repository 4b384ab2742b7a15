"""What counts as weaker, and what does not: settings, policies, old debt, people and keys of two sides."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checks.judge import policies
from checks.settings import from_bytes
from checks.signoff.adopted import Adopted
from checks.signoff.people import FILES, Authority, read
from checks.trust.record import KINDS
from checks.trust.snapshot import Broken, Snapshot
from checks.trust.weakening import Weakening, compare
from tests.trust.project import TODAY, Document

Side = Callable[..., Snapshot]
EXCLUDE = "exclude: [{{page: {page}, why: {why}, owner: {owner}, until: {until}}}]"


@pytest.fixture
def side(tmp_path: Path, few_shipped: Path) -> Side:
    """Return a function: what a config and some policies of one's own come to."""

    def made(config: str = "{}", own: Document | None = None, **parts: Any) -> Snapshot:
        folder = tmp_path / f"side-{len(list(tmp_path.iterdir()))}"
        for name, document in (own or {}).items():
            file = folder / f"{name}.json"
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(document), encoding="utf-8")
        settings = from_bytes(config.encode(), "gonogo.yaml", {}, TODAY)
        folders = [folder] if own else []
        in_force = policies.load(folders, settings.policies.use, settings.policies.change, shipped=few_shipped)
        found = tuple(replace(one, path=one.path.replace(str(folder), "gonogo/policies")) for one in in_force)
        return Snapshot("gonogo.yaml", settings, found, parts.get("adopted", {}), parts.get("authority"))

    return made


def kinds(base: Snapshot, head: Snapshot) -> list[str]:
    return [one.kind for one in compare(base, head)]


def told(base: Snapshot, head: Snapshot) -> Weakening:
    (one,) = compare(base, head)
    return one


def excluding(page: str = "/old/", why: str = "it moves", owner: str = "marketing", until: str = "2026-12-31") -> str:
    return EXCLUDE.format(page=page, why=why, owner=owner, until=until)


def answering(status: int = 200) -> str:
    return f"hosting: {{answers: [{{path: /api/**, status: {status}, why: the shop's service}}]}}"


SETTINGS: dict[str, tuple[str, str, list[str]]] = {
    "nothing": ("{}", "{}", []),
    "where the preview is": ("preview: dist", "preview: out", []),
    "uptime that is no longer named": ("uptime: {file: a.csv}", "{}", ["setting-changed"]),
    "exports where none were named": ("{}", "worth: {search: {file: a.csv, days: 28}}", []),
    "other exports": (
        "worth: {search: {file: a.csv, days: 28}}",
        "worth: {search: {file: b.csv, days: 28}}",
        ["setting-changed"],
    ),
    "a list of known addresses less": ("known_by: [{kind: log, file: a.csv}]", "{}", ["setting-changed"]),
    "an old origin less": ("moved_from: [https://a.example]", "{}", ["setting-changed"]),
    "the site": ("site: https://a.example", "site: https://b.example", ["setting-changed"]),
    "no site any more": ("site: https://a.example", "{}", ["setting-changed"]),
    "a site where none was said": ("{}", "site: https://a.example", []),
    "the host": ("host: auto", "host: plain", ["setting-changed"]),
    "asking third parties": ("render: {third-party: block}", "render: {third-party: allow}", ["setting-changed"]),
    "blocking third parties": ("render: {third-party: allow}", "render: {third-party: block}", ["setting-changed"]),
    "the time limit": ("render: {time-limit: 30s}", "render: {time-limit: 60s}", ["setting-changed"]),
    "a new exclusion": ("{}", excluding(), ["exception-added"]),
    "a wider exclusion": (excluding(), excluding(page="'**'"), ["exception-added"]),
    "a longer exclusion": (excluding(), excluding(until="2027-01-01"), ["exception-longer"]),
    "a shorter exclusion": (excluding(), excluding(until="2026-12-01"), []),
    "another reason": (excluding(), excluding(why="it moved"), []),
    "another owner of an exclusion": (excluding(), excluding(owner="security"), ["exception-longer"]),
    "no exclusion any more": (excluding(), "{}", []),
    "a new expectation": (
        "{}",
        "expect: [{page: /x/, noindex: true, why: y, owner: marketing, until: 2026-12-31}]",
        ["exception-added"],
    ),
    "another host that is allowed": (
        "allow: {third-parties: [a.example]}",
        "allow: {third-parties: [a.example, b.example]}",
        ["allowed-more"],
    ),
    "a host less that is allowed": ("allow: {form-hosts: [a.example]}", "{}", []),
    "a key that may be published": ("{}", "allow: {public-keys: [AIzaSy01]}", ["allowed-more"]),
    "more that needs no consent": ("{}", "consent: {exempt: [plausible.io]}", ["allowed-more"]),
    "a file that is required no longer": ("required_files: [/ads.txt]", "{}", ["setting-changed"]),
    "a sponsor that is named no longer": ("links: {sponsored-hosts: [a.example.net]}", "{}", ["setting-changed"]),
    "other sites that are asked no longer": ("links: {outside: check}", "{}", ["setting-changed"]),
    "other sites that are asked now": ("{}", "links: {outside: check}", []),
    "a language that is promised no longer": (
        "languages: {spoken: [en, de]}",
        "languages: {spoken: [en]}",
        ["setting-changed"],
    ),
    "a page that need not be translated now": ("{}", "languages: {exempt: [/a/]}", ["allowed-more"]),
    "preloading that is meant now": ("{}", "allow: {hsts-preload: true}", ["allowed-more"]),
    "a file that is required now": ("{}", "required_files: [/ads.txt]", []),
    "a service worker that is forgotten": ("service_workers: [/sw.js]", "{}", ["setting-changed"]),
    "a service worker that is named": ("{}", "service_workers: [/sw.js]", []),
    "https for subdomains, too": ("{}", "hsts: [subdomains]", ["allowed-more"]),
    "https for the host alone": ("hsts: [subdomains]", "{}", []),
    "an address of a campaign less": ("campaigns: {qr: [/a, /b]}", "campaigns: {qr: [/a]}", ["setting-changed"]),
    "an address of a campaign of another kind": (
        "campaigns: {ads: [/a]}",
        "campaigns: {qr: [/a]}",
        ["setting-changed"],
    ),
    "an address of a campaign more": ("{}", "campaigns: {qr: [/a]}", []),
    "a legal page that is promised no longer": ("legal: {privacy: /privacy/}", "{}", ["setting-changed"]),
    "a legal page that is promised now": ("{}", "legal: {privacy: /privacy/}", []),
    "source maps": ("{}", "allow: {source-maps: true}", ["allowed-more"]),
    "a redirect that is temporary": ("{}", "allow: {temporary-redirects: [/sale/]}", ["allowed-more"]),
    "an answer that is declared": ("{}", answering(), ["exception-added"]),
    "another answer": (answering(), answering(status=204), ["exception-added"]),
    "no answer any more": (answering(), "{}", []),
    "the endpoint of a bucket": ("{}", "hosting: {endpoint: rest}", ["setting-changed"]),
    "another visitor": ("{}", "visitor: {country: DE}", ["setting-changed"]),
    "a key page less": ("key_pages: [/, /a/]", "key_pages: [/]", ["key-page-removed"]),
    "a key page more": ("key_pages: [/]", "key_pages: [/, /a/]", []),
    "a page less whose code is watched": (
        "render: {coverage: [/, /a/]}",
        "render: {coverage: [/]}",
        ["setting-changed"],
    ),
    "a page more whose code is watched": ("{}", "render: {coverage: [/]}", []),
    "another type of pages": ("page_types: {article: [/a/]}", "page_types: {app: [/a/]}", ["setting-changed"]),
    "letting a crawler in": ("crawlers: {GPTBot: block}", "crawlers: {GPTBot: allow}", ["setting-changed"]),
    "keeping a crawler out": ("{}", "crawlers: {GPTBot: block}", ["setting-changed"]),
    "an owner less": ("owners: {legal: {}}", "{}", ["owner-changed"]),
    "an owner more": ("{}", "owners: {legal: {}}", []),
    "an unused set less": ("policies: {use: [recommended, strict]}", "policies: {use: [strict]}", []),
    "a set more": ("policies: {use: [recommended]}", "policies: {use: [recommended, strict]}", []),
    "a set less": ("policies: {use: [strict]}", "policies: {use: [recommended]}", ["set-removed"]),
    "a stricter patch": ("{}", "policies: {change: {links/internal-broken: {x-severity: error}}}", []),
    "dropping by a patch": ("{}", "policies: {change: {links/internal-broken: null}}", ["policy-dropped"]),
    "a weaker patch": (
        "{}",
        "policies: {change: {links/internal-broken: {x-severity: warning}}}",
        ["severity-lowered"],
    ),
    "no patch any more": (
        "policies: {use: [strict], change: {seo/title-length: {x-severity: error}}}",
        "policies: {use: [strict]}",
        ["severity-lowered"],
    ),
}


@pytest.mark.parametrize(("before", "after", "found"), SETTINGS.values(), ids=SETTINGS)
def test_settings(side: Side, before: str, after: str, found: list[str]) -> None:
    assert kinds(side(before), side(after)) == found


POLICIES: dict[str, tuple[Document, Document, list[str]]] = {
    "other words": (
        {},
        {"title": "A", "description": "B", "x-fix": "C", "x-message": "D", "x-reference": ["https://example.com/"]},
        [],
    ),
    "other examples": ({}, {"examples": [{"title": {"text": "x" * 30, "length": 30}}]}, []),
    "a higher severity": ({"x-severity": "warning"}, {}, []),
    "a lower severity": ({}, {"x-severity": "warning"}, ["severity-lowered"]),
    "a proposal": ({}, {"x-status": "proposed"}, ["severity-lowered"]),
    "no proposal any more": ({"x-status": "proposed"}, {}, []),
    "waiting longer": (
        {"x-severity": "warning", "x-escalate-after": 30},
        {"x-severity": "warning", "x-escalate-after": 60},
        ["severity-lowered"],
    ),
    "waiting for ever": (
        {"x-severity": "warning", "x-escalate-after": 30},
        {"x-severity": "warning"},
        ["severity-lowered"],
    ),
    "waiting less": ({"x-severity": "warning"}, {"x-severity": "warning", "x-escalate-after": 30}, []),
    "another owner": ({}, {"x-owner": "security"}, ["owner-changed"]),
    "one more signature": ({}, {"x-override": ["marketing", "security"]}, []),
    "another signature": ({}, {"x-override": ["security"]}, ["override-loosened"]),
    "one signature less": (
        {"x-override": ["marketing", "security"]},
        {"x-override": ["marketing"]},
        ["override-loosened"],
    ),
    "never any more": ({"x-override": "never"}, {}, ["override-loosened"]),
    "never from now on": ({}, {"x-override": "never"}, []),
    "any of them instead of each": (
        {"x-override": ["marketing", "security"]},
        {"x-override": {"any-of": ["marketing", "security"]}},
        ["override-loosened"],
    ),
    "each of them instead of any": (
        {"x-override": {"any-of": ["marketing", "security"]}},
        {"x-override": ["marketing", "security"]},
        [],
    ),
    "one of them no longer": ({"x-override": {"any-of": ["marketing", "security"]}}, {"x-override": ["security"]}, []),
    "one more of whom any is enough": (
        {"x-override": ["marketing"]},
        {"x-override": {"any-of": ["marketing", "security"]}},
        ["override-loosened"],
    ),
    "a launch blocker": ({}, {"x-set": ["launch-blocker"]}, []),
    "no launch blocker any more": ({"x-set": ["launch-blocker"]}, {}, ["scope-narrowed"]),
    "a narrower scope": ({}, {"x-applies-to": {"properties": {"title": {"required": ["text"]}}}}, ["scope-narrowed"]),
    "a wider scope": ({"x-applies-to": {"properties": {"title": {"required": ["text"]}}}}, {}, []),
    "another fact that tells findings apart": ({}, {"x-what": "/title/text"}, ["rule-loosened"]),
    "a tighter limit": ({}, {"properties": {"title": {"properties": {"length": {"minimum": 12, "maximum": 60}}}}}, []),
    "a looser limit": (
        {},
        {"properties": {"title": {"properties": {"length": {"minimum": 10, "maximum": 80}}}}},
        ["rule-loosened"],
    ),
    "looser and dearer at once": (
        {"x-severity": "warning"},
        {"properties": {"title": {"properties": {"length": {"minimum": 5, "maximum": 60}}}}},
        ["rule-loosened"],
    ),
}


@pytest.mark.parametrize(("before", "after", "found"), POLICIES.values(), ids=POLICIES)
def test_policies(side: Side, title_length: Document, before: Document, after: Document, found: list[str]) -> None:
    base, head = (side(own={"seo/it": {**title_length, **keys}}) for keys in (before, after))
    assert kinds(base, head) == found


def test_a_policy_that_the_change_adds_is_no_weakening(side: Side, title_length: Document) -> None:
    assert kinds(side(), side(own={"seo/it": {**title_length, "x-status": "proposed"}})) == []


def test_a_policy_that_is_renamed_is_a_dropped_one(side: Side, title_length: Document) -> None:
    one = told(side(own={"seo/it": title_length}), side(own={"seo/other": title_length}))
    assert (one.kind, one.what, one.owner) == ("policy-dropped", "seo/it", "marketing")


def test_a_weakening_says_what_it_was_and_what_it_would_be(side: Side, title_length: Document) -> None:
    looser = {**title_length, "properties": {"title": {"properties": {"length": {"minimum": 10, "maximum": 80}}}}}
    one = told(side(own={"seo/it": title_length}), side(own={"seo/it": looser}))
    assert one.to_document() == {
        "kind": "rule-loosened",
        "file": "gonogo/policies/seo/it.json",
        "what": "seo/it",
        "before": "title.length.maximum: 60",
        "after": "title.length.maximum: 80",
        "owner": "marketing",
        "said": "seo/it: the rule may let more pass: title.length.maximum from 60 to 80.",
    }


def test_a_patch_that_weakens_a_shipped_policy_is_told_once_with_the_file_of_the_config(side: Side) -> None:
    patch = "policies: {use: [strict], change: {seo/title-length: {x-severity: info, x-owner: security}}}"
    found = compare(side("policies: {use: [strict]}"), side(patch))
    assert [(one.kind, one.file, one.owner) for one in found] == [
        ("severity-lowered", "gonogo.yaml", "marketing"),
        ("owner-changed", "gonogo.yaml", "marketing"),
    ]


def test_policies_that_go_with_their_set_are_told_as_one(side: Side) -> None:
    one = told(side("policies: {use: [strict]}"), side("policies: {use: []}"))
    assert (one.kind, one.before, one.after) == ("set-removed", '["strict"]', "[]")
    assert "leak/secrets" in one.said


def debt(day: date = date(2026, 11, 1), owner: str = "marketing") -> dict[str, Adopted]:
    return {"v1:0": Adopted("v1:0", "seo/it", "/a/", "x", day, owner)}


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({}, debt(), ["finding-adopted"]),
        (debt(), debt(), []),
        (debt(), {}, []),
        (debt(), debt(date(2026, 11, 20)), ["finding-adopted"]),
        (debt(), debt(date(2026, 10, 1)), []),
        (debt(), debt(owner="security"), ["finding-adopted"]),
    ],
    ids=["new debt", "the same", "less", "newer", "older", "of another owner"],
)
def test_old_debt(side: Side, before: Any, after: Any, found: list[str]) -> None:
    assert kinds(side(adopted=before), side(adopted=after)) == found


def test_new_debt_is_signed_for_by_the_owner_of_the_policy_whatever_the_file_is_called(
    side: Side, title_length: Document
) -> None:
    own = {"seo/it": title_length}
    assert told(side(own=own), side(own=own, adopted=debt(owner="security"))).owner == "marketing"


ENDS = ',valid-before="20270101Z"'
PEOPLE: dict[str, tuple[str, str, str, list[str]]] = {
    "one more role": ("people.yaml", "roles: [marketing]", "roles: [marketing, security]", ["people-changed"]),
    "a role less": ("people.yaml", "roles: [marketing]", "roles: []", []),
    "one more team": ("people.yaml", "roles: [marketing]", "roles: [marketing], teams: [web]", ["people-changed"]),
    "another account": ("people.yaml", "github: 1,", "github: 7,", ["people-changed"]),
    "an address less": ("people.yaml", "ana@example.com", "other@example.com", ["people-changed"]),
    "another name": ("people.yaml", "name: Ana", "name: Ana Silva", []),
    "one more person": (
        "people.yaml",
        "people:\n",
        "people:\n  eve: {name: Eve, emails: [eve@example.com], roles: [security]}\n",
        ["people-changed"],
    ),
    "a key that no longer ends": ("allowed_signers", ENDS, "", ["signer-added"]),
    "a key that ends later": ("allowed_signers", "20270101Z", "20280101Z", ["signer-added"]),
    "a key that ends sooner": ("allowed_signers", "20270101Z", "20261201Z", []),
    "no longer revoked": ("revoked_keys", "\nssh-", "\n# ssh-", ["revocation-removed"]),
}


@pytest.mark.parametrize(("file", "old", "new", "found"), PEOPLE.values(), ids=PEOPLE)
def test_people_and_keys(side: Side, people: Document, file: str, old: str, new: str, found: list[str]) -> None:
    name, namespace = f"gonogo/{file}", 'namespaces="sign-off@gonogo"'
    before = {**people, "gonogo/allowed_signers": people["gonogo/allowed_signers"].replace(namespace, namespace + ENDS)}
    assert old in before[name]
    after = {**before, name: before[name].replace(old, new, 1)}
    assert kinds(side(authority=authority(before)), side(authority=authority(after))) == found


ARBITER = "escalate: {arbiter: {after: 5, people: [ben]}}\n"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", ARBITER, ["people-changed"]),
        (ARBITER, ARBITER.replace("5", "2"), ["people-changed"]),
        (ARBITER, ARBITER.replace("ben", "ana"), ["people-changed"]),
        (ARBITER, ARBITER.replace("5", "9"), []),
        (ARBITER, "", []),
    ],
    ids=["somebody decides now", "earlier", "somebody else", "later", "nobody any more"],
)
def test_who_decides_where_owners_do_not_agree(
    side: Side, people: Document, before: str, after: str, found: list[str]
) -> None:
    name = "gonogo/people.yaml"
    sides = (side(authority=authority({**people, name: people[name] + each})) for each in (before, after))
    assert kinds(*sides) == found


def test_taking_a_revocation_away_is_a_weakening(side: Side, people: Document) -> None:
    base = replace(side(authority=authority(people)), revocations=frozenset({"abc"}))
    assert kinds(base, replace(base, revocations=frozenset())) == ["revocation-removed"]


def authority(files: Document) -> Authority | None:
    return read({name: files[f"gonogo/{name}"].encode() for name in FILES}, dict.fromkeys(FILES, "x"), None)


def test_a_new_key_for_a_person_is_a_weakening(side: Side, people: Document, public_key: Callable[[str], str]) -> None:
    more = f'ana namespaces="sign-off@gonogo" {public_key("eve")}\n'
    after = {**people, "gonogo/allowed_signers": people["gonogo/allowed_signers"] + more}
    assert kinds(side(authority=authority(people)), side(authority=authority(after))) == ["signer-added"]


def test_the_first_people_of_a_project_are_no_weakening(side: Side, people: Document) -> None:
    assert kinds(side(), side(authority=authority(people))) == []


def test_taking_all_files_of_people_away_is_a_weakening(side: Side, people: Document) -> None:
    assert kinds(side(authority=authority(people)), side()) == ["removed"]


def test_what_cannot_be_read_is_a_weakening_and_is_not_compared(side: Side) -> None:
    broken = Broken("policies", "gonogo/policies", "gonogo/policies/a.json: not JSON")
    head = replace(side(), policies=(), broken=(broken,))
    one = told(side(), head)
    assert (one.kind, one.file) == ("invalid", "gonogo/policies")


def test_every_kind_that_is_told_is_described() -> None:
    named = {kind for _, _, found in (*SETTINGS.values(), *POLICIES.values()) for kind in found}
    named |= {kind for *_, found in PEOPLE.values() for kind in found}
    assert named | {"finding-adopted", "removed", "invalid"} == set(KINDS)


def test_to_block_on_new_findings_only_is_weaker_than_to_block_on_all(side: Side) -> None:
    assert kinds(side("gate: all"), side("gate: new")) == ["setting-changed"]


def test_to_block_on_all_findings_is_no_weakening(side: Side) -> None:
    assert kinds(side("gate: new"), side("gate: all")) == []


def test_to_let_pull_requests_pass_by_the_review_gate_is_weaker(side: Side) -> None:
    assert kinds(side(), side("pull-request-gate: review")) == ["setting-changed"]


def test_to_let_them_pass_by_the_launch_gate_alone_is_not(side: Side) -> None:
    assert kinds(side("pull-request-gate: review"), side()) == []


def test_another_baseline_is_weaker(side: Side) -> None:
    assert kinds(side("baseline: baselines"), side("baseline: none")) == ["setting-changed"]
