"""Sides that do not hold what their ledgers say are not compared, and nothing passes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from checks import settings
from checks.against import bringing, changes
from checks.run_folder import RunFolder
from tests.action.conftest import HEAD
from tests.action.runs import line, page, write_facts
from tests.against.baselines import NOBODY, Change, put

CUT: dict[str, Change] = {
    "a page less than the ledger says": put("pages.jsonl", page("/")),
    "a page that the ledger does not know": put("coverage.jsonl", line("/")),
}


@pytest.mark.parametrize("name", list(CUT))
def test_a_baseline_that_was_cut_compares_nothing(name: str, tmp_path: Path) -> None:
    live = write_facts(tmp_path / "live", HEAD)
    CUT[name](live)
    run = RunFolder(write_facts(tmp_path / "run", HEAD))
    chosen = settings.from_bytes(b"{}", "gonogo.yaml", {"baseline": str(live)}, dt.date(2026, 11, 29))
    about = bringing.bring(chosen, run, bringing.Means(None, NOBODY)).about
    run.write("run.json", {**run.read("run.json"), "baseline": about})
    changes.compare(run, chosen)
    assert [one["measured"] for one in run.lines("changes.jsonl")] == [[], []]
