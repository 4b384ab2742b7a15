"""The flags that several commands share, each described once.

In: a parser. Out: the same, knowing more.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

DEFAULT_RUN: Final = "gonogo-run"


def add_collecting(parser: argparse.ArgumentParser) -> None:
    """Add what `check` and `collect` are told."""
    parser.add_argument(
        "preview", metavar="PREVIEW", nargs="?", help="the built folder, or the URL of a preview (from gonogo.yaml)"
    )
    add_measuring(parser)
    parser.add_argument(
        "--no-render", action="store_true", help="read the delivered HTML only; what a browser must say is CANNOT TELL"
    )
    parser.add_argument(
        "--gate",
        choices=("launch", "review"),
        default="launch",
        help="launch renders every page; review renders key pages, new text and two pages a template, and says no GO",
    )


def add_only(parser: argparse.ArgumentParser) -> None:
    """Add which pages are judged."""
    parser.add_argument(
        "--only",
        metavar="GLOB",
        action="append",
        default=[],
        help="judge only the pages at such paths, such as '/shop/**', while you mend them; it never says GO (all)",
    )


def add_shard(parser: argparse.ArgumentParser) -> None:
    """Add by whom the pages are measured: a part of them here, or all of them elsewhere."""
    divided = parser.add_mutually_exclusive_group()
    divided.add_argument(
        "--shard",
        metavar="I/N",
        help="measure only this part of the pages, such as 2/8, for `gonogo merge`; it gets no verdict alone",
    )
    if parser.prog.endswith("check"):
        divided.add_argument(
            "--shards", metavar="DIR", type=Path, help="put together the shards in this folder, instead of rendering"
        )
    else:
        divided.add_argument(
            "--cluster",
            metavar="ADDRESS",
            help="let the workers of this Dask scheduler render the pages, such as tcp://host:8786",
        )
    parser.add_argument(
        "--times",
        metavar="RUN",
        type=Path,
        help="an earlier run, by whose times shards are balanced, the same for all (by the size of the HTML)",
    )


def add_measuring(parser: argparse.ArgumentParser) -> None:
    """Add what a measurement depends on."""
    add_place(parser)
    parser.add_argument("--lighthouse", action="store_true", help="also measure chosen pages with Lighthouse")
    parser.add_argument(
        "--baseline",
        metavar="DIR|URL",
        help="what is live: a build, a saved baseline, a run, or its address; what this release would change is judged",
    )
    parser.add_argument(
        "--cache",
        metavar="DIR",
        type=Path,
        help="where measurements are kept between runs (~/.cache/gonogo; in CI nowhere)",
    )
    parser.add_argument("--no-cache", action="store_true", help="measure every page, and keep nothing for the next run")
    add_run(parser)
    add_ruling(parser)
    parser.add_argument(
        "--set", metavar="NAME", choices=("recommended", "strict"), help="which policies: recommended or strict"
    )


def add_ruling(parser: argparse.ArgumentParser) -> None:
    """Add whose rules decide."""
    parser.add_argument(
        "--trust-ref",
        metavar="REF",
        help="the commit whose rules decide (default: in CI the base of the change, else the working tree)",
    )
    parser.add_argument(
        "--trust-dir", metavar="DIR", type=Path, help="a folder whose rules decide, where there is no git"
    )
    parser.add_argument(
        "--since",
        metavar="COMMIT",
        help="on a push: the commit before it; what weakened the rules since is told, and blocks nothing",
    )
    parser.add_argument(
        "--context",
        metavar="FILE",
        type=Path,
        help="what a CI system knows of the change, without which no sign-off counts; the action writes it",
    )
    parser.add_argument(
        "--launch",
        metavar="DIR",
        help="for `baseline: launch`: where the last launch is kept; `none` before the first one",
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "info"),
        help="the least severity that blocks (error); it can only be stricter than the config",
    )


def add_judging(parser: argparse.ArgumentParser) -> None:
    """Add how findings become a verdict."""
    parser.add_argument(
        "--advisory", action="store_true", help="report everything, and exit with 0 instead of 1, 3, 4 or 5"
    )
    parser.add_argument(
        "--strict-waivers", action="store_true", help="sign-offs that are expired or unused fail the run, too"
    )
    parser.add_argument("--json", action="store_true", help="print verdict.json instead of text")
    if parser.prog.endswith("check"):
        parser.add_argument("--screens", action="store_true", help="screenshots of the first three pages of each cause")


def add_run(parser: argparse.ArgumentParser) -> None:
    """Add the run folder that is looked at."""
    parser.add_argument(
        "--run", metavar="DIR", type=Path, default=Path(DEFAULT_RUN), help=f"the run folder ({DEFAULT_RUN})"
    )


def add_place(parser: argparse.ArgumentParser) -> None:
    """Add the site that is asked about."""
    parser.add_argument("--site", metavar="ORIGIN", help="where it will be live, such as https://www.example.com")
    parser.add_argument("--host", metavar="NAME", help="the host whose rules apply, such as netlify (auto)")
    parser.add_argument(
        "--config", metavar="FILE", type=Path, help="the config (default: gonogo.yaml, where there is one)"
    )
