"""The JUnit report is valid for Jenkins, complete for a reader, and of bounded size."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from checks.report import junit
from checks.report.result import Result

With = Callable[..., Result]
Build = Callable[..., dict[str, Any]]
PROFILE = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit-10-profile.xsd")))
HOSTILE = ']]> <b> & " \x00\x1b \ud800 \uffff \r\n \u2028 :: ##[x]'


def written(result: Result, **how: Any) -> etree._Element:
    out = io.StringIO()
    junit.write(result, out, **how)
    root = etree.fromstring(out.getvalue().encode("utf-8"))
    PROFILE.assertValid(root)
    return root


def cases(root: etree._Element, suite: str) -> list[tuple[str | None, str]]:
    """Name of each case and the name of what it holds."""
    return [
        (case.get("name"), case[0].tag if len(case) else "")
        for case in root.iterfind(f"testsuite[@name='{suite}']/testcase")
    ]


def test_it_is_valid_with_hostile_text(bakery_with: With, finding: Build) -> None:
    one = finding(HOSTILE, HOSTILE, HOSTILE, title=HOSTILE, fix=HOSTILE, owner=HOSTILE, policy={"policy": HOSTILE})
    assert written(bakery_with(findings=lambda: iter([one]))) is not None


def test_what_blocks_is_a_failure_and_what_does_not_is_a_pass_with_its_text(bakery: Result) -> None:
    root = written(bakery)
    assert cases(root, "crawl/robots-disallow-all") == [("the site *", "failure")]
    assert cases(root, "seo/title-length")[0] == ("/about/ title", "system-out")


def test_what_is_signed_off_is_skipped(bakery: Result) -> None:
    assert cases(written(bakery), "leak/staging-references")[0][1] == "skipped"


def test_an_address_that_was_not_measured_is_an_error(bakery: Result) -> None:
    assert cases(written(bakery), "coverage") == [("/hang/ /hang/", "error")]


def test_an_error_policy_that_could_not_be_judged_is_an_error(bakery: Result) -> None:
    assert ("documents that lack facts", "error") in cases(written(bakery), "render/not-blank")


def test_a_policy_that_applied_to_nothing_is_skipped(bakery: Result) -> None:
    assert cases(written(bakery), "sec/hsts") == [("documents it applies to", "skipped")]


@pytest.mark.parametrize(
    ("verdict", "kind"), [("GO", "system-out"), ("NO-GO", "failure"), ("CANNOT TELL", "error"), ("", "error")]
)
def test_the_tests_are_green_only_with_a_go(verdict: str, kind: str, bakery_with: With) -> None:
    result = bakery_with(verdict={"verdict": verdict}, findings=lambda: iter(()))
    assert cases(written(result), "verdict") == [("verdict", kind)]


def test_the_sums_are_those_of_the_suites(bakery: Result) -> None:
    root = written(bakery)
    for name in ("tests", "failures", "errors"):
        assert int(root.get(name, "")) == sum(int(suite.get(name, "")) for suite in root)


def test_no_two_cases_of_a_suite_have_one_name(bakery_with: With, finding: Build) -> None:
    long = [finding("/", "a" * 300 + str(n)) for n in range(3)]
    names = [name for name, _kind in cases(written(bakery_with(findings=lambda: iter(long))), "seo/title-length")]
    assert len(names) == len(set(names))


def test_names_that_differ_only_in_what_can_not_be_seen_are_told_apart(bakery_with: With, finding: Build) -> None:
    alike = [finding("/", what) for what in ("a b", "a\tb", "a  b", "a b", "a b [0]")]
    names = [name for name, _kind in cases(written(bakery_with(findings=lambda: iter(alike))), "seo/title-length")]
    assert len(names) == len(set(names)) >= 5


def test_no_order_to_attach_a_file_of_the_runner_survives(bakery_with: With, finding: Build) -> None:
    order = "[[ATTACHMENT|/etc/passwd]] [[[attachment|a]] [[\x00ATTACHMENT|b]] [[\tATTACHMENT|c]]"
    told = finding(order, order, order, title=order, fix=order, owner=order, policy={"policy": order}, severity="info")
    blocks = {**told, "blocking": True, "fingerprint": "v1:" + "1" * 32}
    verdict = {"verdict": order, "reasons": [order], "policies": [{"id": order, "title": order, "why": order}]}
    for profile in ("jenkins", "gitlab"):
        out = io.StringIO()
        result = bakery_with(
            findings=lambda: iter([told, blocks]), verdict=verdict, sources=lambda _key: {"file": order}
        )
        junit.write(result, out, profile=profile)
        assert not re.search(r"\[\[\s*ATTACHMENT", out.getvalue(), re.IGNORECASE)


def test_gitlab_is_told_the_file_in_which_a_finding_can_be_mended(bakery_with: With) -> None:
    sources = {next(iter(bakery_with().findings()))["fingerprint"]: {"file": "content/_index.md", "line": 3}}
    out = io.StringIO()
    junit.write(bakery_with(sources=sources.get), out, profile="gitlab")
    root = etree.fromstring(out.getvalue().encode())
    files = [case.get("file") for case in root.iterfind("testsuite[@name='links/internal-broken']/testcase")]
    assert files == ["content/_index.md", "gonogo.yaml", "gonogo.yaml", "gonogo.yaml"]


def test_gitlab_is_told_the_same_but_for_the_files(bakery: Result) -> None:
    jenkins, gitlab = io.StringIO(), io.StringIO()
    junit.write(bakery, jenkins)
    junit.write(bakery, gitlab, profile="gitlab")
    assert re.sub(r' file="[^"]*"', "", gitlab.getvalue()) == jenkins.getvalue()


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=20), min_size=1, max_size=6))
def test_any_text_leaves_it_valid_with_unique_names(texts: list[str]) -> None:
    def one(number: int, text: str) -> dict[str, Any]:
        words = dict.fromkeys(("title", "severity", "owner", "page", "what", "message", "fix", "state"), text)
        return {**words, "policy": "a/b", "blocking": number % 2 == 0, "fingerprint": f"v1:{number % 2}"}

    found = [one(number, text) for number, text in enumerate(texts)]
    run = Result(
        verdict={"verdict": "NO-GO"},
        run={"started": texts[0]},
        findings=lambda: iter(found),
        coverage=lambda: iter(()),
    )
    names = [name for name, _kind in cases(written(run), "a/b")]
    assert len(names) == len(set(names)) == len(texts)


def test_findings_beyond_the_limit_are_counted_and_those_that_block_stay(bakery_with: With, finding: Build) -> None:
    many = [finding(f"/{n}/", blocking=n >= 15) for n in range(20)]
    found = cases(written(bakery_with(findings=lambda: iter(many)), cases_a_policy=8), "seo/title-length")
    assert [kind for _name, kind in found][:9] == ["system-out"] * 3 + ["failure"] * 5 + ["system-out"]
    assert found[8][0] == "findings left out"


def test_more_that_blocks_than_is_shown_is_a_failure_of_its_own(bakery_with: With, finding: Build) -> None:
    many = [finding(f"/{n}/", blocking=True) for n in range(20)]
    found = cases(written(bakery_with(findings=lambda: iter(many)), cases_a_policy=8), "seo/title-length")
    assert found[8] == ("findings left out", "failure")
