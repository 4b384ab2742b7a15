"""What is said of a run that takes long: in a pipe a line now and then, and nothing of a short one."""

from __future__ import annotations

import pytest

from checks.commands import progress
from checks.commands.progress import Progress


def test_a_short_run_says_nothing_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as shown:
        for done in range(100):
            shown.show(done, 100)
    assert capsys.readouterr() == ("", "")


def test_a_long_run_says_in_a_pipe_how_far_it_has_come(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 59.0, 60.0, 60.0, 119.0, 120.0, 120.0])
    monkeypatch.setattr("checks.commands.progress.monotonic", lambda: next(moments))
    with Progress() as shown:
        for done in (1, 1_200, 1_300, 2_400):
            shown.show(done, 10_136)
    assert capsys.readouterr().err == "gonogo: 1,200 of 10,136 pages\ngonogo: 2,400 of 10,136 pages\n"


def test_what_lighthouse_does_is_told_as_one_line_whatever_stands_in_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_EVERY_S", 0)
    with Progress() as shown:
        shown.say("/a\n::error::b\x1b[31m")
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "\x1b" not in told
