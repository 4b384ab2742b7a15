"""The first document of the interactive report: verdict, poll, causes, ledgers, and what is said of them in words.

In: a `Result`, its causes and its coverage as the plain page shows them. Out: one JSON document. The words are those of
the other reports; what reads it is report-app/src/data.ts, which names every field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.report import compared, escalating, lab, poll, sign_offs, while_here
from checks.report.escape import web_address
from checks.report.html_cause import anchor
from checks.report.location import files_of
from checks.report.words import clip, prefix, tellable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.causes import Cause, Causes
    from checks.report.ledger import Ledger
    from checks.report.result import Document, Result

_LONGEST = 2000  # characters of one text
_SAMPLES = 3  # findings of a cause that are illustrated
_POLICY = ("id", "title", "owner", "severity", "passed", "failed", "inapplicable", "cannot_tell", "why", "proposed")


def index(result: Result, found: Causes, covered: Ledger) -> dict[str, Any]:
    """Return the document."""
    verdict = result.verdict
    offered = sign_offs.offer(verdict)
    return {
        "verdict": str(verdict.get("verdict", "")),
        "site": str(verdict.get("site", "")),
        "rendered": bool(result.run.get("browser")),
        "folder": result.folder,
        "counts": {key: verdict.get("counts", {}).get(key) or 0 for key in ("blocking", "measured", "signed_off")},
        "sentences": poll.sentences(verdict),
        "poll": [{"owner": row.owner, "verdict": row.verdict, "words": row.words} for row in poll.rows(verdict)],
        "notes": poll.notes(verdict),
        "told": [{"title": title, "sentences": sentences} for title, sentences in _sections(result)],
        "judged": poll.judged(verdict, result.run),
        "signOffs": [{"title": title, "sentences": said} for title, said in sign_offs.ledger(verdict)],
        "offer": {"lines": offered.lines, "leftOut": offered.left_out} if offered else None,
        "coverage": {
            "counts": covered.counts,
            "pages": covered.pages,
            "failed": [_uncovered(line) for line in covered.shown["failed"]],
            "excluded": [_uncovered(line) for line in covered.shown["excluded"]],
            "leftOut": [_uncovered(line) for line in covered.shown["left-out"]],
            "represented": [_uncovered(line) for line in covered.shown["represented"]],
        },
        "policies": [{key: one.get(key) for key in _POLICY} for one in verdict.get("policies", ())],
        "causes": [_cause(cause, result) for cause in found.shown],
        "totals": {"causes": found.total, "blocking": found.blocking},
    }


def _sections(result: Result) -> Iterator[tuple[str, list[str]]]:
    yield from poll.rule_changes(result.verdict)
    yield from compared.sections(result)
    yield from while_here.sections(result.verdict)
    yield from escalating.sections(result.verdict)
    yield from lab.sections(result)


def _uncovered(line: Document) -> dict[str, str]:
    return {key: str(line.get(key) or "") for key in ("path", "why", "owner")}


def _cause(cause: Cause, result: Result) -> dict[str, Any]:
    first = cause.first
    rule = result.policies.get(str(first.get("policy")), {})
    return {
        "id": anchor(first),
        **{key: _text(first.get(key)) for key in ("policy", "title", "message", "severity", "owner", "fix", "what")},
        "why": _text(rule.get("description")),
        "rank": cause.rank,
        "blocking": cause.blocking,
        "launchBlocker": bool(first.get("launch_blocker")),
        "proposed": bool(first.get("proposed")),
        "states": cause.states,
        "opened": cause.opened,
        "findings": cause.count,
        "pages": cause.page_count,
        "first": [_text(page) for page in cause.pages[:_SAMPLES]],
        "found": tellable(first, "value"),
        "limit": tellable(first, "limit"),
        "signed": [_text(said) for said in cause.signed],
        "clicks": cause.clicks,
        "conversions": cause.conversions,
        "reference": [address for one in first.get("reference", ()) if (address := web_address(str(one)))],
        "files": files_of(cause, result),
        "snippet": next(_snippets(cause, result), None),
        "code": sign_offs.code(result.verdict, first),
        "explain": prefix(str(first.get("fingerprint", ""))),
    }


def _snippets(cause: Cause, result: Result) -> Iterator[dict[str, Any]]:
    for finding in cause.samples[:_SAMPLES]:
        if snippet := result.snippets(str(finding.get("fingerprint", ""))):
            place = {key: snippet.get(key) for key in ("line", "column")}
            yield {"page": _text(finding.get("page")), **place, "text": _text(snippet.get("text"))}


def _text(value: object) -> str:
    return clip(str(value or ""), _LONGEST)
