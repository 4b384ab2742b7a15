"""gonogo.sarif: the findings for code scanning, as SARIF 2.1.0.

In: a `Result`. Out: one JSON document, results one a line, streamed. It stays within what code scanning takes
(docs.github.com, "SARIF support for code scanning"): 25,000 results, of which the worst stay; texts of rules up to
1,024 characters; never an empty string; one location each, with a region. The location is in the repository, for code
scanning shows nothing else; where the page as delivered holds the fault is told beside it. Rules: sarif_rules.py.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TextIO
from urllib.parse import quote

from checks.report import compared, escalating, ledger, poll
from checks.report.causes import rank, state
from checks.report.escape import json_text, json_value, sarif_text, visible_lines
from checks.report.location import place_of
from checks.report.sarif_rules import LEVELS, rule, rule_id
from checks.report.sign_offs import ledger as sign_offs
from checks.report.sign_offs import of_finding
from checks.report.words import clip, count
from checks.report.worst import worst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document, Result

RESULTS = 25_000
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FAILED_SHOWN = 100
_LONGEST = 1000  # characters of one message
_TOLD = ("state", "since", "blocking", "owner", "what", "value", "limit", "cause")
_BUILD = "PREVIEW"  # what addresses of built files are relative to

Waived = Literal["omit", "suppress"]
OMIT: Final = "omit"
"""Leave out what is signed off: code scanning shows suppressed results as open ones."""
SUPPRESS: Final = "suppress"
"""Keep it, marked as suppressed, for readers that know what that means."""

_OCTET = re.compile("(%[0-9A-Fa-f]{2})")


@dataclass(slots=True)
class _Survey:
    """What must be known before the first result is written."""

    first: dict[str, Document] = field(default_factory=dict)
    """The first finding of each policy."""
    ranks: Counter[int] = field(default_factory=Counter)
    """How many findings have each rank (see causes.rank), without those that are left out as signed off."""
    omitted: int = 0
    """How many findings are left out because they are signed off."""


def write(result: Result, out: TextIO, *, limit: int = RESULTS, waived: Waived = SUPPRESS) -> None:
    """Write the report to `out`, with at most `limit` results; `waived` says what becomes of what is signed off."""
    survey = _surveyed(result, waived)
    rules = _rules(result, survey)
    opening: dict[str, Any] = {
        "automationDetails": {"id": f"gonogo/{sarif_text(str(result.verdict.get('site') or 'site'))}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BUILD: {"description": {"text": "The folder of the build."}}},
        "invocations": [_invocation(result, survey.ranks.total() - limit, survey.omitted)],
        "properties": {"verdict": result.verdict.get("verdict"), "counts": result.verdict.get("counts", {})},
    }
    index = {one["id"]: number for number, one in enumerate(rules)}
    version = sarif_text(str(result.run.get("gonogo") or "0"))
    out.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n')
    out.write(f'"tool": {{"driver": {{"name": "gonogo", "version": {json_text(version)}, "rules": [\n')
    out.write(",\n".join(json_text(one) for one in rules))
    out.write(f'\n]}}}},\n{json_text(opening)[1:-1]},\n"results": [')

    def shown() -> Iterator[Document]:
        return (finding for finding in result.findings() if not _is_omitted(finding, waived))

    for number, finding in enumerate(worst(shown, survey.ranks, limit)):
        out.write("\n" if number == 0 else ",\n")
        out.write(json_text(_result(finding, result, index)))
    out.write("\n]}]}\n")


def _surveyed(result: Result, waived: Waived) -> _Survey:
    survey = _Survey()
    for finding in result.findings():
        survey.first.setdefault(str(finding.get("policy")), finding)
        if _is_omitted(finding, waived):
            survey.omitted += 1
        else:
            survey.ranks[rank(finding)] += 1
    return survey


def _is_omitted(finding: Document, waived: Waived) -> bool:
    return waived == OMIT and state(finding) == "signed-off"


def _rules(result: Result, survey: _Survey) -> list[dict[str, Any]]:
    judged = {str(policy.get("id")): policy for policy in result.verdict.get("policies", ())}
    names = [*judged, *sorted(survey.first.keys() - judged.keys())]
    return [
        rule(name, judged.get(name, {}), result.policies.get(name, {}), survey.first.get(name, {})) for name in names
    ]


def _invocation(result: Result, left_out: int, omitted: int) -> dict[str, Any]:
    covered = ledger.read(result.coverage(), _FAILED_SHOWN)
    said = [
        f"{line.get('path', '')} was not measured: {line.get('why') or 'no reason given'}"
        for line in covered.shown["failed"]
    ]
    if covered.left_out("failed"):
        said.append(f"{covered.left_out('failed'):,} more were not measured.")
    if left_out > 0:
        said.append(f"{count(left_out, 'finding')} left out here; findings.jsonl has all.")
    told = [*compared.sections(result), *escalating.sections(result.verdict), *sign_offs(result.verdict)]
    said += [f"{title}: {one}" for title, sentences in told for one in sentences]
    if omitted:
        said.append(f"{count(omitted, 'finding')} signed off, and left out here; findings.jsonl has all.")
    if result.verdict.get("verdict") == "CANNOT TELL":
        said += poll.sentences(result.verdict)
    return {
        "executionSuccessful": result.verdict.get("verdict") != "CANNOT TELL",
        "exitCode": int(result.verdict.get("exit_code", 0)),
        "toolExecutionNotifications": [{"level": "warning", "message": {"text": _text(text)}} for text in said],
    }


def _text(text: str) -> str:
    return clip(sarif_text(clip(text, _LONGEST)), _LONGEST)


def _result(finding: Document, result: Result, index: dict[str, int]) -> dict[str, Any]:
    fingerprint = str(finding.get("fingerprint", ""))
    policy, page = rule_id(str(finding.get("policy"))), finding.get("page")
    message = f"{clip(str(page), 200)}: {finding.get('message', '')}" if page else str(finding.get("message", ""))
    made: dict[str, Any] = {
        "ruleId": policy,
        "ruleIndex": index[policy],
        "level": "note" if finding.get("proposed") else LEVELS.get(str(finding.get("severity")), "warning"),
        "message": {"text": _text(message)},
        "locations": [_location(finding, result)],
        # Code scanning follows an alert by this one alone; the number after the colon tells equal lines apart.
        "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint.rpartition(':')[2] or '0'}:1"},
        "properties": {key: finding[key] for key in _TOLD if finding.get(key) not in (None, "")},
    }
    # What is fixed is told in the notifications and is no result (`absent`): code scanning knows no baselineState, and
    # would open an alert for it.
    if result.verdict.get("compared"):
        made["baselineState"] = "unchanged" if state(finding) == "existing" else "new"
    snippet = result.snippets(fingerprint)
    if page and snippet:
        made["relatedLocations"] = [_delivered(str(page), snippet)]
    if state(finding) == "signed-off":
        justification = {"justification": sarif_text(said)} if (said := of_finding(finding)) else {}
        made["suppressions"] = [{"kind": "external", "status": "accepted", **justification}]
    return made


def _location(finding: Document, result: Result) -> dict[str, Any]:
    site, page = str(result.verdict.get("site") or ""), finding.get("page")
    file, line = place_of(finding, result)
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(file)},
            "region": {"startLine": line, "startColumn": 1, "endLine": line, "endColumn": 1},
        },
        "logicalLocations": [
            {"fullyQualifiedName": sarif_text(f"{site}{page or ''}"), "kind": "page" if page else "site"}
        ],
    }


def _delivered(page: str, snippet: Document) -> dict[str, Any]:
    """Return where the fault stands in the page as delivered, and how it looks there."""
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": built_file(page), "uriBaseId": _BUILD},
            "region": _region(snippet),
        },
        "message": {"text": "The page as delivered."},
    }


def _region(snippet: Document) -> dict[str, Any]:
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
    # Percent-encoded octets stay as they are.
    return "".join(piece if _OCTET.fullmatch(piece) else _uri(piece) for piece in _OCTET.split(plain))


def _uri(path: str) -> str:
    # A colon is encoded: in the first segment it would end a scheme.
    return quote(str(json_value(path)), safe="/!$&'()*+,;=@~-._")
