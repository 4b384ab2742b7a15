"""What somebody named as a baseline: a saved one, a run, an address, or the folder of a build.

In: its name. Out: its kind; or an error for one that no preview can be compared with.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from checks.baseline.store import LATEST
from checks.errors import UserError
from checks.run_folder import RunFolder
from checks.settings.remote import is_address

NONE: Final = "none"
LAUNCH: Final = "launch"
"""What is live is the last launch, wherever CI keeps it; a folder of that name is `./launch`."""
SAVED: Final = "saved"
RUN: Final = "run"
ADDRESS: Final = "address"
BUILD: Final = "build"


def kind_of(name: str) -> str:
    """Return the kind; what is not there counts as a build, for whoever opens it says so."""
    if is_address(name):
        return ADDRESS
    folder = Path(name)
    if (folder / LATEST).is_file():
        return SAVED
    return RUN if RunFolder(folder).exists() else BUILD


def require_other(named: str, preview: Path | str, run: RunFolder, launch: str | None = None) -> None:
    """Raise UserError where the baseline is the preview itself, or lies in the run folder, which is cleared first."""
    name = (launch or NONE) if named == LAUNCH else named
    if name == NONE:
        return
    if _is_same(name, preview):
        raise UserError(
            "the baseline is the preview itself, which would excuse each of its faults",
            where=name,
            remedy="Name what is live: the build of the base branch, a saved baseline, or the address of the site.",
        )
    if not is_address(name) and Path(name).resolve().is_relative_to(run.path.resolve()):
        raise UserError(
            "the baseline lies in the run folder, which is cleared first",
            where=name,
            remedy="Choose another run folder with `--run`.",
        )


def _is_same(name: str, preview: Path | str) -> bool:
    if isinstance(preview, str):
        return name.rstrip("/") == preview.rstrip("/")
    return not is_address(name) and Path(name).resolve() == preview.resolve()
