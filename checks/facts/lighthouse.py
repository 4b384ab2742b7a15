"""Reports of Lighthouse -> the `lighthouse` document of a page: medians, spread, and the run that is most like all.

In: the reports of one page under one profile, and what they were measured under. Out: a document. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, Final

from checks.facts.texts import clip, well_formed

Report = Mapping[str, Any]
Document = dict[str, Any]

AUDIT_BY_METRIC: Final = {
    "lcp_ms": "largest-contentful-paint",
    "fcp_ms": "first-contentful-paint",
    "tbt_ms": "total-blocking-time",
    "cls": "cumulative-layout-shift",
    "si_ms": "speed-index",
}
"""Name of a metric in documents -> Lighthouse's audit."""
UNSTABLE: Final = 0.3
"""Share of the median above which the spread says that a figure means little."""
STEADY: Final = 0.15
"""Share by which the speed of the machine may change while it measures."""
FLOOR: Final = (
    "document-title",
    "errors-in-console",
    "http-status-code",
    "is-crawlable",
    "is-on-https",
    "viewport",
    "viewport-insight",
)
"""Audits that a page which is fit to be published passes; Lighthouse's versions have one viewport or the other."""
_UNSCORED: Final = frozenset({"notApplicable", "informative", "manual", "error"})
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class About:
    """Which page was measured, and how."""

    url: str
    path: str
    profile: str
    conditions: Mapping[str, Any]
    """Throttling and screen, as the document holds them."""
    versions: Mapping[str, str]
    noindex_expected: bool
    """Whether the project says that search engines are meant to leave this page out."""


def document(
    about: About,
    reports: Sequence[Report],
    whole: Sequence[Report] = (),
    comparison: Mapping[str, Any] | None = None,
) -> Document:
    """Return the document of a page that was measured.

    `whole` are reports with all categories, where `reports` have timings only; `comparison` where there is a baseline.
    """
    whole = whole or reports
    typical = typical_run(whole)
    left_out = _left_out(typical, about)
    return {
        **_identity(about),
        "aggregate": {
            "runs": len(reports),
            "metrics": {
                name: _spread([_value(one, audit) for one in _having(audit, reports) or whole], name)
                for name, audit in AUDIT_BY_METRIC.items()
            },
            "categories": {
                name: _median_score([score(one, name, left_out) for one in whole])
                for name in sorted(typical["categories"])
            },
            "audits": {name: _audit(name, whole, typical) for name in sorted(typical["audits"])},
            "below_floor": list(_below_floor(whole, left_out)),
            "left_out": [{"audit": name, "why": left_out[name]} for name in sorted(left_out)],
        },
        "runner": _runner(reports),
        "comparison": None if comparison is None else dict(comparison),
        "measured": ["aggregate", "comparison", "runner"],
    }


def unmeasured(about: About, why: str) -> Document:
    """Return the document of a page that should have been measured and was not: every policy on it cannot tell."""
    return {**_identity(about), "measured": [], "not_measured": clip(well_formed(why), _LONGEST)}


def metrics(report: Report) -> dict[str, float]:
    """Return the timings (ms) and the layout shift of one run, as far as it has them."""
    return {name: _value(report, audit) for name, audit in AUDIT_BY_METRIC.items() if audit in report["audits"]}


def typical_run(reports: Sequence[Report]) -> Report:
    """Return the run nearest to the medians of first paint and interactivity: Lighthouse's own rule.

    https://github.com/GoogleChrome/lighthouse/blob/v12.6.1/core/lib/median-run.js
    """
    places = [(_value(one, "first-contentful-paint"), _value(one, "interactive")) for one in reports]
    paint, interactive = median(one[0] for one in places), median(one[1] for one in places)
    far = [(first - paint) ** 2 + (then - interactive) ** 2 for first, then in places]
    return reports[far.index(min(far))]


