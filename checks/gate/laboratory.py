"""Lighthouse on chosen pages of a collected run, where the settings ask for it.

In: the run folder. Out: lighthouse.jsonl, and its lines of the ledger.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from checks import interrupted, run_folder
from checks.settings import from_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.run_folder import RunFolder


def lab(run: RunFolder, say: Callable[[str], None]) -> None:
    """Measure chosen pages of a collected run with Lighthouse, where it was asked for: fill lighthouse.jsonl.

    A machine that lacks what the lab needs leaves a gap in the ledger, and is told once. A run of some pages only is
    about what somebody mends just now, and not about how fast the site is.
    """
    from checks import lab as measuring

    about = run.read(run_folder.RUN)
    settings = from_document(about["settings"])
    if settings.lighthouse is None or about.get("only"):
        return
    with run_folder.writing(run.path):
        found = interrupted.run(measuring.measure(settings, about, lambda: run.lines(run_folder.PAGES), say))
    run.write_lines(run_folder.LIGHTHOUSE, found.documents)
    run.write_lines(run_folder.COVERAGE, found.ledger, after=True)
    now, begun = dt.datetime.now(dt.UTC), dt.datetime.fromisoformat(about["started"])
    took = {name: round(seconds, 1) for name, seconds in sorted(found.took.items())}
    times = {"finished": now.isoformat(timespec="seconds"), "duration_s": round((now - begun).total_seconds(), 1)}
    run.write(run_folder.RUN, {**about, **times, "lighthouse": {"runs": found.runs, "took_s": took}})
