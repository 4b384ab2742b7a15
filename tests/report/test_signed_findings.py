"""A finding that somebody signed for, in each report: by whom, until when, why, and how it is left out."""

from __future__ import annotations

import io
import json

import pytest
from lxml import etree

from action import annotations as annotating
from checks.report import causes, junit, sarif, sign_offs
from tests.report.made_run import GAP, LINK, make_finding
from tests.report.signed_run import READ_BY_PEOPLE, REASON, TOLD, plain, result, signed, written


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
def test_a_finding_that_is_signed_off_says_by_whom_until_when_and_why(name: str) -> None:
    text = plain(written(name, result(signed(sign_off=TOLD))))
    assert f"signed off by Ana Silva until 2026-12-20: {REASON}" in text


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
def test_a_finding_that_is_covered_no_more_is_an_expired_override_of_its_owner(name: str) -> None:
    one = make_finding(LINK, "/", "x", "A link is broken.", state="expired", blocking=True, sign_off=TOLD)
    text = plain(written(name, result(one)))
    if name == "sarif":
        assert '"state": "expired"' in text
    else:
        assert "expired override of engineering: signed by Ana Silva" in text


def test_where_an_arbiter_decided_it_is_said() -> None:
    said = sign_offs.of_finding(signed(sign_off={**TOLD, "decided_by": "Dora Lind"}))
    assert "until 2026-12-20, decided by Dora Lind:" in said


def test_what_several_people_signed_for_in_one_cause_is_said_of_each() -> None:
    other = {**TOLD, "by": ["Ben Ito"]}
    found = [
        signed(sign_off=TOLD),
        {**signed(sign_off=other), "page": "/b/"},
        {**signed(sign_off=other), "page": "/c/"},
    ]
    (cause,) = causes.collect(lambda: iter(found), limit=5, pages=5).shown
    assert [said[:20] for said in cause.signed] == ["signed off by Ana Si", "signed off by Ben It"]


def test_in_junit_it_is_skipped_with_the_reason() -> None:
    out = io.StringIO()
    junit.write(result(signed(sign_off=TOLD)), out)
    (skipped,) = [
        one for one in etree.fromstring(out.getvalue().encode()).iter("skipped") if "Ana" in str(one.get("message"))
    ]
    assert skipped.get("message") == f"signed off by Ana Silva until 2026-12-20: {REASON}"


def test_in_sarif_it_is_suppressed_with_a_justification_or_left_out() -> None:
    ways: list[tuple[sarif.Waived, int]] = [(sarif.SUPPRESS, 1), (sarif.OMIT, 0)]
    for waived, number in ways:
        out = io.StringIO()
        sarif.write(result(signed(sign_off=TOLD)), out, waived=waived)
        results = json.loads(out.getvalue())["runs"][0]["results"]
        said = [one["suppressions"][0]["justification"] for one in results]
        assert said == [f"signed off by Ana Silva until 2026-12-20: {REASON}"] * number


def test_in_annotations_a_gap_that_somebody_signed_for_is_no_error() -> None:
    gap = make_finding(GAP, "/hang/", "/hang/", "Not measured.", reads="coverage", state="signed-off", sign_off=TOLD)
    (line,) = [one for one in annotating.lines(result({**gap, "blocking": False})) if "Not measured." in one]
    assert line.startswith("::warning ")
    assert f"Signed off by Ana Silva until 2026-12-20: {REASON}" in line


def test_in_code_quality_it_is_left_out_and_an_expired_one_is_not() -> None:
    expired = make_finding(LINK, "/", "x", "A link is broken.", state="expired", blocking=True, sign_off=TOLD)
    (one,) = json.loads(written("code-quality", result(signed(sign_off=TOLD), expired)))
    assert (one["check_name"], one["severity"]) == ("links/internal-broken", "critical")
