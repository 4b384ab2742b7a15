"""What somebody named as a baseline: a saved one, a run, an address, or the folder of a build.

In: its name. Out: its kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from checks.baseline.store import LATEST
from checks.run_folder import RunFolder
from checks.settings.remote import is_address

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