def score(report: Report, category: str, without: Mapping[str, str]) -> float | None:
    """Return the score (0 to 1) of a category, as Lighthouse weighs it, without some of its audits."""
    if not any(ref["id"] in without for ref in report["categories"][category]["auditRefs"]):
        said: float | None = report["categories"][category]["score"]
        return said
    weighed = [
        (ref["weight"], audit["score"])
        for ref in report["categories"][category]["auditRefs"]
        if ref["id"] not in without and _counts(audit := report["audits"][ref["id"]])
    ]
    total = sum(weight for weight, _ in weighed)
    return round(sum(weight * each for weight, each in weighed) / total, 2) if total else None


def _identity(about: About) -> Document:
    return {
        "kind": "lighthouse",
        "url": about.url,
        "path": about.path,
        "profile": about.profile,
        "conditions": dict(about.conditions),
        "versions": dict(about.versions),
        "config": {},
        "expect": {"noindex": about.noindex_expected},
    }


def _left_out(report: Report, about: About) -> dict[str, str]:
    """Return the audits whose answer in the lab says nothing about the site -> why."""
    found = {}
    if about.noindex_expected and "is-crawlable" in report["audits"]:
        found["is-crawlable"] = "the project declares that this page is not to be indexed"
    robots = report["audits"].get("robots-txt", {})
    if robots.get("score") == 0 and not (robots.get("details") or {}).get("items"):
        found["robots-txt"] = "Lighthouse could not fetch robots.txt here; crawl/robots-valid judges it"
    return found


def _having(audit: str, reports: Sequence[Report]) -> list[Report]:
    return [one for one in reports if audit in one["audits"]]


def _counts(audit: Mapping[str, Any]) -> bool:
    return audit["scoreDisplayMode"] not in _UNSCORED and audit["score"] is not None


def _value(report: Report, audit: str) -> float:
    return float(report["audits"][audit]["numericValue"])


def _spread(values: Sequence[float], name: str) -> dict[str, Any]:
    places = 4 if name == "cls" else 1
    middle = median(values)
    between = 0.0
    if len(values) > 1:
        lower, _, upper = quantiles(values, n=4, method="inclusive")
        between = upper - lower
    return {
        "median": round(middle, places),
        "least": round(min(values), places),
        "most": round(max(values), places),
        "iqr": round(between, places),
        "unstable": bool(middle) and between > UNSTABLE * middle,
    }


def _median_score(scores: Sequence[float | None]) -> float | None:
    known = [one for one in scores if one is not None]
    return round(median(known), 3) if known and len(known) == len(scores) else None


def _audit(name: str, reports: Sequence[Report], typical: Report) -> Document:
    found = [one["audits"].get(name, {}) for one in reports]
    shown = typical["audits"][name]
    values = [float(one["numericValue"]) for one in found if isinstance(one.get("numericValue"), int | float)]
    display = shown.get("displayValue")
    return {
        "title": clip(well_formed(str(shown.get("title", name))), _LONGEST),
        "score": _median_score([one.get("score") for one in found]),
        "mode": str(shown.get("scoreDisplayMode", "")),
        "value": round(median(values), 4) if len(values) == len(found) else None,
        "unit": shown.get("numericUnit"),
        "display": clip(well_formed(str(display)), _LONGEST) if display else None,
    }


def _below_floor(reports: Sequence[Report], left_out: Mapping[str, str]) -> Iterator[Document]:
    """Give the audits of the floor that do not pass in most runs; one that broke down passes nothing."""
    for name in FLOOR:
        found = [one["audits"][name] for one in reports if name in one["audits"] and name not in left_out]
        scores = [one.get("score") for one in found if _counts(one)]
        broken = any(one["scoreDisplayMode"] == "error" for one in found)
        if broken or (scores and median(scores) < 1):
            title = clip(well_formed(str(found[0].get("title", name))), _LONGEST)
            yield {"audit": name, "title": title, "score": None if broken else median(scores)}


def _runner(reports: Sequence[Report]) -> Document:
    speeds = [float(one["environment"]["benchmarkIndex"]) for one in reports]
    middle = median(speeds)
    return {
        "benchmark_index": round(middle, 1),
        "steady": max(speeds) - min(speeds) <= 2 * STEADY * middle,
    }
