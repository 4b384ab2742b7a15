"""check, collect, judge, report: the stages, alone or all together.

In: parsed arguments. Out: a run folder, what is printed, an exit code.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from action import annotations as annotating
from checks import errors, gate, settings
from checks.commands.finished import finished, today
from checks.commands.printing import print_json, print_lines
from checks.commands.progress import Progress
from checks.report.formats import WRITERS
from checks.run_folder import RunFolder
from checks.run_result import result_of, write_reports

if TYPE_CHECKING:
    import argparse


def check(parsed: argparse.Namespace) -> int:
    """Judge a built site: the whole way."""
    run = _collect(parsed)
    return _judge(run, parsed, None, screens=parsed.screens)


def collect(parsed: argparse.Namespace) -> int:
    """Write the facts into a run folder."""
    run = _collect(parsed)
    print_lines(f"Facts are in {run.path}; judge them: gonogo judge {run.path}")
    return errors.EXIT_GO


def judge(parsed: argparse.Namespace) -> int:
    """Judge the facts of a run again, offline."""
    run = finished(parsed.run)
    by = settings.load(parsed.config, {}, today()) if parsed.config else None
    return _judge(run, parsed, by, screens=False)


def report(parsed: argparse.Namespace) -> int:
    """Write the reports of a run again, offline; print the one that was asked for."""
    run = finished(parsed.run)
    formats = {**WRITERS, "annotations": annotating.write}
    if parsed.format not in formats:
        raise errors.UserError(
            f"no format `{parsed.format}`", where="--format", remedy=f"There are: {', '.join(sorted(formats))}."
        )
    write_reports(run)
    formats[parsed.format](result_of(run), sys.stdout)
    return errors.EXIT_GO


def _collect(parsed: argparse.Namespace) -> RunFolder:
    asked = gate.Invocation.now(f"gonogo {parsed.command}")
    preview = str(parsed.preview) if parsed.preview else None
    said = {"preview": preview, "site": parsed.site, "host": parsed.host, "set": parsed.set}
    told = settings.load(parsed.config, said, asked.started.date())
    if told.preview is None:
        raise errors.UserError(
            "no preview is named",
            remedy="Say which folder the build leaves: `gonogo check dist`, or `preview:` in gonogo.yaml.",
        )
    run = RunFolder(parsed.run)
    with Progress() as progress:
        gate.collect(told, Path(told.preview), run, asked, progress.show, render=not parsed.no_render)
    return run


def _judge(run: RunFolder, parsed: argparse.Namespace, by: settings.Settings | None, *, screens: bool) -> int:
    said = gate.judge(run, advisory=parsed.advisory, by=by)
    gate.illustrate(run)
    if screens:
        gate.picture(run)
    write_reports(run)
    if parsed.json:
        print_json(said)
    else:
        WRITERS["text"](result_of(run), sys.stdout)
    code: int = said["exit_code"]
    return code
