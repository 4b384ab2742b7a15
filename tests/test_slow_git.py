"""A git that does not answer is told as such, and never taken for a repository that is not there or knows nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.errors import CannotMeasureError
from checks.gate import collecting
from checks.signing import git_history

ASKED: dict[str, Callable[[], object]] = {
    "which commit is judged": collecting.commit,
    "what was signed": lambda: git_history.added(Path()),
    "who made the change": git_history.authors,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_nobody_can_tell_where_git_does_not_answer(
    ask: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(collecting, "TIME_LIMIT_S", 0.2)
    monkeypatch.setattr(git_history, "_SECONDS", 0.2)
    with pytest.raises(CannotMeasureError, match="took longer than"):
        ask()
