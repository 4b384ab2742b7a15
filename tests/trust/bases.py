"""A base with rules of its own, and what they find on three pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checks.judge.evaluate import Judge
from checks.signoff import adopted
from checks.trust import rules
from checks.trust.rules import Rules
from tests.trust.project import TODAY, Document, Project

CONFIG = "site: https://www.example.com\npreview: dist\npolicies: {use: [launch-blocker], folders: [rules]}\n"
POLICY = "rules/seo/title-fits.json"
OWN = "gonogo/policies/seo/title-there.json"
PAGES: list[Document] = [
    {"kind": "page", "path": path, "measured": ["title"], "title": {"text": "x" * length, "length": length}}
    for path, length in (("/", 28), ("/short/", 4), ("/long/", 90))
]


def by_base(project: Project, config: str | None = None, **overrides: Any) -> Rules:
    return rules.from_commit(project.repository, "main", Path(config) if config else None, overrides, TODAY)


def findings(decided: Rules) -> list[Document]:
    judge = Judge(decided.policies)
    found = [finding for page in PAGES for finding in judge.document(page)]
    return [adopted.apply(each, decided.adopted).to_document() for each in found]
