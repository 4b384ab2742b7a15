"""Somebody at a real terminal: five questions, asked again where the answer can't be used."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

from checks.judge import policies
from checks.run_folder import PAGES, RUN, RunFolder


def typed(command: list[str], folder: Path, answers: str) -> tuple[int, str]:
    """Run the command on a terminal of its own, type the answers, and return its exit code and what it showed."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder) as process:
        os.close(theirs)
        os.write(ours, answers.encode())
        shown = b""
        while piece := _read(ours):
            shown += piece
        os.close(ours)
    return process.returncode, shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody is at the other end any more
        return b""


def test_five_answers_become_a_policy_and_a_wrong_one_is_asked_again(gonogo: Path, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "gonogo-run")
    folder.path.mkdir()
    folder.write(RUN, {})
    folder.write_lines(PAGES, [{"kind": "page", "path": "/", "measured": ["title"], "title": {"length": 40}}])
    answers = "titel.length\ntitle.length\nat most 65\nwarning\nmarketing\nLong ones are cut off.\n"
    code, shown = typed([str(gonogo), "policy", "new", "own/title.yaml"], tmp_path, answers)
    assert code == 0, shown
    assert "did you mean `title`?" in shown
    [policy] = policies.from_file(tmp_path / "gonogo" / "policies" / "own" / "title.yaml")
    assert (policy.title, policy.severity, policy.owner) == ("title.length is at most 65", "warning", "marketing")
    assert policy.description == "Long ones are cut off."
