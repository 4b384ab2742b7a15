"""What the tests of the installed command share: the broken bakery, judged once for all of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import MadeOnce

BAKERY = "https://www.hearthandcrumb.example"
CONFIG = "render: {third-party: block}\n"
"""Tests ask nobody outside this machine."""


@pytest.fixture(scope="session")
def judged_bakery(made_once: MadeOnce, gonogo: Path, root: Path) -> Path:
    """Return the folder in which the broken bakery was judged, with what the command said in `said.json`.

    Its run is in `gonogo-run`. Who changes anything copies it first.
    """

    def judge(folder: Path) -> None:
        (folder / "gonogo.yaml").write_text(CONFIG)
        command: list[str | Path] = [gonogo, "check", root / "examples" / "bakery-broken", "--site", BAKERY]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
        said = {"exit_code": done.returncode, "screen": done.stdout + done.stderr}
        (folder / "said.json").write_text(json.dumps(said))

    return made_once("judged-bakery", judge)
