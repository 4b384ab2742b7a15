"""Which changes of gonogo.yaml weaken the gate, and which do not."""

from __future__ import annotations

import pytest

from tests.trust.sides import Side, kinds

EXCLUDE = "exclude: [{{page: {page}, why: {why}, owner: {owner}, until: {until}}}]"


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
def test_a_setting_is_weaker_where_it_lets_more_pass(side: Side, before: str, after: str, found: list[str]) -> None:
    assert kinds(side(before), side(after)) == found


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
