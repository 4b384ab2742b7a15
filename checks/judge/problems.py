"""What is wrong with the files that people write, collected so that all of it is told at once.

In: single problems, each with file, place and remedy. Out: one `UserError` that lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one file."""

    what: str
    pointer: str = ""
    """JSON Pointer to the place in the file."""
    remedy: str = ""
    path: str = ""
    line: int | None = None
    """Counted from 1; None where the place could not be found in the text."""

    @property
    def where(self) -> str:
        """The place as people look it up: file, line, pointer."""
        file = f"{self.path}:{self.line}" if self.line else self.path
        return f"{file} ({self.pointer})" if self.pointer else file


def refusal(problems: Sequence[Problem], kind: str = "policies") -> UserError:
    """Return the error that tells of all `problems`; `kind` says what the files hold."""
    if len(problems) == 1:
        only = problems[0]
        return UserError(only.what, where=only.where, remedy=only.remedy)
    lines = [f"{len(problems)} problems in the {kind}:"]
    for problem in problems:
        lines.append(f"{problem.where}: {problem.what}")
        if problem.remedy:
            lines.append(f"  {problem.remedy}")
    return UserError("\n".join(lines))
