"""The command: help, arguments, exit code. It decides nothing.

In: the arguments of a shell. Out: an exit code (README, "Exit codes"). Here is the one error boundary: what is not a
`GonogoError` is a fault of ours, and says so. What a command needs is imported when it runs, so that `--help` is there
at once.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from checks import __version__, errors
from checks.commands import flags, policy, sign_off

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

_DESCRIPTION = """\
The pre-launch gate for static sites: renders every page of a build in a headless browser,
judges what it measured by policies, and says GO, NO-GO or CANNOT TELL."""
_EXIT_CODES = """\
exit codes:
  0 GO   1 NO-GO   2 wrong use, or a broken config or policy   3 CANNOT TELL
  4 the change weakens its own rules   5 GO for review, and none for a deploy
  70 our own error   130, 141, 143 interrupted"""


class Terminated(KeyboardInterrupt):
    """SIGTERM: stop as for Ctrl-C, with another exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process) and return its exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that knows ASCII only is no reason to lose a verdict.
        sys.stdout.reconfigure(errors="backslashreplace")
    parser = build_parser()
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


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; its help is what the README shows."""
    parser = argparse.ArgumentParser(
        prog="gonogo",
        description=_DESCRIPTION,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"gonogo {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check", help="the whole way: collect, judge, report", description="Judge a built site."
    )
    flags.add_collecting(check)
    flags.add_shard(check)
    flags.add_judging(check)
    collect = commands.add_parser("collect", help="render the pages and write the facts into a run folder")
    flags.add_collecting(collect)
    flags.add_shard(collect)
    flags.add_merge(commands)
    judge = commands.add_parser("judge", help="judge the facts of a run again, offline")
    judge.add_argument("run", metavar="RUN", type=Path, help="the run folder")
    judge.add_argument(
        "--config", metavar="FILE", type=Path, help="judge by this config's rules instead of the run's own"
    )
    judge.add_argument("--head", metavar="REF", help="the commit whose rules are compared with those that decide")
    flags.add_ruling(judge)
    flags.add_judging(judge)
    _add_report(commands)
    facts = commands.add_parser("facts", help="what is known of a page: what a policy can speak about")
    facts.add_argument("page", metavar="PAGE", help="its path, such as /about/; `site` for the site")
    flags.add_run(facts)
    facts.add_argument("--json", action="store_true", help="the document as it is")
    explain = commands.add_parser("explain", help="one finding: the policy, the fact, where it stands, how to mend it")
    explain.add_argument("finding", metavar="FINDING", help="the beginning of its fingerprint, or a policy's id")
    flags.add_run(explain)
    policy.add(commands)
    _add_host(commands)
    adopt = commands.add_parser("adopt", help="accept today's findings of a legacy site as debt")
    adopt.add_argument("run", metavar="RUN", type=Path, help="the run folder")
    adopt.add_argument(
        "--folder", metavar="DIR", type=Path, default=Path("gonogo/adopted"), help="where to write (gonogo/adopted)"
    )
    init = commands.add_parser("init", help="write a gonogo.yaml to begin with")
    init.add_argument(
        "place", metavar="DIR|URL", nargs="?", default=".", help="the project (here), or the live site to draft it from"
    )
    init.add_argument("--yes", action="store_true", help="write what was drafted from a live site without asking")
    init.add_argument("--github", action="store_true", help="also write the workflows for GitHub Actions")
    sign_off.add(commands)
    _add_seal(commands)
    _add_landed(commands)
    _add_plan(commands)
    _add_baseline(commands)
    _add_doctor(commands)
    return parser


def _add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    report = commands.add_parser("report", help="write the reports of a run again, offline")
    report.add_argument("run", metavar="RUN", type=Path, help="the run folder")
    report.add_argument(
        "--format",
        metavar="NAME",
        default="text",
        help="text, html, junit, sarif, markdown, code-quality or annotations",
    )
    report.add_argument(
        "--sarif-waived",
        choices=("omit", "suppress"),
        help="leave signed-off findings out of SARIF, or mark them as suppressed (suppress)",
    )
    report.add_argument(
        "--junit-profile", choices=("jenkins", "gitlab"), help="whose dialect of JUnit to write (jenkins)"
    )
    report.add_argument("--open", action="store_true", help="show report.html in a browser instead of printing one")


def _add_doctor(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    doctor = commands.add_parser("doctor", help="say what is missing, and how to get it")
    doctor.add_argument("--install", action="store_true", help="get the browser")
    doctor.add_argument("--lighthouse", action="store_true", help="look at (or install) what Lighthouse needs, too")
    doctor.add_argument("--trust", action="store_true", help="look at people, keys and roles instead: who can sign?")
    doctor.add_argument("--trust-ref", metavar="REF", help="the commit whose people and keys to look at")
    doctor.add_argument("--config", metavar="FILE", type=Path, help="the config (default: gonogo.yaml)")


def _add_seal(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    seal = commands.add_parser("seal", help="is this the build that got GO? For the job that deploys")
    actions = seal.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="refuse a folder that differs by one byte, or has no GO")
    verify.add_argument("build", metavar="DIR", type=Path, help="the folder that is about to be deployed")
    flags.add_run(verify)


def _add_landed(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    landed = commands.add_parser(
        "landed",
        help="after the deploy: is what is live what was judged?",
        description="Ask the live site, and compare it with what a run judged.",
        epilog="exit codes: 0 as judged   1 it differs: roll back, or sign   3 it could not be told",
    )
    landed.add_argument("url", metavar="URL", help="the live site, such as https://www.example.com")
    flags.add_run(landed)
    landed.add_argument(
        "--pages",
        metavar="N",
        default="50",
        help="how many pages beside the home page and the key pages, or `all` (50); for one build always the same",
    )
    landed.add_argument(
        "--connect-to",
        metavar="HOST:PORT:HOST:PORT",
        action="append",
        default=[],
        help="connect to the second one for the first, as curl does: to look before DNS is switched",
    )
    landed.add_argument("--json", action="store_true", help="print JSON")


def _add_plan(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    plan = commands.add_parser(
        "plan",
        help="judge a redirect spreadsheet before anybody writes it as rules",
        description="Judge a sheet of redirects: its columns are from, to and, where you like, status.",
        epilog="exit codes: 0 it can be made into rules   1 it is wrong   3 nobody can tell",
    )
    plan.add_argument("map", metavar="MAP", help="the sheet, exported as CSV")
    plan.add_argument("--build", metavar="DIR", help="the built folder that it leads into: are its targets there?")
    plan.add_argument("--run", metavar="DIR", type=Path, help="a run that judged the site that it leads into, instead")
    plan.add_argument(
        "--worth",
        metavar="FILE",
        help="an export of Search Console's pages: how many clicks are kept (from the config)",
    )
    flags.add_place(plan)
    plan.add_argument("--format", choices=("text", "json"), default="text", help="what to print: text or json (text)")


def _add_baseline(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    baseline = commands.add_parser("baseline", help="what is live, kept for later runs to be compared with")
    actions = baseline.add_subparsers(dest="action", required=True, metavar="ACTION")
    save = actions.add_parser("save", help="keep the facts of a run; pages that did not change take no room twice")
    save.add_argument("run", metavar="RUN", type=Path, help="the run folder")
    save.add_argument("folder", metavar="DEST", type=Path, help="the folder of saved baselines")
    save.add_argument("--keep", metavar="N", type=int, help="forget all but the newest N (none is forgotten)")
    redirects = actions.add_parser("redirects", help="draft the redirects that a run lacks, the best match first")
    redirects.add_argument("run", metavar="RUN", type=Path, help="the run folder, of a check with a baseline")
    show = actions.add_parser("show", help="list the saved baselines, the oldest first")
    show.add_argument("folder", metavar="DEST", type=Path, help="the folder of saved baselines")


def _add_host(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    host = commands.add_parser("host", help="what the host answers at an address, and by which rule")
    actions = host.add_subparsers(dest="action", required=True, metavar="ACTION")
    explain = actions.add_parser("explain", help="each answer on the way, with the rule, its file and its line")
    explain.add_argument("path", metavar="PATH", help="the path, such as /shop/?page=2")
    explain.add_argument(
        "--preview", metavar="DIR", help="the built folder, or the URL of a preview (from gonogo.yaml)"
    )
    flags.add_place(explain)
    explain.add_argument("--json", action="store_true", help="print JSON")


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
