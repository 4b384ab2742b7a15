"""The report for a terminal: plain in a pipe, wrapped and coloured on a terminal, and never longer than it says."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from checks.report import text
from checks.report.result import Result

With = Callable[..., Result]
Build = Callable[..., dict[str, Any]]


class Terminal(io.StringIO):
    """A stream that says that somebody is looking at it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")
    return Terminal()


def written(result: Result, **how: Any) -> str:
    out = io.StringIO()
    text.write(result, out, **how)
    return out.getvalue()


def test_a_pipe_gets_no_escape_sequence(bakery: Result) -> None:
    assert "\x1b" not in written(bakery)


def test_pages_that_no_browser_rendered_are_told_as_read(bakery_with: With) -> None:
    told = written(bakery_with(run={**bakery_with().run, "browser": None}))
    assert "pages 4 read, not rendered" in told


def test_a_terminal_gets_colour(bakery: Result, terminal: Terminal) -> None:
    text.write(bakery, terminal)
    assert "\x1b[1;31m" in terminal.getvalue()


def test_no_color_is_respected(bakery: Result, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text.write(bakery, terminal)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", terminal.getvalue())


def test_a_terminal_gets_no_line_that_is_wider_than_itself(bakery: Result, terminal: Terminal) -> None:
    text.write(bakery, terminal)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
    assert max(len(line.rstrip()) for line in plain.splitlines()) <= 60


def test_a_terminal_and_a_pipe_get_the_same_words(bakery: Result, terminal: Terminal) -> None:
    text.write(bakery, terminal)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
    assert plain.split() == written(bakery).split()
    assert plain.count("\n\n") == written(bakery).count("\n\n")


def test_brackets_in_the_text_of_a_page_are_no_markup_of_ours(
    bakery_with: With, finding: Build, terminal: Terminal
) -> None:
    text.write(bakery_with(findings=lambda: iter([finding(message="[bold]x[/bold] [/]")])), terminal)
    assert "[bold]x[/bold] [/]" in terminal.getvalue()


def test_what_is_not_shown_is_said(bakery_with: With, finding: Build) -> None:
    many = bakery_with(findings=lambda: (finding("/", f"link {n}") for n in range(143)))
    report = written(many)
    assert "Does not block (143 causes, 20 shown)" in report
    assert "20 of 143 causes shown" in report


def test_more_addresses_that_were_not_measured_than_are_shown_are_counted(bakery_with: With) -> None:
    failed = [{"path": f"/{n}/", "state": "failed", "why": "hung"} for n in range(25)]
    assert "Not measured (25)" in written(bakery_with(coverage=lambda: iter(failed)))
    assert "and 15 more" in written(bakery_with(coverage=lambda: iter(failed)))


def test_pages_that_were_read_only_are_told_with_those_that_stand_for_them(bakery_with: With) -> None:
    why = "read, and not rendered: it is built like /a/ and /b/"
    lines = [{"path": f"/{number}/", "state": "represented", "why": why, "kind": "page"} for number in range(12)]
    told = written(bakery_with(coverage=lambda: iter(lines)))
    assert "Read, not rendered (12)" in told
    assert f"  /0/  {why}" in told


def test_a_finding_of_several_pages_says_so(bakery: Result) -> None:
    assert "on /, /about/, /shop/ and 1 more" in written(bakery)


def test_a_go_without_findings_is_short(bakery_with: With) -> None:
    verdict = {
        "verdict": "GO",
        "exit_code": 0,
        "reasons": ["12 pages, 64 policies: nothing blocks the launch."],
        "counts": {"measured": 12},
        "owners": {"marketing": {"verdict": "GO"}},
    }
    result = bakery_with(verdict=verdict, findings=lambda: iter(()), coverage=lambda: iter(()), report="")
    assert written(result) == (
        "gonogo 0.1.0: dist as https://www.bakery.example; pages 12 measured in 18.7 s\n"
        "\n"
        "  marketing  GO  nothing to say\n"
        "\n"
        "GO  12 pages, 64 policies: nothing blocks the launch.\n"
    )


def test_a_message_as_long_as_a_book_is_cut(bakery_with: With, finding: Build) -> None:
    report = written(bakery_with(findings=lambda: iter([finding(message="a" * 10_000)])))
    assert max(len(line) for line in report.splitlines()) < 600
