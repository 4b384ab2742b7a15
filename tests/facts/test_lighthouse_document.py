from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from checks import shapes
from checks.facts import lighthouse
from tests.facts.lighthouse_reports import report

ABOUT = lighthouse.About(
    url="https://www.example.com/about/",
    path="/about/",
    profile="phone",
    conditions={"throttling": "simulate", "cpu_slowdown": 4.0},
    versions={"lighthouse": "12.6.1"},
    noindex_expected=False,
)
NOINDEX = (("document-title", 1.0, 1.0), ("is-crawlable", 4.0, 0.0))


def holds(document: dict[str, Any]) -> bool:
    return jsonschema.Draft202012Validator(shapes.load("lighthouse")).is_valid(document)


def test_the_document_is_of_its_published_shape() -> None:
    document = lighthouse.document(ABOUT, [report(1500), report(1600), report(1700)])
    jsonschema.Draft202012Validator(shapes.load("lighthouse")).validate(document)
    assert document["measured"] == ["aggregate", "comparison", "runner"]


def test_a_page_that_was_not_measured_says_why_and_lists_nothing_as_measured() -> None:
    document = lighthouse.unmeasured(ABOUT, "Lighthouse did not end within 150 s")
    assert holds(document)
    assert (document["measured"], document["not_measured"]) == ([], "Lighthouse did not end within 150 s")


def test_the_median_of_the_runs_counts_and_the_spread_stands_beside_it() -> None:
    document = lighthouse.document(ABOUT, [report(1500), report(9000), report(1700)])
    found = document["aggregate"]["metrics"]["lcp_ms"]
    assert found == {"median": 1700.0, "least": 1500.0, "most": 9000.0, "iqr": 3750.0, "unstable": True}


def test_the_typical_run_is_the_one_nearest_to_the_medians_of_first_paint_and_interactivity() -> None:
    runs = [
        report(1, fcp=900, interactive=1500),
        report(2, fcp=1000, interactive=2000),
        report(3, fcp=2000, interactive=4000),
    ]
    assert lighthouse.typical_run(runs) is runs[1]


def test_a_page_that_is_meant_to_be_left_out_by_search_engines_is_scored_without_that_audit() -> None:
    declared = lighthouse.About(**{name: getattr(ABOUT, name) for name in ABOUT.__slots__} | {"noindex_expected": True})
    document = lighthouse.document(declared, [report(seo=NOINDEX)])
    assert document["aggregate"]["categories"]["seo"] == 1.0
    assert [one["audit"] for one in document["aggregate"]["left_out"]] == ["is-crawlable"]


def test_an_undeclared_noindex_counts() -> None:
    document = lighthouse.document(ABOUT, [report(seo=NOINDEX)])
    assert document["aggregate"]["categories"]["seo"] == 0.2


def test_robots_txt_that_lighthouse_could_not_fetch_is_no_fault_of_the_site() -> None:
    seo = (("document-title", 1.0, 1.0), ("robots-txt", 1.0, 0.0))
    assert lighthouse.document(ABOUT, [report(seo=seo)])["aggregate"]["categories"]["seo"] == 1.0


def test_robots_txt_with_faults_counts() -> None:
    seo = (("document-title", 1.0, 1.0), ("robots-txt", 1.0, 0.0))
    faulty = {"title": "robots.txt", "score": 0, "scoreDisplayMode": "binary", "details": {"items": [{"index": "3"}]}}
    assert lighthouse.document(ABOUT, [report(seo=seo, robots_txt=faulty)])["aggregate"]["categories"]["seo"] == 0.5


def below_floor(document: dict[str, Any]) -> list[tuple[str, float | None]]:
    return [(one["audit"], one["score"]) for one in document["aggregate"]["below_floor"]]


def test_an_audit_of_the_floor_that_fails_in_most_runs_is_below_it() -> None:
    document = lighthouse.document(ABOUT, [report(seo=NOINDEX), report(), report(seo=NOINDEX)])
    assert below_floor(document) == [("is-crawlable", 0.0)]


def test_what_is_left_out_of_the_scores_is_left_out_of_the_floor() -> None:
    declared = lighthouse.About(**{name: getattr(ABOUT, name) for name in ABOUT.__slots__} | {"noindex_expected": True})
    assert below_floor(lighthouse.document(declared, [report(seo=NOINDEX)])) == []


def test_an_audit_of_the_floor_that_broke_down_has_not_passed() -> None:
    broken = {"title": "HTTPS", "score": None, "scoreDisplayMode": "error"}
    assert below_floor(lighthouse.document(ABOUT, [report(is_on_https=broken)])) == [("is-on-https", None)]


def test_scores_of_other_categories_come_from_the_whole_report_where_runs_were_timings_only() -> None:
    timings = [report(lcp) for lcp in (1500, 1600, 1700)]
    for one in timings:
        one["categories"] = {}
        del one["audits"]["speed-index"]
    document = lighthouse.document(ABOUT, timings, [report(9000)])
    assert document["aggregate"]["categories"] == {"performance": 0.9, "seo": 1.0}
    assert document["aggregate"]["metrics"]["lcp_ms"]["median"] == 1600.0


@pytest.mark.parametrize(("speeds", "steady"), [((1500, 1500, 1600), True), ((1500, 900, 1600), False)])
def test_a_machine_that_changes_its_speed_is_told(speeds: tuple[float, ...], steady: bool) -> None:
    document = lighthouse.document(ABOUT, [report(speed=one) for one in speeds])
    assert document["runner"]["steady"] is steady


def test_hostile_texts_of_audits_are_cut_and_can_be_written() -> None:
    audit = {"title": "\ud800" * 500, "score": None, "scoreDisplayMode": "informative", "displayValue": "x" * 500}
    found = lighthouse.document(ABOUT, [report(evil=audit)])["aggregate"]["audits"]["evil"]
    assert len(found["title"]) == len(found["display"]) == 200
    assert found["title"].encode()
