from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.answers import Violation
from checks.facts.csp import assess
from checks.facts.csp_text import parse_csp
from checks.facts.look import Site
from checks.facts.page_settings import PageSettings
from checks.facts.visit import InPage

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

SITE = Site(PageSettings("https://www.bakery.co", first_party_domains=frozenset({"bakery.co"})))
IN_PAGE = InPage("CSS1Compat", 300, 0.3, 0, 412, 823)


def judged(*policies: str, metas: tuple[str, ...] = ()) -> dict[str, Any]:
    return assess(policies, metas, SITE)


def names(found: list[dict[str, Any]], key: str) -> list[str]:
    return [one[key] for one in found]


def test_names_of_directives_are_read_whatever_their_case_and_white_space() -> None:
    assert parse_csp("\tDefault-SRC  'self'\n  a.example ;; ").directives == {"default-src": ["'self'", "a.example"]}


def test_of_a_directive_that_stands_twice_the_first_counts_and_the_second_is_told() -> None:
    policy = parse_csp("img-src 'self'; img-src *")
    assert (policy.directives, list(policy.faults)) == ({"img-src": ["'self'"]}, ["img-src"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("default-src self", ["self"]),
        ("defualt-src 'self'", ["defualt-src"]),
        ("default-src 'self' script-src 'none'", ["default-src 'none'", "script-src"]),
        ("script-src 'unsafe-everything'", ["'unsafe-everything'"]),
        ("script-src nonce-abcdefgh", ["nonce-abcdefgh"]),
        ("script-src 'nonce-short'", ["'nonce-short'"]),
        ("img-src 'none' a.example", ["img-src 'none'"]),
        ("script-src 'SELF' 'Strict-Dynamic' 'nonce-abcdefgh12' data: https://*.a.example:*/x/", []),
        ("sandbox allow-scripts; upgrade-insecure-requests; report-to self", []),
    ],
)
def test_what_browsers_do_not_take_as_it_was_meant_is_told(text: str, told: list[str]) -> None:
    assert names(judged(text)["syntax"], "written") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("img-src 'self'", ["script-src"]),
        ("script-src *", ["*"]),
        ("default-src https: data:", ["data:", "https:"]),
        ("script-src 'unsafe-inline' 'unsafe-eval'", ["'unsafe-eval'", "'unsafe-inline'"]),
        ("script-src 'unsafe-inline' 'sha256-AAAA'", []),
        ("script-src 'strict-dynamic' https: 'unsafe-inline' 'sha256-AAAA'", []),
        ("script-src 'strict-dynamic'", ["'strict-dynamic'"]),
        ("script-src 'nonce-abcdefgh12'", ["'nonce-abcdefgh12'"]),
        ("default-src *; script-src 'self'", []),
        ("script-src *; script-src-elem 'self'", []),
    ],
)
def test_a_policy_that_lets_foreign_scripts_in_is_told(text: str, told: list[str]) -> None:
    assert names(judged(text)["script_findings"], "source") == told


def test_a_weakness_counts_where_every_policy_has_it() -> None:
    assert judged("script-src *, script-src 'self'")["script_findings"] == []
    assert names(judged("script-src *", metas=("script-src * data:",))["script_findings"], "source") == ["*"]


def test_what_one_policy_lays_down_is_not_missing() -> None:
    assert judged("default-src 'none'")["missing"] == ["base-uri", "form-action"]
    assert judged("default-src 'none'", metas=("base-uri 'self'; form-action 'self'",))["missing"] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("script-src https://cdn.jsdelivr.net", ["cdn.jsdelivr.net"]),
        ("script-src https://d1.cloudfront.net:443/", ["d1.cloudfront.net"]),
        ("script-src https://cdn.jsdelivr.net/npm/oven@1/oven.js", []),
        ("script-src 'strict-dynamic' 'sha256-AAAA' https://cdn.jsdelivr.net", []),
        ("img-src https://cdn.jsdelivr.net; script-src 'self'", []),
    ],
)
def test_hosts_from_which_anybodys_scripts_come_are_told(text: str, told: list[str]) -> None:
    assert names(judged(text)["open_hosts"], "host") == told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("http://localhost:3000", ["localhost"]),
        ("ws://127.0.0.1:*", ["127.0.0.1"]),
        ("*.staging.bakery.co", ["*.staging.bakery.co"]),
        ("https://cdn.bakery.co", []),
        ("https://staging.others.com", []),
        ("'self'", []),
    ],
)
def test_hosts_of_other_environments_are_told(source: str, told: list[str]) -> None:
    assert names(judged(f"connect-src {source}")["hosts"], "host") == told


@given(st.text(max_size=200))
def test_any_text_is_a_policy(text: str) -> None:
    assert set(judged(text, metas=(text,))) == {"syntax", "script_findings", "missing", "open_hosts", "hosts"}


def test_a_hash_is_matched_by_an_inline_script_or_an_integrity_attribute(document_of: DocumentOf) -> None:
    digest = base64.b64encode(hashlib.sha256(b"bake()").digest()).decode()
    policy = f"script-src 'sha256-{digest}' 'sha384-ABCD' 'sha256-EFGH'"
    body = "<script>bake()</script><script src=/a.js integrity='sha384-ABCD'></script>"
    found = document_of(body, headers=(("Content-Security-Policy", policy),))["security"]["csp"]["hashes"]
    assert {one["hash"]: one["matched"] for one in found} == {
        f"sha256-{digest}": True,
        "sha384-ABCD": True,
        "sha256-EFGH": False,
    }


def test_violations_are_told_once_for_each_kind_with_their_party(document_of: DocumentOf) -> None:
    seen = (
        Violation("script-src-elem", "inline", enforced=True, sample="bake()"),
        Violation("script-src-elem", "inline", enforced=False),
        Violation("img-src", "https://ads.others.com/p.gif", enforced=True),
    )
    in_page = InPage("CSS1Compat", 300, 0.3, 0, 412, 823, violations=seen)
    found = document_of("<p>x", in_page=in_page)["csp_violations"]
    assert [(one["blocked"], one["party"], one["allowed"], one["enforced"]) for one in found] == [
        ("https://ads.others.com/p.gif", "third", False, True),
        ("inline", "first", True, True),
    ]


def test_a_policy_that_no_browser_takes_is_told_and_not_read_to_its_end() -> None:
    policy = "img-src " + " ".join(f"https://h{number}.localhost" for number in range(200_000))
    found = judged(policy)
    assert names(found["syntax"], "written") == ["Content-Security-Policy"]
    assert len(found["hosts"]) == 100
