"""The last launch, which CI keeps from run to run: where it lies in this run, or why it is not there.

In: what `--launch` says. Out: one frozen record. The config says only that the preview is compared with it (`baseline:
launch`); where it lies differs from machine to machine, so whoever runs the check says that.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checks.report.words import clip

NONE_YET: Final = "none"
"""What `--launch` says before the first launch."""
NOTHING_KEPT: Final = "no launch has been kept yet: the first one begins the comparison"
NOT_AT_A_DESK: Final = "the last launch is kept by CI and was not brought here; `--launch DIR` compares with it"
_UNTOLD: Final = (
    "this run was not told where the last launch is: `--launch DIR` says it, or the action's input `baseline: launch`"
)
_LONGEST: Final = 500  # characters of a reason


@dataclass(frozen=True, slots=True)
class Launch:
    """Where the last launch lies."""

    folder: str | None = None
    """A folder of saved baselines; None where there is none to be had."""
    why: str | None = _UNTOLD
    """Why it can't be had; None where it can, or where there is none yet."""
    is_at_desk: bool = False
    """Whether nobody said anything of it, outside of CI: there, somebody who tries a page out has no launch at hand."""

    @property
    def is_none_yet(self) -> bool:
        """Whether nothing has been launched so far, so that there is nothing to compare with."""
        return self.folder is None and self.why is None


def told(said: str | None, *, in_ci: bool) -> Launch:
    """Return what `--launch` means: a folder, a file in which CI says why there is none, or `none`.

    A folder that is not there is the business of whoever opens it.
    """
    if said is None:
        return Launch(is_at_desk=not in_ci)
    if said == NONE_YET:
        return Launch(why=None)
    if Path(said).is_file():
        text = Path(said).read_text(encoding="utf-8", errors="replace")
        return Launch(why=clip(" ".join(text.split()), _LONGEST) or _UNTOLD)
    return Launch(said, None)
