"""Runs with sign-offs of every kind, and what a reader reads of their reports."""

from __future__ import annotations

import io
import re
from typing import Any

from checks.report.formats import WRITERS
from checks.report.result import Result
from tests.report.made_run import SECRET, made_result, made_verdict, make_finding

Document = dict[str, Any]
REASON = "The campaign starts tomorrow, the picture comes on Monday."
TOLD = {
    "id": "abcdefghijklmnopqrstuvwxyz",
    "by": ["Ana Silva"],
    "roles": ["engineering"],
    "reason_code": "campaign-deadline",
    "reason": REASON,
    "until": "2026-12-20",
}
APPLIED = {
    "id": TOLD["id"],
    "outcome": "applied",
    "why": "",
    "by": ["Ana Silva"],
    "reason_code": "campaign-deadline",
    "reason": REASON,
    "until": "2026-12-20",
    "days_left": 27,
    "entries": 2,
    "applied": 2,
    "where": "gonogo/sign-offs/abc.json",
    "owners": ["engineering"],
    "decided_by": [],
}
SOON = {**APPLIED, "id": "b", "days_left": 3, "until": "2026-11-26", "where": "review 5 of pull request 7"}
EXPIRED = {**APPLIED, "id": "c", "outcome": "expired", "why": "its last day was 2026-11-01", "applied": 0}
UNUSED = {**APPLIED, "id": "d", "outcome": "unused", "why": "nothing was found that it is about", "applied": 0}
REJECTED = {**APPLIED, "id": "e", "outcome": "self-approval", "why": "signed by who made the change", "applied": 0}
MALFORMED = {
    **REJECTED,
    "id": "f",
    "outcome": "malformed",
    "why": "it has no last day",
    "by": [],
    "reason": None,
    "reason_code": None,
    "until": None,
    "days_left": None,
    "owners": [],
}
EVERYTHING = [APPLIED, SOON, EXPIRED, UNUSED, REJECTED, MALFORMED]
OFFER: dict[str, Any] = {
    "head": ["gonogo sign-off for https://www.bakery.example"],
    "lines": ["E-1 f929fbded8 on 4 pages worst 404 seal 0123456789abcdef0123456789abcdef"],
    "foot": ["kind: accepted-risk", "until: 2026-12-07", "reason:"],
    "codes": {},
}
READ_BY_PEOPLE = ["text", "markdown", "html", "junit", "sarif"]


def signed(**more: Any) -> Document:
    return make_finding(SECRET, "/about/", "link:staging", "A link leads to staging.", state="signed-off", **more)


def result(*findings: Document, said: list[Document] | None = None, **verdict: Any) -> Result:
    counts = {**made_verdict()["counts"], "signed_off": len(findings)}
    told = {**made_verdict(), "counts": counts, "sign_offs": said or [], **verdict}
    return made_result(verdict=told, findings=lambda: iter(findings))


def go(*said: Document, signed_off: int = 2) -> Document:
    counts = {"measured": 12, "signed_off": signed_off}
    owners = {
        "engineering": {"verdict": "GO", "blocking": 0, "signed_off": signed_off},
        "marketing": {"verdict": "GO", "warnings": 1},
    }
    return {"verdict": "GO", "exit_code": 0, "counts": counts, "owners": owners, "sign_offs": list(said)}


def written(name: str, of: Result) -> str:
    out = io.StringIO()
    WRITERS[name](of, out)
    return out.getvalue()


def plain(text: str) -> str:
    """Return what a reader reads: without the marks that keep a medium from reading it otherwise."""
    return re.sub(r"\s+", " ", text.replace("\\", "").replace("&#8203;", "").replace("&quot;", '"'))


WEAKENING = {
    "kind": "severity-lowered",
    "file": "gonogo.yaml",
    "what": "links/internal-broken",
    "before": "error",
    "after": "info",
    "owner": "engineering",
    "said": "broken links only inform",
}
