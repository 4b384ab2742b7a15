"""gonogo.sarif: the findings for code scanning, as SARIF 2.1.0.

In: a `Result`. Out: one JSON document, results one a line, streamed. It stays within what code scanning takes
(docs.github.com, "SARIF support for code scanning"): 25,000 results, of which the worst stay; texts of rules up to
1,024 characters; never an empty string; one location each, with a region. Rules are made in sarif_rules.py.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from checks.report import ledger, poll
from checks.report.causes import rank, state
from checks.report.escape import json_value, sarif_text, visible_lines
from checks.report.sarif_rules import LEVELS, rule
from checks.report.words import clip, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document, Result

RESULTS = 25_000
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FAILED_SHOWN = 100
_LONGEST = 1000  # characters of one message
_TOLD = ("state", "blocking", "owner", "what", "value", "limit", "cause")
_CONFIG = "gonogo.yaml"  # findings about the site have no file of their own, and a location must be


_OCTET = re.compile("(%[0-9A-Fa-f]{2})")


@dataclass(slots=True)
class _Survey:
    """What must be known before the first result is written."""

    first: dict[str, Document] = field(default_factory=dict)
    """The first finding of each policy."""
    ranks: dict[int, int] = field(default_factory=dict)
    """How many findings have each rank (see causes.rank)."""

    @property
    def total(self) -> int:
        return sum(self.ranks.values())


def write(result: Result, out: TextIO, *, limit: int = RESULTS) -> None:
    """Write the report to `out`, with at most `limit` results."""
    survey = _surveyed(result)
    rules = _rules(result, survey)
    opening: dict[str, Any] = {
        "automationDetails": {"id": f"gonogo/{sarif_text(str(result.verdict.get('site') or 'site'))}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(result, survey.total - limit)],
        "properties": {"verdict": result.verdict.get("verdict"), "counts": result.verdict.get("counts", {})},
    }
    index = {one["id"]: number for number, one in enumerate(rules)}
    version = sarif_text(str(result.run.get("gonogo") or "0"))
    out.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n')
    out.write(f'"tool": {{"driver": {{"name": "gonogo", "version": {_json(version)}, "rules": [\n')
    out.write(",\n".join(_json(one) for one in rules))
    out.write(f'\n]}}}},\n{_json(opening)[1:-1]},\n"results": [')
    for number, finding in enumerate(_chosen(result, survey, limit)):
        out.write("\n" if number == 0 else ",\n")
        out.write(_json(_result(finding, result, index)))
    out.write("\n]}]}\n")


def _json(value: Any) -> str:
    return json.dumps(json_value(value), ensure_ascii=False)


def _surveyed(result: Result) -> _Survey:
    survey = _Survey()
    for finding in result.findings():
        survey.first.setdefault(str(finding.get("policy")), finding)
        survey.ranks[rank(finding)] = survey.ranks.get(rank(finding), 0) + 1
    return survey


def _rules(result: Result, survey: _Survey) -> list[dict[str, Any]]:
    judged = {str(policy.get("id")): policy for policy in result.verdict.get("policies", ())}
    names = [*judged, *sorted(survey.first.keys() - judged.keys())]
    return [
        rule(name, judged.get(name, {}), result.policies.get(name, {}), survey.first.get(name, {})) for name in names
    ]


def _invocation(result: Result, left_out: int) -> dict[str, Any]:
    covered = ledger.read(result.coverage(), _FAILED_SHOWN)
    said = [
        f"{line.get('path', '')} was not measured: {line.get('why') or 'no reason given'}"
        for line in covered.shown["failed"]
    ]
    if covered.left_out("failed"):
        said.append(f"{covered.left_out('failed'):,} more were not measured.")
    if left_out > 0:
        said.append(f"{count(left_out, 'finding')} left out here; findings.jsonl has all.")
    if result.verdict.get("verdict") == "CANNOT TELL":
        said += poll.sentences(result.verdict)
    return {
        "executionSuccessful": result.verdict.get("verdict") != "CANNOT TELL",
        "exitCode": int(result.verdict.get("exit_code", 0)),
        "toolExecutionNotifications": [
            {"level": "warning", "message": {"text": sarif_text(clip(text, _LONGEST))}} for text in said
        ],
    }


def _chosen(result: Result, survey: _Survey, limit: int) -> Iterator[Document]:
    """Yield at most `limit` findings: all in their order, or, where that is too many, rank by rank."""
    if survey.total <= limit:
        yield from result.findings()
        return
    for wanted in sorted(survey.ranks):
        for finding in result.findings():
            if limit <= 0:
                return
            if rank(finding) == wanted:
                limit -= 1
                yield finding


def _result(finding: Document, result: Result, index: dict[str, int]) -> dict[str, Any]:
    fingerprint = str(finding.get("fingerprint", ""))
    policy = str(finding.get("policy"))
    made: dict[str, Any] = {
        "ruleId": sarif_text(policy),
        "ruleIndex": index[sarif_text(policy)],
        "level": "note" if finding.get("proposed") else LEVELS.get(str(finding.get("severity")), "warning"),
        "message": {"text": sarif_text(clip(str(finding.get("message", "")), _LONGEST))},
        "locations": [_location(finding, result)],
        # Code scanning follows an alert by this one alone; the number after the colon tells equal lines apart.
        "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint.rpartition(':')[2] or '0'}:1"},
        "properties": {key: finding[key] for key in _TOLD if finding.get(key) not in (None, "")},
    }
    if state(finding) == "signed-off":
        made["suppressions"] = [{"kind": "external", "status": "accepted"}]
    return made


def _location(finding: Document, result: Result) -> dict[str, Any]:
    site, page = str(result.verdict.get("site") or ""), finding.get("page")
    snippet = result.snippets(str(finding.get("fingerprint", "")))
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": built_file(str(page)) if page else _CONFIG},
            "region": _region(snippet),
        },
        "logicalLocations": [
            {"fullyQualifiedName": sarif_text(f"{site}{page or ''}"), "kind": "page" if page else "site"}
        ],
    }


def _region(snippet: Document | None) -> dict[str, Any]:
    if not snippet:
        return {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    text = visible_lines(clip(str(snippet.get("text", "")), _LONGEST))
    line, column = max(1, int(snippet.get("line", 1))), max(1, int(snippet.get("column", 1)))
    region = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + len(text.split("\n")[0])}
    return {**region, "snippet": {"text": text}} if text else region


def built_file(path: str) -> str:
    """Return the file of a build that a page's production path most likely comes from, as a relative URI.

    "/shop/" is shop/index.html, "/about" is about.html, "/a.html?x=1" is a.html.
    """
    plain = path.split("?", 1)[0].split("#", 1)[0].lstrip("/")
    if plain.endswith("/") or not plain:
        plain += "index.html"
    elif "." not in plain.rpartition("/")[2]:
        plain += ".html"
    # Percent-encoded octets stay as they are. A colon is encoded: in the first segment it would end a scheme.
    return "".join(
        piece if _OCTET.fullmatch(piece) else quote(piece, safe="/!$&'()*+,;=@~-._")
        for piece in _OCTET.split(str(json_value(plain)))
    )
