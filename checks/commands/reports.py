"""report: what a run leaves, written again, printed or shown.

In: parsed arguments. Out: the reports in the run folder, what is printed, an exit code.
"""

from __future__ import annotations

import sys
import webbrowser
from functools import partial
from typing import TYPE_CHECKING

from action import annotations as annotating
from checks import errors
from checks.alone import alone
from checks.commands.finished import finished
from checks.commands.printing import print_lines
from checks.report import junit, sarif
from checks.report.formats import WRITERS
from checks.run_folder import FILE_BY_FORMAT
from checks.run_result import result_of, write_reports

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from checks.report.formats import Writer


def report(parsed: argparse.Namespace) -> int:
    """Write the reports of a run again, offline; print the one that was asked for."""
    run = finished(parsed.run)
    formats = {**WRITERS, "annotations": annotating.write}
    if parsed.format not in formats:
        raise errors.UserError(
            f"no format `{parsed.format}`", where="--format", remedy=f"There are: {', '.join(sorted(formats))}."
        )
    with alone(run.path):
        write_reports(run, dict(_variants(parsed)))
    if parsed.open:
        return _shown(run.file(FILE_BY_FORMAT["html"]).resolve())
    formats = formats | dict(_variants(parsed))
    formats[parsed.format](result_of(run), sys.stdout)
    return errors.EXIT_GO


def _shown(file: Path) -> int:
    """Show a file in the reader's browser; where there is none, its path is what helps."""
    opened = webbrowser.open(file.as_uri())
    print_lines(f"{file}{'' if opened else ': there is no browser that would open it'}")
    return errors.EXIT_GO


def _variants(parsed: argparse.Namespace) -> Iterator[tuple[str, Writer]]:
    """Give the formats that the flags want in another dialect."""
    if parsed.sarif_waived:
        yield "sarif", partial(sarif.write, waived=parsed.sarif_waived)
    if parsed.junit_profile:
        yield "junit", partial(junit.write, profile=parsed.junit_profile)
