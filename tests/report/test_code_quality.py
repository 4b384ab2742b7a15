"""The code quality report is what GitLab reads: one entry a finding, on a file of the repository, worst kept."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checks.report import code_quality
from checks.report.formats import WRITERS
from checks.report.result import Result

With = Callable[..., Result]
Build = Callable[..., dict[str, Any]]
EXPECTED = Path(__file__).parent / "expected" / "gl-code-quality.json"
# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
PROFILE = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "additionalProperties": False,
            "properties": {
                "description": {"type": "string", "maxLength": 1000},
                "check_name": {"type": "string"},
                "fingerprint": {"type": "string"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {
                            "type": "string",
                            "minLength": 1,
                            "not": {"pattern": "^/|^\\./|(^|/)\\.\\.(/|$)|\\\\"},
                        },
                        "lines": {"properties": {"begin": {"type": "integer", "minimum": 1}}, "required": ["begin"]},
                    },
                },
            },
        },
    }
)


def written(result: Result, **how: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    code_quality.write(result, out, **how)
    assert not out.getvalue().startswith("\ufeff")
    entries = json.loads(out.getvalue().encode("utf-8"))
    PROFILE.validate(entries)
    prints = [one["fingerprint"] for one in entries]
    assert len(prints) == len(set(prints))
    assert isinstance(entries, list)
    return entries


def test_the_report_reads_as_written_out(bakery: Result) -> None:
    out = io.StringIO()
    WRITERS["code-quality"](bakery, out)
    assert out.getvalue() == EXPECTED.read_text(encoding="utf-8")


def test_a_run_without_findings_is_an_empty_list(bakery_with: With) -> None:
    assert written(bakery_with(findings=lambda: iter(()))) == []


def test_an_entry_stands_on_the_line_of_its_source(bakery_with: With) -> None:
    entries = written(bakery_with(sources=lambda _key: {"file": "content/about.md", "line": 7}))
    assert entries[0]["location"] == {"path": "content/about.md", "lines": {"begin": 7}}


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "../a.md", "a/../b", "./a", "a//b", "a\\b", "C:a", "a\nb", "", None, "x" * 2000]
)
def test_a_path_that_is_not_of_the_repository_becomes_the_config_file(file: str | None, bakery_with: With) -> None:
    entries = written(bakery_with(sources=lambda _key: {"file": file, "line": 7}))
    assert entries[0]["location"] == {"path": "gonogo.yaml", "lines": {"begin": 1}}


@pytest.mark.parametrize("line", [0, -1, True, "7", 1.5, 10**12, None])
def test_a_line_that_is_none_becomes_the_first(line: Any, bakery_with: With) -> None:
    entries = written(bakery_with(sources=lambda _key: {"file": "a.md", "line": line}))
    assert entries[0]["location"] == {"path": "a.md", "lines": {"begin": 1}}


def test_what_is_signed_off_is_left_out(bakery: Result) -> None:
    assert "leak/staging-references" not in {entry["check_name"] for entry in written(bakery)}


def test_a_finding_that_is_there_twice_is_one_entry(bakery_with: With, finding: Build) -> None:
    assert len(written(bakery_with(findings=lambda: iter([finding(), finding()])))) == 1


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({"severity": "error", "blocking": True}, "critical"),
        ({"severity": "error", "blocking": True, "launch_blocker": True}, "blocker"),
        ({"severity": "error", "blocking": True, "state": "expired"}, "critical"),
        ({"severity": "error", "blocking": True, "state": "existing", "launch_blocker": True}, "blocker"),
        ({"severity": "error", "state": "existing"}, "minor"),
        ({"severity": "warning", "state": "existing"}, "minor"),
        ({"severity": "warning"}, "major"),
        ({"severity": "info"}, "info"),
        ({"severity": "info", "state": "existing"}, "info"),
        ({"severity": "error", "proposed": True}, "info"),
        ({"severity": "error", "reads": "coverage"}, "critical"),
    ],
)
def test_how_bad_a_finding_is_follows_from_what_it_does_to_the_launch(
    more: dict[str, Any], severity: str, bakery_with: With, finding: Build
) -> None:
    one = finding(**{"blocking": False, **more})
    assert [entry["severity"] for entry in written(bakery_with(findings=lambda: iter([one])))] == [severity]


def test_where_not_all_fit_the_worst_stay(bakery_with: With, finding: Build) -> None:
    many = [finding(f"/{n}/", severity="error" if n % 2 else "info", blocking=bool(n % 2)) for n in range(10)]
    entries = written(bakery_with(findings=lambda: iter(many)), limit=5)
    assert [entry["severity"] for entry in entries] == ["critical"] * 5


@given(st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=5))
def test_any_text_leaves_it_valid(texts: list[str]) -> None:
    words = ("policy", "severity", "page", "message", "fingerprint", "state")
    found = [dict.fromkeys(words, text) for text in texts]
    result = Result(
        verdict={},
        run={},
        findings=lambda: iter(found),
        coverage=lambda: iter(()),
        sources=lambda key: {"file": key, "line": 3},
    )
    assert len(written(result)) <= len(texts)
