"""What the tests of signing share: a desk with a run on it, and what was printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.run_folder import RunFolder
from tests.signing.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    made = Desk(tmp_path, RunFolder(Path("gonogo-run")))
    made.write_run()
    return made


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    return lambda: capsys.readouterr().out
