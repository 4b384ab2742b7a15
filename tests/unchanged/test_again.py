"""A run that is given again says when it was itself, and is done anew where something is signed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from checks import exceptions, run_folder
from checks.gate import Invocation
from checks.run_folder import RunFolder
from checks.unchanged import again
from checks.unchanged.record import Record

BEGAN = "2026-11-01T08:00:00+00:00"
RUN = {"started": BEGAN, "notes": ["3 of 4 pages were reused", "the host is plain"], "context": None}
REUSE = {"reused": 3, "measured": 1, "why": []}
RECORD = Record({}, ("3 of 4 pages were reused",))
NOW = Invocation("gonogo check", dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC))


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """Return the folder of a run that was judged."""
    run = RunFolder(tmp_path)
    run.write(run_folder.RUN, {**RUN, "reuse": REUSE})
    run.write(run_folder.VERDICT, {"verdict": "GO", "notes": RUN["notes"], "reuse": REUSE})
    run.write(run_folder.SIGN_OFFS, exceptions.NONE)
    (tmp_path / "report.html").write_text("the report of then", encoding="utf-8")
    return run


def sign(run: RunFolder, **said: Any) -> None:
    run.write(run_folder.SIGN_OFFS, {**exceptions.NONE, **said})


def test_it_says_what_was_reused_in_place_of_what_was_said_then(run: RunFolder) -> None:
    said = again.given(run, RECORD, NOW, lambda: sign(run))
    assert said is not None
    assert said["notes"] == [
        "the host is plain",
        f"nothing has changed since the run of {BEGAN}: its documents are given again",
    ]
    assert said["reuse"] == {"reused": 4, "measured": 0, "why": [], "whole": {"of": BEGAN, "why": None}}
    assert run.read(run_folder.RUN)["started"] == "2026-11-01T09:00:00+00:00"


@pytest.mark.parametrize("said", [{"verified": [{"id": "one"}]}, {"requests": [{"id": "one"}]}, {"known": True}])
@pytest.mark.parametrize("when", ["then", "now"])
def test_where_something_is_or_was_signed_nothing_is_given_again(
    run: RunFolder, said: dict[str, Any], when: str
) -> None:
    if when == "then":
        sign(run, **said)
    assert again.given(run, RECORD, NOW, lambda: sign(run, **(said if when == "now" else {}))) is None


def test_no_verdict_is_there_while_it_is_asked_what_is_signed(run: RunFolder) -> None:
    there = []

    def verify() -> None:
        there.extend(run.left())
        sign(run)

    again.given(run, RECORD, NOW, verify)
    assert "verdict.json" not in there
    assert "report.html" not in there
