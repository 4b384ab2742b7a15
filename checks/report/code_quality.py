"""The findings as GitLab's code quality report (the format of Code Climate, as far as GitLab reads it).

In: a `Result`. Out: a JSON array, one entry a line, streamed. https://docs.gitlab.com/ci/testing/code_quality/

The widget of a merge request compares two such reports by fingerprint, shows what is new, and merges entries with one
fingerprint. So a finding that is signed off is left out (it is in every other report), and one that is accepted as
existing is at most minor: it is not what this change did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from checks.report.causes import is_gap, state
from checks.report.escape import json_text, visible
from checks.report.location import place_of
from checks.report.words import clip
from checks.report.worst import ranks, worst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document, Result

ENTRIES = 25_000
"""More than anybody reads; a report of this length has about 10 MB."""
_LONGEST = 1000  # characters of one text
_BY_SEVERITY = {"error": "critical", "warning": "major", "info": "info"}


def write(result: Result, out: TextIO, *, limit: int = ENTRIES) -> None:
    """Write the report to `out`, with at most `limit` entries; where that is not all, the worst."""

    def shown() -> Iterator[Document]:
        return (finding for finding in result.findings() if state(finding) != "signed-off")

    seen: set[str] = set()
    out.write("[")
    for finding in worst(shown, ranks(shown), limit):
        entry = _entry(finding, result)
        if entry["fingerprint"] in seen:
            continue
        out.write((",\n" if seen else "\n") + json_text(entry))
        seen.add(entry["fingerprint"])
    out.write("\n]\n" if seen else "]\n")


def _entry(finding: Document, result: Result) -> Document:
    file, line = place_of(finding, result)
    page = f"{finding['page']}: " if finding.get("page") else ""
    return {
        "description": clip(visible(f"{clip(page, 200)}{clip(str(finding.get('message', '')), _LONGEST)}"), _LONGEST),
        "check_name": visible(str(finding.get("policy", ""))),
        "fingerprint": visible(str(finding.get("fingerprint", ""))).rpartition(":")[2],
        "severity": severity(finding),
        "location": {"path": file, "lines": {"begin": line}},
    }


def severity(finding: Document) -> str:
    """Return what GitLab is told of how bad a finding is: info, minor, major, critical or blocker.

    What blocks the launch is critical, a blocker where it does so as old debt, too. What was not measured is critical.
    """
    if finding.get("proposed"):
        return "info"
    if finding.get("blocking"):
        return "blocker" if finding.get("launch_blocker") else "critical"
    told = "critical" if is_gap(finding) else _BY_SEVERITY.get(str(finding.get("severity")), "major")
    return "minor" if state(finding) == "existing" and told != "info" else told
