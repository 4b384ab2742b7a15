"""The JUnit report is valid for Jenkins, complete for a reader, and of bounded size."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
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


def test_findings_beyond_the_limit_are_counted_and_those_that_block_stay(bakery_with: With, finding: Build) -> None:
    many = [finding(f"/{n}/", blocking=n >= 15) for n in range(20)]
    found = cases(written(bakery_with(findings=lambda: iter(many)), cases_a_policy=8), "seo/title-length")
    assert [kind for _name, kind in found][:9] == ["system-out"] * 3 + ["failure"] * 5 + ["system-out"]
    assert found[8][0] == "findings left out"


def test_more_that_blocks_than_is_shown_is_a_failure_of_its_own(bakery_with: With, finding: Build) -> None:
    many = [finding(f"/{n}/", blocking=True) for n in range(20)]
    found = cases(written(bakery_with(findings=lambda: iter(many)), cases_a_policy=8), "seo/title-length")
    assert found[8] == ("findings left out", "failure")
