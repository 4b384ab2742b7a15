"""What each tool found wrong, read from what it wrote, in one form.

In: the folder that a run worked in. Out: `Told`s. Nothing is judged here: what a tool tells as a failure is one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from benchmarks.peers.counted import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GOOD: Final = 0.9
"""Lighthouse shows an audit below this score as one to look at."""
_PROOFED: Final = re.compile(
    r"^- (?P<file>/\S+\.html)\n(?P<said>(?:  \*.*\n(?:(?!-|  \*|HTML-Proofer found ).*\n)*)+)", re.MULTILINE
)
_REFUSED: Final = re.compile(r"^not ok \d+ (?P<what>.*)\n  ---\n(?P<said>(?:.*\n)*?)  \.\.\.$", re.MULTILINE)
_AT: Final = re.compile(r"^ +at: (?P<page>.+?\.html)\b", re.MULTILINE)
_PORT: Final = re.compile(r"127\.0\.0\.1:\d+")


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One thing that a tool found wrong."""

    page: str
    """Its address or its file, as the tool wrote it."""
    rule: str
    evidence: str

    @classmethod
    def of(cls, page: str, rule: str, evidence: Any) -> Told:
        """Return it with what changes from run to run taken out: the port."""
        text = evidence if isinstance(evidence, str) else json.dumps(evidence, ensure_ascii=False)
        return cls(_PORT.sub("127.0.0.1", page), rule, _PORT.sub("127.0.0.1", text))


def gonogo(folder: Path) -> Iterator[Told]:
    """Its findings."""
    for line in (folder / "run" / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        finding = json.loads(line)
        yield Told.of(finding.get("page") or "", finding["policy"], finding["what"])


def lighthouse_ci(folder: Path) -> Iterator[Told]:
    """Audits that it shows as failed, each thing that one names by itself."""
    for path in sorted((folder / ".lighthouseci").glob("lhr-*.json")):
        yield from _lighthouse(read(path))


def unlighthouse(folder: Path) -> Iterator[Told]:
    """Likewise."""
    for path in sorted((folder / "out").rglob("lighthouse.json")):
        yield from _lighthouse(read(path))


def _lighthouse(report: Any) -> Iterator[Told]:
    page = report["requestedUrl"]
    if report.get("runtimeError"):
        yield Told.of(page, "runtimeError", report["runtimeError"])
    for name, audit in report["audits"].items():
        if audit["score"] is not None and audit["score"] < _GOOD:
            items = (audit.get("details") or {}).get("items") or []
            for item in items or [audit.get("explanation") or audit.get("displayValue") or ""]:
                yield Told.of(page, name, _texts(item))


def _texts(item: Any) -> str:
    """Return the texts in a value: numbers are times and sizes, which no two runs share."""
    if isinstance(item, dict):
        return " ".join(filter(None, (_texts(value) for value in item.values())))
    if isinstance(item, list):
        return " ".join(filter(None, map(_texts, item)))
    return item if isinstance(item, str) else ""


def pa11y_ci(folder: Path) -> Iterator[Told]:
    """Its errors."""
    for page, issues in read(folder / "stdout")["results"].items():
        for issue in issues:
            yield Told.of(page, issue.get("code", "error"), f"{issue.get('context')} {issue.get('message')}")


def lychee(folder: Path) -> Iterator[Told]:
    """Links that it calls errors."""
    found = read(folder / "stdout")
    for name in ("error_map", "timeout_map"):
        for page, links in found.get(name, {}).items():
            for link in links:
                yield Told.of(page, name, link)


def linkinator(folder: Path) -> Iterator[Told]:
    """Links that it calls broken."""
    for link in read(folder / "stdout")["links"]:
        if link["state"] == "BROKEN":
            yield Told.of(link.get("parent") or link["url"], f"status {link.get('status')}", link["url"])


def html_proofer(folder: Path) -> Iterator[Told]:
    """What it prints below a file."""
    for name in ("stdout", "stderr"):
        for match in _PROOFED.finditer((folder / name).read_text(encoding="utf-8", errors="replace")):
            for said in match["said"].split("\n  *"):
                yield Told.of(match["file"], "html-proofer", " ".join(said.strip("* \n").split()))


def hyperlink(folder: Path) -> Iterator[Told]:
    """Tests of its that are not ok; it names the first page that has the fault."""
    for match in _REFUSED.finditer((folder / "stdout").read_text(encoding="utf-8", errors="replace")):
        at = _AT.search(match["said"])
        yield Told.of(at["page"] if at else "", "hyperlink", f"{match['what']} {' '.join(match['said'].split())}")


def sitespeed(folder: Path) -> Iterator[Told]:
    """Advice of its coach that was not followed, and errors of the page."""
    for path in sorted((folder / "out").rglob("coach.pageSummary.json")):
        found = read(path)
        for name, advice in _advice(found["advice"]):
            if advice["score"] < 100:
                yield Told.of(found["url"], name, _texts([advice.get("advice"), advice.get("offending")]))


def _advice(found: Any) -> Iterator[tuple[str, Any]]:
    for group in found.values():
        if isinstance(group, dict):
            yield from group.get("adviceList", {}).items()
