"""What the commands around a deploy are told: seal, landed, plan, baseline.

In: the commands of the parser. Out: these among them, with their help and their arguments.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checks.commands import flags

if TYPE_CHECKING:
    import argparse

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name for it


def seal(commands: Commands) -> None:
    """Add the command `seal`."""
    parser = commands.add_parser("seal", help="is this the build that got GO? For the job that deploys")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="refuse a folder that differs by one byte, or has no GO")
    verify.add_argument("build", metavar="DIR", type=Path, help="the folder that is about to be deployed")
    flags.add_run(verify)


def landed(commands: Commands) -> None:
    """Add the command `landed`."""
    parser = commands.add_parser(
        "landed",
        help="after the deploy: is what is live what was judged?",
        description="Ask the live site, and compare it with what a run judged.",
        epilog="exit codes: 0 as judged; 1 it differs: roll back, or sign; 2 wrong use; 3 it could not be told",
    )
    parser.add_argument("url", metavar="URL", help="the live site, such as https://www.example.com")
    flags.add_run(parser)
    parser.add_argument(
        "--pages",
        metavar="N",
        default="50",
        help="how many pages beside the home page and the key pages, or `all` (50); for one build always the same",
    )
    parser.add_argument(
        "--connect-to",
        metavar="HOST:PORT:HOST:PORT",
        action="append",
        default=[],
        help="connect to the second one for the first, as curl does: to look before DNS is switched",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def plan(commands: Commands) -> None:
    """Add the command `plan`."""
    parser = commands.add_parser(
        "plan",
        help="judge a redirect spreadsheet before anybody writes it as rules",
        description="Judge a sheet of redirects: its columns are from, to and, where you like, status.",
        epilog="exit codes: 0 it can be made into rules; 1 it is wrong; 2 wrong use; 3 nobody can tell",
    )
    parser.add_argument("map", metavar="MAP", help="the sheet, exported as CSV")
    parser.add_argument("--build", metavar="DIR", help="the built folder that it leads into: are its targets there?")
    parser.add_argument(
        "--run", metavar="DIR", type=Path, help="a run that judged the site that it leads into, instead"
    )
    parser.add_argument(
        "--worth",
        metavar="FILE",
        help="an export of Search Console's pages: how many clicks are kept (from the config)",
    )
    flags.add_place(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="what to print: text or json (text)")


def baseline(commands: Commands) -> None:
    """Add the command `baseline`."""
    parser = commands.add_parser("baseline", help="what is live, kept for later runs to be compared with")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    save = actions.add_parser("save", help="keep the facts of a run; pages that did not change take no room twice")
    save.add_argument("run", metavar="RUN", type=Path, help="the run folder")
    save.add_argument("folder", metavar="DEST", type=Path, help="the folder of saved baselines")
    save.add_argument("--keep", metavar="N", type=int, help="forget all but the newest N (none is forgotten)")
    redirects = actions.add_parser("redirects", help="draft the redirects that a run lacks, the best match first")
    redirects.add_argument("run", metavar="RUN", type=Path, help="the run folder, of a check with a baseline")
    show = actions.add_parser("show", help="list the saved baselines, the oldest first")
    show.add_argument("folder", metavar="DEST", type=Path, help="the folder of saved baselines")
