"""Run folders made of documents, as a check would leave them, and facts as a fork would send them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.report.made_run import made_coverage, made_findings, made_run, made_verdict

Document = dict[str, Any]
SITE = "https://www.bakery.example"
SETTINGS: Document = {"today": "2026-11-23"}
_ALLOW: Document = {"third_parties": [], "canonical_hosts": [], "form_hosts": [], "source_maps": False}
_CONFIG = {"base_path": "/", "production_origin": SITE, "origin_known": True, "host": "plain", "sends_headers": False}
_ASKED_FOR: Document = {"coverage": False, "outside_links": False, "stands_for_template": False}
_NOTHING_NAMED: Document = {"key_pages": [], "campaigns": 0, "service_workers": 0, "languages": []}


def go(**more: Any) -> Document:
    """Return a verdict that says GO."""
    verdict = made_verdict()
    calm = {"verdict": "GO", "blocking": 0, "cannot_tell": 0}
    return {
        **verdict,
        "verdict": "GO",
        "exit_code": 0,
        "reasons": ["All of it was measured."],
        "counts": {**verdict["counts"], "blocking": 0, "failed": 0, "errors": 0},
        "owners": {name: {**said, **calm} for name, said in verdict["owners"].items()},
        **more,
    }


def no_go(**more: Any) -> Document:
    return {**made_verdict(), "exit_code": 1, **more}


def write_run(folder: Path, verdict: Document, findings: Iterable[Document] | None = None, **run: Any) -> Path:
    """Write what a check leaves: facts are not among it, for no report reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    if findings is None:
        findings = made_findings() if verdict["verdict"] == "NO-GO" else []
    _write(folder / "verdict.json", verdict)
    _write(folder / "run.json", {**made_run(), **run})
    _write(folder / "policies.json", {})
    _lines(folder / "findings.jsonl", findings)
    _lines(folder / "coverage.jsonl", made_coverage() if verdict["verdict"] == "NO-GO" else [])
    for name in ("report.html", "summary.md", "gonogo.sarif"):
        (folder / name).write_text("made by the run", encoding="utf-8")
    return folder


def page(path: str, **facts: Any) -> Document:
    expect = {"noindex": False, "status": None, "orphan": False}
    return {
        "kind": "page",
        "url": SITE + path,
        "path": path,
        "page_type": None,
        "measured": [],
        "config": {**_CONFIG, "allow": {**_ALLOW, "hsts_preload": False}, **_ASKED_FOR},
        "expect": expect,
        **facts,
    }


def site() -> Document:
    return {
        "kind": "site",
        "url": f"{SITE}/",
        "path": "/",
        "measured": [],
        "config": {**_CONFIG, "allow": _ALLOW, **_NOTHING_NAMED, "crawlers": {}, "min_pages": 1},
        "expect": {},
    }


def line(path: str, **more: Any) -> Document:
    return {"path": path, "state": "measured", "why": "", "found_in": ["build"], "kind": "page", **more}


def about(commit: str, **more: Any) -> Document:
    digests = {"config_digest": None, "policies_digest": None, "build_digest": "9f" * 32}
    forged = {"root": "base", "ref": "main", "commit": "b" * 40, "said": "The base decides, says the stranger."}
    rest = {"command": "gonogo check", "browser_restarts": 0, "notes": [], "settings": SETTINGS, "trust": forged}
    return {**made_run(), **digests, **rest, "commit": commit, **more}


def write_facts(folder: Path, commit: str, paths: Iterable[str] = ("/", "/about/")) -> Path:
    """Write what the half without trust uploads, with a verdict of its own that nobody is to believe."""
    write_run(folder, go(), [])
    _write(folder / "run.json", about(commit))
    _write(folder / "site.json", site())
    _lines(folder / "coverage.jsonl", [line(path) for path in paths])
    _lines(folder / "pages.jsonl", [page(path) for path in paths])
    return folder


def _write(file: Path, document: Document) -> None:
    file.write_text(json.dumps(document), encoding="utf-8")


def _lines(file: Path, documents: Iterable[Document]) -> None:
    file.write_text("".join(f"{json.dumps(one)}\n" for one in documents), encoding="utf-8")
