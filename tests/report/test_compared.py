"""Every report says what was compared, and what is new, existing and fixed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from checks.report import compared
from checks.report.formats import WRITERS
from checks.report.result import Result

With = Callable[..., Result]
Build = Callable[..., dict[str, Any]]
PAGES = {"added": 1, "removed": 2, "moved": 3, "changed": 40, "same": 1_200}


@pytest.fixture
def compared_run(bakery: Result, bakery_with: With, finding: Build) -> Result:
    """Return a run with a baseline: one finding is new, one was there before, one is fixed."""
    verdict = {
        **bakery.verdict,
        "compared": {"baseline": "baselines", "pages": PAGES, "fixed": 1},
        "counts": {**bakery.verdict["counts"], "new": 1, "existing": 1, "signed_off": 0, "expired": 0},
    }
    found = [finding("/a/", "new"), finding("/b/", "old", state="existing")]
    fixed = [finding("/c/", "gone", state="fixed")]
    return bakery_with(verdict=verdict, findings=lambda: iter(found), fixed=lambda: iter(fixed))


def written(result: Result, name: str) -> str:
    out = io.StringIO()
    WRITERS[name](result, out)
    return out.getvalue()


def test_it_is_told_what_became_of_the_pages_and_of_the_findings(compared_run: Result) -> None:
    assert compared.sections(compared_run) == [
        (
            "Compared with what is live",
            [
                "baselines: 1 added, 2 removed, 3 moved, 40 changed, 1,200 same (pages)",
                "Findings: 1 new, 1 existing, 1 fixed",
                "fixed: seo/title-length (1 finding, the first on /c/)",
            ],
        )
    ]


def test_without_a_baseline_there_is_nothing_to_tell(bakery: Result) -> None:
    assert compared.sections(bakery) == []


def test_pages_that_were_not_all_measured_are_not_counted(compared_run: Result, bakery_with: With) -> None:
    verdict = {**compared_run.verdict, "compared": {"baseline": "baselines", "pages": None, "fixed": 0}}
    (_, (first, *_)) = compared.sections(bakery_with(verdict=verdict))[0]
    assert first == "baselines: not every page of both sides was measured"


@pytest.mark.parametrize("name", ["text", "markdown", "html", "junit"])
def test_every_report_for_people_tells_it(compared_run: Result, name: str) -> None:
    assert "1 new, 1 existing, 1 fixed" in written(compared_run, name)


def test_sarif_says_of_each_result_whether_it_was_there_before(compared_run: Result) -> None:
    results = json.loads(written(compared_run, "sarif"))["runs"][0]["results"]
    assert [one["baselineState"] for one in results] == ["new", "unchanged"]


def test_sarif_says_nothing_of_it_without_a_baseline(bakery: Result) -> None:
    results = json.loads(written(bakery, "sarif"))["runs"][0]["results"]
    assert not [one for one in results if "baselineState" in one]


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_what_is_fixed_is_hostile_text_as_well(
    compared_run: Result, bakery_with: With, finding: Build, name: str
) -> None:
    fixed = [finding("/<script>alert(1)</script>\x1b[31m", "gone", state="fixed")]
    report = written(bakery_with(verdict=compared_run.verdict, fixed=lambda: iter(fixed)), name)
    assert "fixed:" in report
    assert "\x1b" not in report
    assert name == "text" or "<script>alert" not in report
