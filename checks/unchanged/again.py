"""The run before, given again: its documents stay where they lie, and say when this run was and what it reused.

In: the folder that the last run left, and its record. Out: run.json and verdict.json of this run. The old verdict goes
before anything else is done, so that no stale GO survives a run that breaks off.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from checks import exceptions, run_folder
from checks.run_folder import FILE_BY_FORMAT, RUN, SIGN_OFFS, VERDICT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from checks.gate import Invocation
    from checks.run_folder import RunFolder
    from checks.unchanged.record import Record

Document = dict[str, Any]
WRITTEN = frozenset({RUN, SIGN_OFFS, VERDICT, *FILE_BY_FORMAT.values()})
"""Files that say something of the run itself."""


def given(run: RunFolder, record: Record, asked: Invocation, verify: Callable[[], None]) -> Document | None:
    """Give the run again, and return its verdict; None where something is signed: keys and signatures end at a moment.

    `verify` verifies what is signed now and writes it into the run, as every run does.
    """
    said, about, then = run.read(VERDICT), run.read(RUN), run.read_or(SIGN_OFFS, exceptions.NONE)
    run.scratch.mkdir()
    run.file(FILE_BY_FORMAT["html"]).rename(former_report(run))
    for name in (VERDICT, *FILE_BY_FORMAT.values()):
        run.file(name).unlink(missing_ok=True)
    verify()
    now = run.read(SIGN_OFFS)
    if any(one["verified"] or one["requests"] or one["known"] for one in (then, now)):
        return None
    if run.read(RUN).get("context") != about.get("context"):
        return None
    reuse = _reuse(about)
    told = f"nothing has changed since the run of {reuse['whole']['of']}: its documents are given again"
    ours = {*record.told, *_told_before(about)}
    finished = dt.datetime.now(dt.UTC)
    times = {
        "started": asked.started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "duration_s": round((finished - asked.started).total_seconds(), 1),
    }
    run.write(RUN, {**about, **times, "reuse": reuse, "notes": [*_without(about["notes"], ours), told]})
    verdict: Document = {**said, "reuse": reuse, "notes": [*_without(said["notes"], ours), told]}
    run.write(VERDICT, verdict)
    return verdict


def former_report(run: RunFolder) -> Path:
    """Return where the HTML report of the run before waits for that of this one."""
    return run.scratch / FILE_BY_FORMAT["html"]


def anew(run: RunFolder, why: str | None) -> None:
    """Say in run.json why the run before is not given again; nothing where nobody asked for that."""
    if why is not None:
        about = run.read(run_folder.RUN)
        run.write(run_folder.RUN, {**about, "reuse": {**about["reuse"], "whole": {"of": None, "why": why}}})


def _reuse(about: Document) -> Document:
    then = about["reuse"]
    whole = then.get("whole") or {"of": None}
    return {
        "reused": then["reused"] + then["measured"],
        "measured": 0,
        "why": [],
        "whole": {"of": whole["of"] or about["started"], "why": None},
    }


def _told_before(about: Document) -> list[str]:
    """Return what a run that was given again itself said of that."""
    whole = about["reuse"].get("whole") or {"of": None}
    return [one for one in about["notes"] if whole["of"] and one.startswith("nothing has changed since the run of ")]


def _without(notes: Iterable[str], told: set[str]) -> list[str]:
    return [note for note in notes if note not in told]
