"""What was measured, one JSON line a run, so that a comparison can be stopped and goes on.

In: a file. Out: `Run`s. No run that is not whole counts in a figure.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one tool."""

    tool: str
    site: str
    pages: int
    warm: bool
    round: int
    wall_s: float
    processor_s: float
    memory_mib: float
    opened: int
    """Pages that were fetched from the local server, or whose files were read."""
    counted: int | None
    """Pages that the tool's own output tells of."""
    code: int | None
    """Its exit code; None where it was ended."""
    whole: bool
    load: float
    """The machine's load average of one minute when it ended."""
    machine: str

    @property
    def key(self) -> tuple[str, str, int, bool, int]:
        """What is measured once."""
        return (self.tool, self.site, self.pages, self.warm, self.round)


def read(path: Path) -> list[Run]:
    """Return the runs in `path`; none where there is no such file."""
    if not path.is_file():
        return []
    return [Run(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def append(path: Path, run: Run) -> None:
    """Add one run."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(run)) + "\n")
