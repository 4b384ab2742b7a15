"""sign-off: ask for an exception, sign it, look at those there are.

In: the parser of the command; parsed arguments. Out: the sub-parsers, an exit code. What an action needs is imported
when it runs.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from checks.commands import lazily

_FOLDER: Final = Path("gonogo/sign-offs")
_RUN: Final = Path("gonogo-run")
_ACTIONS: Final = {
    "request": "checks.commands.sign_off_request",
    "approve": "checks.commands.sign_off_approve",
    "revoke": "checks.commands.sign_off_revoke",
    "list": "checks.commands.sign_off_list",
    "verify": "checks.commands.sign_off_verify",
    "log": "checks.commands.sign_off_log",
}
"""Action -> the module whose `run` does it."""
sign_off: Final = lazily.by_action(_ACTIONS)
Actions = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def add(commands: Actions[argparse.ArgumentParser]) -> None:
    """Add `sign-off` and its actions to the parser of the command."""
    command = commands.add_parser("sign-off", help="ask for an exception, sign it, look at those there are")
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_request(actions)
    _add_approve(actions)
    _add_revoke(actions)
    listing = actions.add_parser("list", help="every sign-off and open request: who, what, until when")
    _add_folder(listing)
    _add_trust(listing)
    verify = actions.add_parser("verify", help="check signatures, people and days of sign-offs")
    verify.add_argument("files", metavar="FILE", nargs="*", type=Path, help="statements (default: all in the folder)")
    _add_folder(verify)
    _add_trust(verify)
    log = actions.add_parser("log", help="all sign-offs there ever were, from git, and figures from them")
    log.add_argument("runs", metavar="RUN", nargs="*", type=Path, help="folders of saved runs, to count in")
    log.add_argument("--json", action="store_true", help="the figures as JSON")
    _add_folder(log)


def _add_request(actions: Actions[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "request",
        help="choose what to ask for, from a run; writes a request",
        description="Without a filter, on a terminal: a checklist of everything that blocks.",
    )
    _add_run(parser)
    parser.add_argument("--owner", metavar="NAME", default="", help="everything that blocks and belongs to an owner")
    parser.add_argument("--policy", metavar="ID", default="", help="everything that a policy found")
    parser.add_argument("--page", metavar="PATH", default="", help="everything on one page")
    parser.add_argument("--finding", metavar="CODE", default="", help="one finding: the beginning of its fingerprint")
    parser.add_argument("--cause", metavar="CODE", default="", help="one cause, with all its pages")
    parser.add_argument("--weakenings", action="store_true", help="only what weakens the rules")
    parser.add_argument("--worst", metavar="N", type=float, help="the worst value to accept (default: what was found)")
    parser.add_argument("--by", metavar="NAME", default="", help="who asks (default: the name that git knows)")
    parser.add_argument("--out", metavar="DIR", type=Path, default=_FOLDER, help=f"where to write ({_FOLDER})")
    parser.add_argument("--repository", metavar="NAME", default="", help="the repository, where the run does not say")
    parser.add_argument("--repository-id", metavar="N", type=int, help="its number, where the run does not say")
    parser.add_argument("--base-branch", metavar="NAME", default="", help="the branch that it is to be merged into")
    _add_said(parser)


def _add_approve(actions: Actions[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "approve",
        help="see what is asked for, and sign it",
        description="Shows from the run what is about to be signed, asks for what is missing, and signs with "
        "ssh-keygen. A statement that somebody signed already gets one more signature.",
    )
    parser.add_argument(
        "files", metavar="REQUEST", nargs="+", type=Path, help="the request, or a statement to sign as well"
    )
    _add_run(parser)
    _add_key(parser)
    _add_said(parser)
    parser.add_argument("--yes", action="store_true", help="sign without asking once more")


def _add_revoke(actions: Actions[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser("revoke", help="take a sign-off back, or everything that a key has signed")
    parser.add_argument(
        "what", metavar="ID|KEY", help="the beginning of a sign-off's id, or a fingerprint such as SHA256:..."
    )
    parser.add_argument("--reason", metavar="TEXT", help="why, in 20 to 1000 characters")
    _add_key(parser)
    _add_folder(parser)
    parser.add_argument("--yes", action="store_true", help="sign without asking once more")


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", metavar="DIR", type=Path, default=_RUN, help=f"the run folder ({_RUN})")


def _add_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--key", metavar="FILE", type=Path, help="your key, private or .pub (default: in ~/.ssh)")


def _add_said(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason-code", metavar="CODE", help="the kind of reason, such as fix-scheduled")
    parser.add_argument("--reason", metavar="TEXT", help="why it may go live, in 20 to 1000 characters")
    parser.add_argument("--until", metavar="DAY", help="the last day, such as 2026-12-31")
    parser.add_argument("--ticket", metavar="TEXT", help="where the work on it is tracked")


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folder", metavar="DIR", type=Path, default=_FOLDER, help=f"where the sign-offs lie ({_FOLDER})"
    )


def _add_trust(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", type=Path, help="the config (gonogo.yaml)")
    parser.add_argument("--site", metavar="ORIGIN", help="where the site is live, where the config does not say")
    parser.add_argument("--trust-ref", metavar="REF", help="the commit whose people and keys count (the working tree)")
