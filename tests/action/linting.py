"""Run a linter of this repository over a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def lint(tool: str, *arguments: str | Path) -> tuple[int, str]:
    done = subprocess.run([BIN / tool, *arguments], capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout + done.stderr
