"""A run that was collected before is compared with what those name as baseline who decide."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from checks import settings
from checks.against import following
from checks.baseline import store
from checks.baseline.launch import NOT_AT_A_DESK, NOTHING_KEPT
from checks.run_folder import RunFolder
from checks.trust.rules import Trust
from tests.action.conftest import HEAD
from tests.action.runs import write_facts
from tests.against.baselines import LAUNCH, told


def test_facts_of_a_fork_are_compared_with_the_launch_that_the_trusted_half_has(tmp_path: Path) -> None:
    store.save(RunFolder(write_facts(tmp_path / "live", HEAD)), tmp_path / "kept")
    run = RunFolder(write_facts(tmp_path / "run", HEAD, ["/"]))
    (run.path / "answers.jsonl").touch()
    chosen = settings.from_bytes(LAUNCH, "gonogo.yaml", {}, dt.date(2026, 11, 29))
    following.follow(run, chosen, Trust("base", None, None, ""), told(str(tmp_path / "kept")))
    assert [one["state"] for one in run.lines("changes.jsonl") if one["path"] == "/about/"] == ["removed"]


def test_facts_of_a_fork_before_the_first_launch_are_compared_with_nothing(tmp_path: Path) -> None:
    run = RunFolder(write_facts(tmp_path / "run", HEAD))
    chosen = settings.from_bytes(LAUNCH, "gonogo.yaml", {}, dt.date(2026, 11, 29))
    following.follow(run, chosen, Trust("base", None, None, ""), told("none"))
    assert run.read("run.json")["baseline"] is None
    assert NOTHING_KEPT in run.read("run.json")["notes"]


def test_a_launch_that_a_fork_wrote_itself_is_not_believed(tmp_path: Path) -> None:
    store.save(RunFolder(write_facts(tmp_path / "live", HEAD)), tmp_path / "kept")
    run = RunFolder(write_facts(tmp_path / "run", HEAD, ["/"]))
    shutil.copytree(run.path, run.baseline.path)
    own = {"name": "launch", "kind": "saved", "why": None, "gonogo": None, "commit": None, "finished": None}
    run.write("run.json", {**run.read("run.json"), "baseline": {**own, "build_digest": None}})
    (run.path / "answers.jsonl").touch()
    chosen = settings.from_bytes(LAUNCH, "gonogo.yaml", {}, dt.date(2026, 11, 29))
    following.follow(run, chosen, Trust("base", None, None, ""), told(str(tmp_path / "kept")))
    assert [one["state"] for one in run.lines("changes.jsonl") if one["path"] == "/about/"] == ["removed"]


def test_what_was_said_of_another_launch_is_said_no_more(tmp_path: Path) -> None:
    run = RunFolder(write_facts(tmp_path / "run", HEAD))
    run.write("run.json", {**run.read("run.json"), "notes": ["windy", NOTHING_KEPT, NOT_AT_A_DESK]})
    chosen = settings.from_bytes(LAUNCH, "gonogo.yaml", {}, dt.date(2026, 11, 29))
    following.follow(run, chosen, Trust("base", None, None, ""), told("none"))
    assert run.read("run.json")["notes"] == ["windy", NOTHING_KEPT]
