"""What each command is told: its help and its arguments.

In: nothing. Out: the parser, whose help is what the README shows. Flags that several commands share are in flags.py,
the commands around a deploy in parsers_live.py; `policy` and `sign-off`, which have many actions, add themselves.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks import __version__
from checks.commands import flags, parsers_live, policy, sign_off

if TYPE_CHECKING:
    from collections.abc import Callable

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name for it

_DESCRIPTION = """\
The pre-launch gate for static sites: renders every page of a build in a headless browser,
judges what it measured by policies, and says GO, NO-GO or CANNOT TELL."""
_EXIT_CODES = """\
exit codes:
  0 GO   1 NO-GO   2 wrong use, or a broken config or policy   3 CANNOT TELL
  4 the change weakens its own rules   5 GO for review, and none for a deploy
  70 our own error   130, 141, 143 interrupted"""


def build() -> argparse.ArgumentParser:
    """Return the parser; its help is what the README shows."""
    parser = argparse.ArgumentParser(
        prog="gonogo",
        description=_DESCRIPTION,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"gonogo {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in _ADD:
        add(commands)
    return parser


def _check(commands: Commands) -> None:
    check = commands.add_parser(
        "check", help="the whole way: collect, judge, report", description="Judge a built site."
    )
    flags.add_collecting(check)
    flags.add_only(check)
    flags.add_shard(check)
    flags.add_judging(check)


def _collect(commands: Commands) -> None:
    collect = commands.add_parser(
        "collect",
        help="render the pages and write the facts into a run folder",
        description="Render every page of a built site, and write what was found into a run folder. Nothing is judged.",
    )
    flags.add_collecting(collect)
    flags.add_shard(collect)


def _judge(commands: Commands) -> None:
    judge = commands.add_parser(
        "judge",
        help="judge the facts of a run again, offline",
        description="Judge the facts of a finished run by the rules that it holds, or by others. No browser is needed.",
    )
    judge.add_argument("run", metavar="RUN", type=Path, help="the run folder")
    judge.add_argument(
        "--config", metavar="FILE", type=Path, help="judge by this config's rules instead of the run's own"
    )
    judge.add_argument("--head", metavar="REF", help="the commit whose rules are compared with those that decide")
    flags.add_ruling(judge)
    flags.add_judging(judge)


def _facts(commands: Commands) -> None:
    facts = commands.add_parser(
        "facts",
        help="what is known of a page: what a policy can speak about",
        description="Print what a run knows of a page or of the site, by the names that policies use.",
    )
    facts.add_argument("page", metavar="PAGE", help="its path, such as /about/; `site` for the site")
    flags.add_run(facts)
    facts.add_argument("--json", action="store_true", help="the document as it is")


def _explain(commands: Commands) -> None:
    explain = commands.add_parser(
        "explain",
        help="one finding: the policy, the fact, where it stands, how to mend it",
        description="Print all that is known of one finding of a run.",
    )
    explain.add_argument("finding", metavar="FINDING", help="the beginning of its fingerprint, or a policy's id")
    flags.add_run(explain)


def _adopt(commands: Commands) -> None:
    adopt = commands.add_parser(
        "adopt",
        help="accept today's findings of a legacy site as debt",
        description="Write the findings of a run down as old debt: they do not block until their day, and new ones do.",
    )
    adopt.add_argument("run", metavar="RUN", type=Path, help="the run folder")
    adopt.add_argument(
        "--folder", metavar="DIR", type=Path, default=Path("gonogo/adopted"), help="where to write (gonogo/adopted)"
    )


def _init(commands: Commands) -> None:
    init = commands.add_parser(
        "init",
        help="write a gonogo.yaml to begin with",
        description="Write a gonogo.yaml with comments; of a live site, what can be told from it is filled in.",
    )
    init.add_argument(
        "place", metavar="DIR|URL", nargs="?", default=".", help="the project (here), or the live site to draft it from"
    )
    init.add_argument("--yes", action="store_true", help="write what was drafted from a live site without asking")
    init.add_argument("--github", action="store_true", help="also write the workflows for GitHub Actions")
    init.add_argument(
        "--machines", metavar="N", help="with --github: let N machines measure the pages together, for a large site (1)"
    )


def _merge(commands: Commands) -> None:
    merge = commands.add_parser(
        "merge",
        help="join shards, and prove that no page is missing or doubled",
        description="Join the shards of one build: complete their pages, and look at the site as a whole. The same "
        "flags as for the shards; the build must be here, too.",
        epilog="exit codes: 0 joined, to be judged; 2 they do not belong together; 3 one is missing or broken",
    )
    merge.set_defaults(gate="launch")
    merge.add_argument("parts", metavar="RUN", nargs="+", type=Path, help="the run folder of a shard")
    merge.add_argument("--preview", metavar="DIR", help="the built folder (from gonogo.yaml)")
    flags.add_measuring(merge)


def _report(commands: Commands) -> None:
    report = commands.add_parser(
        "report",
        help="write the reports of a run again, offline",
        description="Write the reports of a finished run again, or print one of them.",
    )
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


def _doctor(commands: Commands) -> None:
    doctor = commands.add_parser(
        "doctor",
        help="say what is missing, and how to get it",
        description="Look for all that a check needs on this machine.",
    )
    doctor.add_argument("--install", action="store_true", help="get the browser")
    doctor.add_argument("--lighthouse", action="store_true", help="look at (or install) what Lighthouse needs, too")
    doctor.add_argument("--trust", action="store_true", help="look at people, keys and roles instead: who can sign?")
    doctor.add_argument("--trust-ref", metavar="REF", help="the commit whose people and keys to look at")
    doctor.add_argument("--config", metavar="FILE", type=Path, help="the config (default: gonogo.yaml)")


def _host(commands: Commands) -> None:
    host = commands.add_parser("host", help="what the host answers at an address, and by which rule")
    actions = host.add_subparsers(dest="action", required=True, metavar="ACTION")
    explain = actions.add_parser("explain", help="each answer on the way, with the rule, its file and its line")
    explain.add_argument("path", metavar="PATH", help="the path, such as /shop/?page=2")
    explain.add_argument(
        "--preview", metavar="DIR", help="the built folder, or the URL of a preview (from gonogo.yaml)"
    )
    flags.add_place(explain)
    explain.add_argument("--json", action="store_true", help="print JSON")


_ADD: Final[tuple[Callable[[Commands], None], ...]] = (
    *(_check, _collect, _merge, _judge, _report, _facts, _explain),
    *(policy.add, _host, _adopt, _init, sign_off.add),
    *(parsers_live.seal, parsers_live.landed, parsers_live.plan, parsers_live.baseline, _doctor),
)
"""Each command, in the order in which the help lists them."""
