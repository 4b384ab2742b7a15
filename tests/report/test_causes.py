"""One fault on many pages is one cause, worst first, and what is left out is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from checks.report import causes

Build = Callable[..., dict[str, Any]]


def test_a_fault_on_many_pages_is_one_cause(finding: Build) -> None:
    found = causes.collect(lambda: (finding(f"/{page}/") for page in range(50)), limit=5, pages=3)
    assert [(cause.count, cause.page_count, cause.pages) for cause in found.shown] == [(50, 50, ["/0/", "/1/", "/2/"])]


def test_several_findings_of_a_cause_on_one_page_are_one_page(finding: Build) -> None:
    found = causes.collect(lambda: iter([finding("/a/", f"img {n}", cause="c1:0") for n in range(3)]), limit=5, pages=3)
    assert (found.shown[0].count, found.shown[0].page_count) == (3, 1)


def test_what_blocks_comes_first_then_what_is_new_then_what_is_on_more_pages(finding: Build) -> None:
    findings = [
        finding("/", "info", severity="info"),
        finding("/", "rare"),
        *(finding(f"/{page}/", "often") for page in range(3)),
        finding("/", "signed", severity="error", state="signed-off"),
        finding("/", "proposed", severity="error", proposed=True),
        finding("/", "old", severity="error", state="existing"),
        finding("/", "blocks", severity="error", blocking=True),
    ]
    found = causes.collect(lambda: iter(findings), limit=10, pages=1)
    names = [cause.first["what"] for cause in found.shown]
    assert names == ["blocks", "often", "rare", "info", "old", "signed", "proposed"]


def test_of_what_blocks_a_launch_blocker_comes_first_on_however_few_pages_it_is(finding: Build) -> None:
    findings = [
        *(finding(f"/{page}/", "often", severity="error", blocking=True) for page in range(3)),
        finding(None, "password", severity="error", blocking=True, launch_blocker=True),
    ]
    found = causes.collect(lambda: iter(findings), limit=1, pages=1)
    assert [cause.first["what"] for cause in found.shown] == ["password"]


def test_of_equals_what_puts_more_clicks_at_risk_comes_first_on_however_few_pages_it_is(finding: Build) -> None:
    worth = {"clicks": 900, "conversions": 0}
    findings = [
        *(finding(f"/{page}/", "often", severity="error", blocking=True) for page in range(3)),
        finding("/sold/", "valued", severity="error", blocking=True, worth=worth),
        finding("/info/", "mild", severity="info", worth={"clicks": 90_000, "conversions": 1}),
    ]
    found = causes.collect(lambda: iter(findings), limit=3, pages=1)
    assert [cause.first["what"] for cause in found.shown] == ["valued", "often", "mild"]


def test_each_page_of_a_cause_counts_once_in_what_is_at_risk(finding: Build) -> None:
    worth = {"clicks": 10, "conversions": 2}
    pages = ["/a/", "/a/", "/b/"]
    findings = [finding(page, f"img {n}", cause="c1:0", worth=worth) for n, page in enumerate(pages)]
    [cause] = causes.collect(lambda: iter(findings), limit=5, pages=3).shown
    assert (cause.clicks, cause.conversions) == (20, 4)


def test_a_cause_is_as_bad_as_its_worst_finding(finding: Build) -> None:
    mild, bad = finding("/a/", state="existing"), finding("/b/", severity="error", blocking=True)
    found = causes.collect(lambda: iter([mild, bad]), limit=10, pages=1)
    assert (found.shown[0].rank, found.shown[0].states) == (0, {"existing": 1, "new": 1})


def test_what_is_left_out_is_counted(finding: Build) -> None:
    found = causes.collect(
        lambda: (finding("/", f"link {n}", blocking=n % 2 == 0) for n in range(143)), limit=20, pages=1
    )
    assert (len(found.shown), found.total, found.left_out, found.blocking) == (20, 143, 123, 72)


def test_a_finding_without_a_page_is_about_the_site(finding: Build) -> None:
    found = causes.collect(lambda: iter([finding(None)]), limit=1, pages=1)
    assert (found.shown[0].page_count, found.shown[0].pages) == (0, [])


def test_gaps_in_the_coverage_are_causes_only_where_they_are_asked_for(finding: Build) -> None:
    def gaps() -> Iterator[dict[str, Any]]:
        yield finding("/", reads="coverage")

    assert causes.collect(gaps, limit=1, pages=1).total == 0
    assert causes.collect(gaps, limit=1, pages=1, gaps=True).total == 1


@pytest.mark.parametrize("number", [0, 1, 3])
def test_no_more_findings_are_held_than_pages_were_asked_for(number: int, finding: Build) -> None:
    found = causes.collect(lambda: (finding(f"/{page}/") for page in range(9)), limit=1, pages=number)
    assert len(found.shown[0].samples) == number
