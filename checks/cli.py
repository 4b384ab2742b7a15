"""The command: from arguments to an exit code. It decides nothing.

In: the arguments of a shell. Out: an exit code (README, "Exit codes"). Here is the one error boundary: what is not a
`GonogoError` is a fault of ours, and says so. What a command needs is imported when it runs, so that `--help` is there
at once.
"""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, NoReturn

from checks import errors
from checks.commands import parsers, policy, sign_off

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from types import FrameType


class Terminated(KeyboardInterrupt):
    """SIGTERM: stop as for Ctrl-C, with another exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process) and return its exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that knows ASCII only is no reason to lose a verdict.
        sys.stdout.reconfigure(errors="backslashreplace")
    parser = parsers.build()
    try:
        parsed = parser.parse_args(arguments)
        code: int = _COMMANDS[parsed.command](parsed)
        sys.stdout.flush()
    except errors.GonogoError as error:
        _say(f"gonogo: {error}")
        return error.exit_code
    except Terminated:
        return errors.EXIT_TERMINATED
    except KeyboardInterrupt:
        return errors.EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has gone; without this, Python complains once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return errors.EXIT_PIPE_CLOSED
    except Exception:  # noqa: BLE001 - the one error boundary
        _say(traceback.format_exc())
        _say("gonogo: this is a fault of gonogo, and no verdict was reached. Please report it with the lines above.")
        return errors.EXIT_OUR_ERROR
    return code


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated


def _say(text: str) -> None:
    from checks.report.escape import terminal_line

    print("\n".join(terminal_line(line) for line in text.split("\n")), file=sys.stderr)


def _lazily(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    def run(parsed: argparse.Namespace) -> int:
        command: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(module), name)
        return command(parsed)

    return run


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _lazily("checks.commands.whole_way", "check"),
    "collect": _lazily("checks.commands.whole_way", "collect"),
    "merge": _lazily("checks.commands.whole_way", "merge"),
    "judge": _lazily("checks.commands.whole_way", "judge"),
    "report": _lazily("checks.commands.whole_way", "report"),
    "facts": _lazily("checks.commands.looking", "facts"),
    "explain": _lazily("checks.commands.looking", "explain"),
    "policy": policy.policy,
    "host": _lazily("checks.commands.hosting", "host"),
    "adopt": _lazily("checks.commands.project", "adopt"),
    "init": _lazily("checks.commands.project", "init"),
    "sign-off": sign_off.sign_off,
    "baseline": _lazily("checks.commands.baseline", "baseline"),
    "seal": _lazily("checks.commands.sealing", "seal"),
    "landed": _lazily("checks.commands.landed", "landed"),
    "plan": _lazily("checks.commands.plan", "plan"),
    "doctor": _lazily("checks.commands.project", "doctor"),
}

if __name__ == "__main__":
    sys.exit(main())
