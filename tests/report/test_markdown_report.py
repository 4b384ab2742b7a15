"""The summary stays within what GitHub shows, and says what it leaves out."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt

from checks.report import markdown
from checks.report.result import Result
from checks.sources.locate import UNKNOWN

With = Callable[..., Result]
Build = Callable[..., dict[str, Any]]
HOSTILE = "`|@a <img src=x> [a](b) \n\n# ```x --- <!-- \ud800"


def written(result: Result, **how: Any) -> str:
    out = io.StringIO()
    markdown.write(result, out, **how)
    return out.getvalue()


def test_a_summary_that_would_be_too_long_ends_at_the_boundary_of_a_finding(bakery_with: With, finding: Build) -> None:
    report = written(bakery_with(findings=lambda: (finding("/", f"link {n}") for n in range(400))), size=40_000)
    assert len(report.encode()) <= 40_000
    shown = report.count("### ")
    assert 10 < shown < 400
    assert report.count("- `gonogo explain ") == shown
    assert f"_{shown:,} of 400 causes shown. All findings: `gonogo-run`._" in report


def test_the_longest_summary_is_shorter_than_github_takes(bakery_with: With, finding: Build) -> None:
    report = written(bakery_with(findings=lambda: (finding("/ä" * 900, f"{n}", "ö" * 9000) for n in range(600))))
    assert len(report.encode()) <= markdown.BYTES < 1024 * 1024


def test_hostile_text_makes_no_markup_wherever_it_stands(bakery_with: With, finding: Build) -> None:
    hostile = finding(HOSTILE, HOSTILE, HOSTILE, title=HOSTILE, fix=HOSTILE, owner=HOSTILE, value=f"{HOSTILE}?")
    snippet = {"line": 1, "column": 1, "text": HOSTILE}
    line = {"path": HOSTILE, "state": "failed", "why": HOSTILE, "owner": HOSTILE}
    plain = finding("/", "w", "m", title="t", fix="f", owner="o", value="v")
    harmless = {"line": 1, "column": 1, "text": "s"}
    calm = {"path": "/", "state": "failed", "why": "w", "owner": "o"}
    kinds = []
    for one, cut, gap in ((hostile, snippet, line), (plain, harmless, calm)):
        report = written(
            bakery_with(
                findings=lambda one=one: iter([one]),
                coverage=lambda gap=gap: iter([gap]),
                snippets=lambda _key, cut=cut: cut,
            )
        )
        tokens = MarkdownIt("commonmark").enable("table").parse(report)
        kinds.append([token.type for token in tokens])
        assert not [
            child for token in tokens for child in token.children or () if child.type.startswith(("html", "image"))
        ]
    assert kinds[0] == kinds[1]


def test_a_reference_that_is_no_web_address_is_not_linked(bakery: Result) -> None:
    assert "javascript" not in written(bakery)


def test_several_references_are_numbered(bakery_with: With, finding: Build) -> None:
    two = finding("/", fix="Mend it.", reference=["https://a.example/x", "https://b.example/"])
    report = written(bakery_with(findings=lambda: iter([two])))
    assert "- fix: Mend it. (references: [1](https://a.example/x), [2](https://b.example/))\n" in report


def test_a_cause_names_the_files_of_the_repository_that_it_is_written_in(bakery_with: With, finding: Build) -> None:
    found = [finding(f"/{page}/") for page in "abc"]
    files = ({"file": "a.md", "line": 3}, {"file": "b.md"}, {"file": "gonogo.yaml", "why": UNKNOWN})
    known = {one["fingerprint"]: file for one, file in zip(found, files, strict=True)}
    report = written(bakery_with(findings=lambda: iter(found), sources=known.get))
    assert "- written in `a.md:3`, `b.md`\n" in report
