"""Each report on the same made-up run, written out in full in tests/report/expected, where a reader can look at it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from checks.report.formats import WRITERS
from checks.report.result import Result

EXPECTED = Path(__file__).parent / "expected"


@pytest.mark.parametrize(
    ("name", "file"),
    [("text", "text.txt"), ("markdown", "summary.md"), ("junit", "junit.xml"), ("sarif", "gonogo.sarif")],
    ids=["text", "markdown", "junit", "sarif"],
)
def test_the_report_reads_as_written_out(name: str, file: str, bakery: Result) -> None:
    out = io.StringIO()
    WRITERS[name](bakery, out)
    assert out.getvalue() == (EXPECTED / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(WRITERS))
def test_a_report_is_the_same_when_it_is_written_again(name: str, bakery: Result) -> None:
    first, second = io.StringIO(), io.StringIO()
    WRITERS[name](bakery, first)
    WRITERS[name](bakery, second)
    assert first.getvalue() == second.getvalue()
