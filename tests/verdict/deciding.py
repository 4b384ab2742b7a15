"""Findings, a ledger and tallies, and the verdict on them, held to its published shape."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jsonschema

from checks import shapes
from checks.judge.evaluate import Tally
from checks.judge.finding import MISSING, Finding, cause, fingerprint
from checks.judge.policy import Policy
from checks.verdict import Circumstances, Counting, decide

ABOUT = Circumstances(
    site="https://www.example.com",
    origin_known=True,
    build_digest="0" * 64,
    owners=("marketing", "engineering", "security"),
    compared={"baseline": "dist-live", "pages": None, "fixed": 0},
)


WEAKENING = {
    "kind": "severity-lowered",
    "file": "gonogo/policies/own/rule.json",
    "what": "own/rule",
    "before": "error",
    "after": "warning",
    "owner": "marketing",
    "said": "own/rule is a warning, no longer an error.",
}


def policy(policy_id: str = "seo/it", **keys: Any) -> Policy:
    document = {
        "title": "It holds",
        "description": "Why.",
        "x-reads": "page",
        "x-severity": keys.pop("severity", "error"),
        "x-owner": keys.pop("owner", "marketing"),
        "x-fix": "Mend it.",
        "examples": [{}],
        "x-counterexamples": [{}],
        **{f"x-{name}": value for name, value in keys.items()},
    }
    return Policy.of(policy_id, document, "")


def tally(passed: int = 1, cannot_tell: int = 0, **keys: Any) -> Tally:
    return Tally(policy(**keys), passed=passed, cannot_tell=cannot_tell, lacked={"render"} if cannot_tell else set())


def finding(what: str = "x", page: str = "/a/", **fields: Any) -> Finding:
    name = fields.get("policy", "seo/it")
    plain = Finding(
        policy=name,
        title="It holds",
        severity="error",
        owner="marketing",
        reads="page",
        page=page,
        what=what,
        value=MISSING,
        limit=MISSING,
        message="It does not hold.",
        fix="Mend it.",
        reference=(),
        fingerprint=fingerprint(name, page, what),
        cause=cause(name, what),
        state="new",
        blocking=fields.get("severity", "error") == "error",
        launch_blocker=False,
        pointer="/x",
        proposed=False,
    )
    return replace(plain, **fields)


def line(path: str, state: str = "measured", why: str = "", kind: str = "page", **more: str) -> dict[str, Any]:
    return {"path": path, "state": state, "why": why, "found_in": ["build"], "kind": kind, **more}


def verdict(
    *findings: Finding,
    ledger: list[dict[str, Any]] | None = None,
    tallies: list[Tally] | None = None,
    about: Circumstances = ABOUT,
) -> dict[str, Any]:
    """Decide, and hold the answer to the published shape."""
    counting = Counting()
    for each in [line("/a/"), line("/b/")] if ledger is None else ledger:
        counting.coverage(each)
    for one in findings:
        counting.finding(one)
    document = decide(counting, [tally()] if tallies is None else tallies, about)
    jsonschema.validate(document, shapes.load("verdict"))
    return document


def said(document: dict[str, Any]) -> tuple[str, int]:
    return document["verdict"], document["exit_code"]
