"""What a reader must know of a baseline that was not compared whole."""

from __future__ import annotations

from pathlib import Path

from checks.against import telling
from checks.run_folder import RunFolder
from tests.action.conftest import HEAD
from tests.action.runs import line, write_facts
from tests.against.baselines import brought, put


def test_what_a_limit_left_out_of_the_baseline_is_told(tmp_path: Path) -> None:
    live = write_facts(tmp_path / "live", HEAD)
    left_out = line("/shop/", state="excluded", kind="link", why="`limits.pages` (2) leaves it out")
    put("coverage.jsonl", line("/"), line("/about/"), left_out)(live)
    found = brought(live, tmp_path / "run")
    run = RunFolder(tmp_path / "run")
    run.write("run.json", {"baseline": found.about})
    assert list(telling.notes(run)) == [
        f"`limits` leaves out 1 address of the baseline {live}; raise them to compare it all"
    ]
