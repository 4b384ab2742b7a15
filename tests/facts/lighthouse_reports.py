"""A report of Lighthouse, as small as the facts need it; built by tests."""

from __future__ import annotations

from typing import Any


def report(
    lcp: float = 1500.0,
    *,
    fcp: float = 900.0,
    interactive: float = 1600.0,
    cls: float = 0.0,
    speed: float = 1500.0,
    seo: tuple[tuple[str, float, float | None], ...] = (("document-title", 1.0, 1.0), ("is-crawlable", 4.0, 1.0)),
    **audits: dict[str, Any],
) -> dict[str, Any]:
    """Return a report; `seo` are its audits of that category: name, weight, score."""
    numbers = {
        "largest-contentful-paint": lcp,
        "first-contentful-paint": fcp,
        "total-blocking-time": 0.0,
        "cumulative-layout-shift": cls,
        "speed-index": fcp,
        "interactive": interactive,
    }
    found: dict[str, Any] = {
        name: {
            "title": name,
            "score": 1,
            "scoreDisplayMode": "numeric",
            "numericValue": value,
            "numericUnit": "millisecond",
        }
        for name, value in numbers.items()
    }
    found |= {name: {"title": name, "score": score, "scoreDisplayMode": "binary"} for name, _, score in seo}
    found |= {name.replace("_", "-"): audit for name, audit in audits.items()}
    total = sum(weight for _, weight, _ in seo)
    said = sum(weight * (score or 0) for _, weight, score in seo) / total
    return {
        "lighthouseVersion": "12.6.1",
        "audits": found,
        "categories": {
            "performance": {"score": 0.9, "auditRefs": [{"id": "interactive", "weight": 1}]},
            "seo": {"score": said, "auditRefs": [{"id": name, "weight": weight} for name, weight, _ in seo]},
        },
        "environment": {"benchmarkIndex": speed},
    }
