"""Debt is taken from what a browser has seen of every page."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import run_folder
from checks.cli import main
from checks.run_folder import RunFolder


def test_what_the_review_gate_found_is_not_adopted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = RunFolder(tmp_path / "run")
    run.clear()
    run.write(run_folder.RUN, {"gate": "review"})
    for name in (run_folder.COVERAGE, run_folder.PAGES, run_folder.FINDINGS):
        run.write_lines(name, [])
    for name in (run_folder.SITE, run_folder.POLICIES, run_folder.ADOPTED):
        run.write(name, {})
    assert main(["adopt", str(run.path), "--folder", str(tmp_path / "adopted")]) == 2
    assert "the review gate collected it" in capsys.readouterr().err
    assert not (tmp_path / "adopted").exists()
