"""The interactive part of report.html, as hatch_build.py built it out of report-app/.

In: nothing. Out: its script and its style sheet, or None in a checkout where nobody has built it. A gate job runs from
such a checkout, and never waits for npm.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent.parent / "bundle"
HOW_TO_GET_IT: Final = (
    "This is the plain report. Where gonogo is installed (`pipx install .` in its checkout), `gonogo report RUN` writes"
    " one with search, filters, a site map and the facts of every page."
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A classic script and a style sheet, each to be written inside an element of its own."""

    script: str
    style: str


@cache
def find(folder: Path = FOLDER) -> Bundle | None:
    """Return what was built, or None where nothing was."""
    try:
        script, style = ((folder / name).read_text(encoding="utf-8") for name in ("report.js", "report.css"))
    except FileNotFoundError:
        return None
    return Bundle(script, style)


def source_hash(content: str) -> str:
    """Return how a content security policy names an inline script or style sheet."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}'"
