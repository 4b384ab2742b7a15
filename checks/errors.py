"""What can go wrong, told as what happened, where, and what to do; with the exit code that the process ends with.

In: three sentences. Out: an exception that the one error boundary (`checks/cli.py`) prints.
A mistake of the user and a fault of ours are different classes: what is not a `GonogoError` is ours (exit 70).
"""

from __future__ import annotations

EXIT_GO = 0
EXIT_NO_GO = 1
EXIT_WRONG_USE = 2
EXIT_CANNOT_TELL = 3
EXIT_WEAKENED = 4
EXIT_REVIEWED = 5
EXIT_OUR_ERROR = 70
EXIT_INTERRUPTED = 130
EXIT_PIPE_CLOSED = 141
EXIT_TERMINATED = 143


class GonogoError(Exception):
    """Something that stops a run and that the reader of the message can mend."""

    exit_code = EXIT_OUR_ERROR

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}" if self.where else self.what]
        return "\n".join([*lines, f"  {self.remedy}"]) if self.remedy else lines[0]


class UserError(GonogoError):
    """Wrong use, or a config, policy or sign-off file that is broken (exit 2)."""

    exit_code = EXIT_WRONG_USE


class CannotMeasureError(GonogoError):
    """The machine could not do what was asked: no browser, a full disk (exit 3). Never a pass."""

    exit_code = EXIT_CANNOT_TELL
