"""How long a comment and a summary become: shorter than GitHub takes, and what is left out is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from action import comment, summary
from action.markup import bold, code, prose
from tests.action.commenting import PLACE, WEAKENING, blocking, check_harmless
from tests.action.runs import no_go
from tests.report.made_run import made_result


def test_a_comment_that_would_be_too_long_ends_at_a_finding_and_says_how_many_are_missing() -> None:
    result = made_result(
        verdict=no_go(), findings=lambda: (blocking(n) for n in range(1000)), coverage=lambda: iter(())
    )
    text = comment.text(result, PLACE, longest=20_000)
    shown = text.count("  - policy ")
    assert len(text) <= 20_000
    assert f"_{1000 - shown:,} more findings (each cause counted once): see the whole report._" in text
    assert shown == text.count("- <b>") > 20
    check_harmless(text)


@pytest.mark.parametrize("filler", ["x", "🙂", "&", "@a "])
def test_the_longest_comment_is_shorter_than_github_takes(filler: str) -> None:
    def findings() -> Any:
        for number in range(600):
            severity = "error" if number % 2 else "warning"
            yield {
                **blocking(number, severity=severity),
                "message": filler * 3000,
                "fix": filler * 3000,
                "title": filler * 900,
            }

    verdict = no_go(weakenings=[{**WEAKENING, "said": filler * 3000}] * 100, notes=[filler * 3000] * 50)
    text = comment.text(made_result(verdict=verdict, findings=findings), PLACE)
    assert len(text.encode("utf-16-le")) // 2 <= comment.LONGEST < 65_536
    assert text.count("<details>") == text.count("</details>")


@pytest.mark.parametrize("made", [code, bold, prose])
def test_one_text_never_fills_the_comment(made: Callable[[str], str]) -> None:
    assert "x" * 497 + "..." in made("x" * 3000)
    assert len(made("x" * 3000)) < 520


def test_the_summary_tells_weakened_rules_and_stays_within_what_github_takes() -> None:
    verdict = no_go(weakenings=[{**WEAKENING, "said": "ö" * 3000}] * 100)
    result = made_result(verdict=verdict, findings=lambda: ({**blocking(n), "message": "ö" * 9000} for n in range(600)))
    text = summary.text(result)
    assert "#### This change weakens its own rules" in text
    assert "- and 70 more" in text
    assert len(text.encode()) <= 900 * 1024


def test_a_summary_full_of_paths_stays_within_what_github_takes() -> None:
    def findings() -> Iterator[dict[str, Any]]:
        return ({**blocking(number), "message": f"/{number}"} for number in range(900))

    snippet = {"line": 1, "column": 1, "text": "/\n" * 900}
    text = summary.text(made_result(findings=findings, snippets=lambda _: snippet), size=100_000)
    assert 50_000 < len(text.encode()) <= 100_000
    assert not re.search(r"(?m)^/", text)
