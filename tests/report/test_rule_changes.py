"""What a change does to its own rules, for a reader of any report."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from checks.report import html, poll, text
from checks.report.result import Result

With = Callable[..., Result]
WEAKENING = {"said": "seo/title-present is a warning, no longer an error.", "file": "gonogo.yaml", "owner": "marketing"}
PREVIEW = {"policy": "own/price", "said": "The new rule own/price would find 2 pages (3 findings)."}


def verdict(bakery: Result, **more: Any) -> dict[str, Any]:
    return {**bakery.verdict, **more}


@pytest.mark.parametrize("write", [text.write, html.write], ids=["text", "html"])
def test_it_stands_in_the_report(bakery: Result, bakery_with: With, write: Callable[..., None]) -> None:
    out = io.StringIO()
    write(bakery_with(verdict=verdict(bakery, weakened=True, weakenings=[WEAKENING], rules_preview=[PREVIEW])), out)
    said = "seo/title-present is a warning, no longer an error. (gonogo.yaml, marketing)"
    assert [words for words in (said, PREVIEW["said"]) if words not in out.getvalue()] == []


@pytest.mark.parametrize("write", [text.write, html.write], ids=["text", "html"])
def test_an_altered_workflow_stands_in_the_report(
    bakery: Result, bakery_with: With, write: Callable[..., None]
) -> None:
    out = io.StringIO()
    file = {"file": ".github/workflows/gonogo.yml", "said": "Look at it."}
    write(bakery_with(verdict=verdict(bakery, workflows=[file])), out)
    assert "Look at it. (.github/workflows/gonogo.yml)" in out.getvalue()


def test_nothing_is_said_where_nothing_changes(bakery: Result) -> None:
    assert list(poll.rule_changes(bakery.verdict)) == []


def test_a_change_of_very_many_rules_does_not_push_the_findings_out_of_sight(bakery: Result) -> None:
    ((_, sentences),) = poll.rule_changes(verdict(bakery, weakened=True, weakenings=[WEAKENING] * 50))
    assert (len(sentences), sentences[-1]) == (poll.RULES_SHOWN + 1, "and 30 more")
