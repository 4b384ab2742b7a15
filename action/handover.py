"""What one step of the action leaves for the next: whose rules decide, and how the check has ended.

In: a folder that lives as long as the job. Out: one small record. A verdict counts only together with the exit code
that stands here: a run folder may be old, or left by a check that died after it had written GO.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Handover:
    """What the steps before have found out."""

    rules_ref: str
    """The commit or ref whose rules decide."""
    pull_request: int | None
    exit_code: int | None = None
    """None until the check has ended."""
    launch: str | None = None
    """What `--launch` of the command takes; None where nobody asked for the last launch."""


def file(temporary: Path, run: Path) -> Path:
    """Return where the record for `run` lies; two runs of one job do not meet."""
    return temporary / f"gonogo-{hashlib.sha256(str(run.absolute()).encode()).hexdigest()[:16]}.json"


def context_file(where: Path) -> Path:
    """Return where what the API says of the change lies, beside the record at `where`."""
    return where.with_suffix(".context.json")


def launch_folder(where: Path) -> Path:
    """Return where the last launch is put, beside the record at `where`."""
    return where.with_suffix(".launch")


def write(where: Path, handover: Handover) -> None:
    """Leave `handover` for the next step, instead of what lies there."""
    where.write_text(json.dumps(asdict(handover)), encoding="utf-8")


def read(where: Path) -> Handover | None:
    """Return what was left, None where no step has come so far."""
    try:
        return Handover(**json.loads(where.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def forget(where: Path) -> None:
    """Drop what an earlier job has left on this machine."""
    where.unlink(missing_ok=True)
    context_file(where).unlink(missing_ok=True)
