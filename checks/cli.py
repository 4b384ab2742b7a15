"""The command: from arguments to an exit code. It decides nothing.

In: the arguments of a shell. Out: an exit code (README, "Exit codes"). Here is the one error boundary: what is not a
`GonogoError` is a fault of ours, and says so.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from typing import TYPE_CHECKING

from checks import errors, interrupted
from checks.commands import lazily, parsers, policy, sign_off

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process) and return its exit code."""
    try:
        interrupted.listen()
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A terminal that knows ASCII only is no reason to lose a verdict.
            sys.stdout.reconfigure(errors="backslashreplace")
        parser = parsers.build()
        parsed, unknown = parser.parse_known_args(arguments)
        if unknown:
            parser.error(f"`gonogo {parsed.command}` does not know {' '.join(unknown)}; {_listed_by(parsed)}")
        code: int = _COMMANDS[parsed.command](parsed)
        interrupted.heed()
        sys.stdout.flush()
    except errors.GonogoError as error:
        _say(f"gonogo: {error}")
        return error.exit_code
    except interrupted.Terminated:
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


def _listed_by(parsed: argparse.Namespace) -> str:
    words = (parsed.command, getattr(parsed, "action", None), "--help")
    return f"`gonogo {' '.join(word for word in words if word)}` lists what it takes"


def _say(text: str) -> None:
    from checks.report.escape import terminal_line

    print("\n".join(terminal_line(line) for line in text.split("\n")), file=sys.stderr)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": lazily.command("checks.commands.whole_way", "check"),
    "collect": lazily.command("checks.commands.whole_way", "collect"),
    "merge": lazily.command("checks.commands.whole_way", "merge"),
    "judge": lazily.command("checks.commands.whole_way", "judge"),
    "report": lazily.command("checks.commands.reports", "report"),
    "facts": lazily.command("checks.commands.looking", "facts"),
    "explain": lazily.command("checks.commands.looking", "explain"),
    "policy": policy.policy,
    "host": lazily.command("checks.commands.hosting", "host"),
    "adopt": lazily.command("checks.commands.project", "adopt"),
    "init": lazily.command("checks.commands.project", "init"),
    "sign-off": sign_off.sign_off,
    "baseline": lazily.command("checks.commands.baseline", "baseline"),
    "seal": lazily.command("checks.commands.sealing", "seal"),
    "landed": lazily.command("checks.commands.landed", "landed"),
    "plan": lazily.command("checks.commands.plan", "plan"),
    "doctor": lazily.command("checks.commands.project", "doctor"),
}

if __name__ == "__main__":
    sys.exit(main())
