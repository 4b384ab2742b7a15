"""`gonogo policy show`: a policy as the project applies it, and a shipped one that is not in force as well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checks import cli, errors


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory: a project in which the recommended policies are in force."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_policy_in_force_is_shown_with_the_changes_of_the_project(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "gonogo.yaml").write_text("policies: {change: {seo/title-length: {x-severity: error}}}\n")
    assert cli.main(["policy", "show", "seo/title-length"]) == errors.EXIT_GO
    shown = capsys.readouterr()
    assert json.loads(shown.out)["x-severity"] == "error"
    assert shown.err == ""


def test_a_shipped_policy_that_is_not_in_force_is_shown_and_its_sets_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["policy", "show", "seo/title-length"]) == errors.EXIT_GO
    shown = capsys.readouterr()
    assert json.loads(shown.out)["x-severity"] == "warning"
    assert "`seo/title-length` is not in force here" in shown.err
    assert "It is in: strict." in shown.err


def test_a_mistyped_name_is_compared_with_all_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["policy", "show", "seo/title-lenght"]) == errors.EXIT_WRONG_USE
    assert "no policy `seo/title-lenght`; did you mean `seo/title-length`?" in capsys.readouterr().err
