"""policy: list, show, test, try, write and change the rules.

In: the parser of the command; parsed arguments. Out: the sub-parsers, an exit code. What an action needs is imported
when it runs.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from checks.commands import lazily

_RUN: Final = Path("gonogo-run")
_ACTIONS: Final = {
    "list": "checks.commands.policy_list",
    "show": "checks.commands.policy_show",
    "schema": "checks.commands.policy_schema",
    "test": "checks.commands.policy_test",
    "change": "checks.commands.policy_change",
    "new": "checks.commands.policy_new",
    "try": "checks.commands.policy_try",
}
"""Action -> the module whose `run` does it."""
policy: Final = lazily.by_action(_ACTIONS)
Actions = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def add(commands: Actions[argparse.ArgumentParser]) -> None:
    """Add `policy` and its actions to the parser of the command."""
    command = commands.add_parser("policy", help="list, show, try, write, change or test policies")
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all policies in force")
    _add_config(listing)
    listing.add_argument("--proposed", action="store_true", help="only those that are proposed, and since when")
    listing.add_argument("--run", metavar="DIR", type=Path, help="with --proposed: what they would find in this run")
    show = actions.add_parser("show", help="one policy, as it is applied")
    _add_config(show)
    show.add_argument("id", metavar="ID", help="its id, such as seo/title-length")
    _add_test(actions)
    _add_try(actions)
    _add_new(actions)
    _add_change(actions)
    schema = actions.add_parser("schema", help="a schema for an editor, which then completes and explains")
    schema.add_argument(
        "of",
        choices=("page", "site", "change", "lighthouse", "policy", "config"),
        help="policies about which facts, or any; the config",
    )


def _add_test(actions: Actions[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "test",
        help="run every example, and look for rules that can never fail",
        description="Runs the examples and counterexamples of all policies, shipped and own, in force or not. "
        "With a run, says which apply to nothing, and which of your own can't fail on your pages.",
    )
    parser.add_argument("ids", metavar="ID", nargs="*", help="only these policies (default: all)")
    parser.add_argument("--run", metavar="DIR", type=Path, help="a run to try them on")
    _add_config(parser)


def _add_try(actions: Actions[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "try",
        help="what a policy would find in the last run",
        description="Judges the facts of a finished run by one file, without a browser. Nothing is written.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="the policy, in JSON or YAML")
    _add_run(parser)
    parser.add_argument("--all", action="store_true", help="every page with what it came to, a line each")


def _add_new(actions: Actions[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "new",
        help="write a policy from five answers",
        description="Asks what the options do not say, takes examples from a run, and writes below gonogo/policies.",
    )
    parser.add_argument("name", metavar="NAME", help="its id, such as landing/campaign; .yaml behind it writes YAML")
    parser.add_argument("--fact", metavar="PATH", help="which fact, such as title.length")
    parser.add_argument("--must", metavar="TEXT", help="what must hold of it, such as 'at most 65'")
    parser.add_argument("--severity", metavar="WORD", help="how bad it is: error, warning or info")
    parser.add_argument("--owner", metavar="NAME", help="whose it is")
    parser.add_argument("--why", metavar="TEXT", help="why it matters")
    parser.add_argument("--pages", metavar="TEXT", help="which pages, such as /landing/** (default: every page)")
    parser.add_argument("--title", metavar="TEXT", help="the rule as a sentence (default: made from fact and demand)")
    parser.add_argument("--fix", metavar="TEXT", help="how to mend it (default: likewise)")
    parser.add_argument(
        "--config", metavar="FILE", type=Path, help="the config (default: gonogo.yaml, where there is one)"
    )
    _add_run(parser)


def _add_change(actions: Actions[argparse.ArgumentParser]) -> None:
    parser = actions.add_parser(
        "change",
        help="another limit or severity for a shipped policy, written into gonogo.yaml",
        description="Finds the place of a limit in the policy, and writes the change under policies.change in "
        "gonogo.yaml; comments and order stay.",
    )
    parser.add_argument("id", metavar="ID", help="its id, such as seo/title-length")
    for limit in ("minimum", "maximum"):
        parser.add_argument(f"--{limit}", metavar="N", type=_number, help=f"another {limit} of a number")
    for name, what in (("length", "characters of a text"), ("items", "members of a list")):
        parser.add_argument(f"--min-{name}", metavar="N", type=int, help=f"fewest {what}")
        parser.add_argument(f"--max-{name}", metavar="N", type=int, help=f"most {what}")
    parser.add_argument("--fact", metavar="PATH", help="which fact the limit is of, where the policy limits several")
    parser.add_argument("--severity", choices=("error", "warning", "info"), help="how bad it is")
    parser.add_argument("--owner", metavar="NAME", help="whose it is")
    parser.add_argument("--status", choices=("active", "proposed"), help="proposed: shown, and blocks nothing")
    parser.add_argument("--escalate-after", metavar="DAYS", type=int, help="days until a warning becomes an error")
    parser.add_argument("--title", metavar="TEXT", help="what must hold")
    parser.add_argument("--why", metavar="TEXT", help="why it matters")
    parser.add_argument("--fix", metavar="TEXT", help="how to mend it")
    parser.add_argument("--message", metavar="TEXT", help="the sentence about one failure")
    parser.add_argument("--drop", action="store_true", help="do without the policy")
    parser.add_argument("--reset", action="store_true", help="take the change out of the file again")
    parser.add_argument("--config", metavar="FILE", type=Path, help="the config (default: gonogo.yaml)")


def _number(text: str) -> int | float:
    """Return a number; argparse tells what is none."""
    try:
        return int(text)
    except ValueError:
        return float(text)


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", metavar="FILE", type=Path, help="the config (default: gonogo.yaml, where there is one)"
    )
    parser.add_argument(
        "--set", metavar="NAME", choices=("recommended", "strict"), help="which policies: recommended or strict"
    )


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--run", metavar="DIR", type=Path, default=_RUN, help=f"the run folder ({_RUN})")
