import os
import subprocess
import sys
from pathlib import Path

import pytest

from checks import cli, errors

GONOGO = Path(sys.executable).parent / "gonogo"


def test_an_output_that_nobody_reads_any_more_is_neither_a_pass_nor_a_fault_of_ours() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([GONOGO, "policy", "list"], stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (errors.EXIT_PIPE_CLOSED, b"")


def test_workflows_are_written_beside_a_config_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "gonogo.yaml").write_text("preview: dist\n")
    done = subprocess.run([GONOGO, "init", "--github"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == errors.EXIT_GO, done.stderr
    assert (tmp_path / ".github" / "workflows" / "gonogo.yml").is_file()
    assert (tmp_path / "gonogo.yaml").read_text() == "preview: dist\n"
    assert b"`baseline: launch` into gonogo.yaml" in done.stdout


def test_a_config_that_is_written_beside_workflows_compares_with_the_last_launch(tmp_path: Path) -> None:
    done = subprocess.run([GONOGO, "init", "--github"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == errors.EXIT_GO, done.stderr
    assert "\nbaseline: launch\n" in (tmp_path / "gonogo.yaml").read_text()
    assert b"into gonogo.yaml" not in done.stdout


def test_a_terminal_that_knows_ascii_only_loses_no_line(tmp_path: Path) -> None:
    folder = tmp_path / "gonogo" / "policies"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(
        """
title: Überschrift
description: x
x-reads: page
x-severity: info
x-owner: marketing
x-message: x
x-fix: x
properties: {title: {properties: {length: {minimum: 10}}}}
examples: [{title: {length: 10}}]
x-counterexamples: [{title: {length: 9}}]
""",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([GONOGO, "policy", "list"], cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == errors.EXIT_GO, done.stderr
    assert b"\\xdcberschrift" in done.stdout


@pytest.mark.parametrize(
    ("words", "help_of"),
    [
        (["check", "dist", "--hots", "plain"], "gonogo check --help"),
        (["policy", "change", "seo/title-length", "--maxium=70"], "gonogo policy change --help"),
    ],
)
def test_a_mistyped_flag_leads_to_the_help_of_its_command(
    words: list[str], help_of: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    said = capsys.readouterr().err
    assert (ended.value.code, words[-1] in said) == (errors.EXIT_WRONG_USE, True)
    assert f"`{help_of}` lists what it takes" in said
