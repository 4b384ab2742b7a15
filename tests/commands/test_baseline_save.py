"""A run that nobody would launch is saved as what is live only with a warning, and the folder goes on saying so."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from checks import run_folder
from checks.commands import baseline
from checks.errors import UserError
from checks.run_folder import RunFolder
from tests.baseline.test_store import run_of


def judged(folder: Path, verdict: str | None, *blocking: bool) -> RunFolder:
    """Return a run that came to a verdict, with a finding for each of `blocking`; None: nobody judged it."""
    run = run_of(folder, {"/": "Home"})
    if verdict is not None:
        run.write(run_folder.VERDICT, {"verdict": verdict, "policies": []})
        run.write_lines(run_folder.FINDINGS, [{"blocking": one, "reads": "change"} for one in blocking])
    return run


def said(run: RunFolder, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Return what is printed when the run is saved, and when the folder is shown."""
    baseline.save(argparse.Namespace(run=run.path, folder=folder, keep=None))
    saved = capsys.readouterr().out
    baseline.show(argparse.Namespace(folder=folder))
    return saved, capsys.readouterr().out


def test_a_run_that_got_go_is_saved_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved, shown = said(judged(tmp_path / "run", "GO", False), tmp_path / "saved", capsys)
    assert ("WARNING" in saved, "said" in shown) == (False, False)


@pytest.mark.parametrize("verdict", ["NO-GO", "CANNOT TELL"])
def test_one_that_did_not_is_saved_with_a_warning(
    verdict: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, shown = said(judged(tmp_path / "run", verdict), tmp_path / "saved", capsys)
    assert f"WARNING: this run said {verdict}" in saved
    assert f"said {verdict}" in shown


def test_the_warning_counts_what_blocked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved, _ = said(judged(tmp_path / "run", "NO-GO", True, False, True), tmp_path / "saved", capsys)
    assert "this run said NO-GO, 2 findings blocked it" in saved


def test_one_that_nobody_judged_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved, _ = said(judged(tmp_path / "run", None), tmp_path / "saved", capsys)
    assert "Nobody judged this run" in saved


def test_a_folder_without_a_saved_baseline_is_wrong_use_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        baseline.show(argparse.Namespace(folder=tmp_path))
    assert (refused.value.where, refused.value.remedy) == (
        str(tmp_path),
        "Save one in it: `gonogo baseline save RUN DEST`.",
    )
