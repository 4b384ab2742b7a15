"""Compare a run that was collected before with what the rules that decide now name as baseline.

In: a run folder, the settings in force, whose rules decide. Out: `baseline/` and changes.jsonl in it, anew where
another baseline is named.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from checks import run_folder
from checks.against import changes, naming
from checks.against.bringing import UNTOLD, Means, fill
from checks.baseline import facts, kinds
from checks.baseline.launch import NOT_AT_A_DESK, NOTHING_KEPT, Launch
from checks.errors import CannotMeasureError, UserError
from checks.trust.rules import BASE, FOLDER

if TYPE_CHECKING:
    from checks.run_folder import RunFolder
    from checks.settings import Settings
    from checks.trust.rules import Trust

Document = dict[str, Any]


def follow(run: RunFolder, settings: Settings, trust: Trust, launch: Launch = UNTOLD) -> None:
    """Compare a run that was collected before with what the rules that decide now name as baseline.

    The base, or a folder of rules, says that there is none, too: a baseline excuses what it holds. The last launch is
    read again even where the run claims to have it: a fork could have written its own. A baseline that has to be
    collected can't be had here, without a browser.
    """
    about = run.read(run_folder.RUN)
    known = about.get("baseline")
    named = known["name"] if known else kinds.NONE
    if settings.baseline == kinds.LAUNCH and naming.is_at_desk(launch, trust):
        return
    decides = trust.root in {BASE, FOLDER}
    if settings.baseline == named and not (settings.baseline == kinds.LAUNCH and decides):
        return
    if settings.baseline == kinds.NONE and not decides:
        return
    # What was said of another launch is so no more.
    notes = [note for note in about["notes"] if note not in {NOTHING_KEPT, NOT_AT_A_DESK}]
    shutil.rmtree(run.baseline.path, ignore_errors=True)
    run.file(run_folder.CHANGES).unlink(missing_ok=True)
    if settings.baseline == kinds.LAUNCH and launch.is_none_yet:
        run.write(run_folder.RUN, {**about, "baseline": None, "notes": [*notes, NOTHING_KEPT]})
        return
    run.write(run_folder.RUN, {**about, "notes": notes, "baseline": _read_again(run, settings, trust, launch)})
    changes.compare(run, settings)


def _read_again(run: RunFolder, settings: Settings, trust: Trust, launch: Launch) -> Document | None:
    if settings.baseline == kinds.NONE:
        return None
    kind = naming.kind_of_named(settings.baseline)
    why: str | None = "it is no saved baseline, and can't be collected without a browser"
    try:
        place = naming.place(settings, run, trust, launch)
        kind = kinds.kind_of(place)
        if kind in {kinds.SAVED, kinds.RUN}:
            fill(kind, replace(settings, baseline=place), run.baseline, Means(None, lambda _done, _total: None))
            facts.believe(run.baseline, naming.origins(settings))
            why = None
    except (CannotMeasureError, UserError) as error:
        why = naming.reason(error)
    finally:
        run.drop_scratch()
    return naming.about(settings.baseline, kind, why, run.baseline)
