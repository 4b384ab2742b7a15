"""What the settings name as baseline -> what kind it is, and where it lies.

In: the settings, whose rules decide, where CI keeps the last launch. Out: a place that can be read, `baseline` of
run.json, or an error that says why there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks import run_folder
from checks.baseline import kinds, store
from checks.baseline.launch import NOTHING_KEPT
from checks.errors import CannotMeasureError
from checks.trust import live
from checks.trust.rules import WORKING_TREE

if TYPE_CHECKING:
    from checks.baseline.launch import Launch
    from checks.errors import GonogoError
    from checks.run_folder import RunFolder
    from checks.settings import Settings
    from checks.trust.rules import Trust

Document = dict[str, Any]


def is_at_desk(launch: Launch, trust: Trust | None) -> bool:
    """Whether somebody looks at a change for himself: no base decides, and no CI system."""
    return launch.is_at_desk and trust is not None and trust.root == WORKING_TREE


def kind_of_named(named: str) -> str:
    """Return the kind of what is named, as far as its name tells it."""
    return kinds.SAVED if named == kinds.LAUNCH else kinds.kind_of(named)


def place(settings: Settings, run: RunFolder, trust: Trust | None, launch: Launch) -> str:
    """Return where the baseline is read: its address, or the folder that holds it.

    Raises CannotMeasureError where the last launch is named, and is not there.
    """
    named = settings.baseline
    if named == kinds.LAUNCH:
        if launch.folder is None:
            raise CannotMeasureError(launch.why or NOTHING_KEPT)
        found = live.folder(trust, launch.folder, run.scratch / "live")
        if not (found / store.LATEST).is_file():
            raise CannotMeasureError("there is no saved baseline in it", where=launch.folder)
        return str(found)
    return named if kinds.kind_of(named) == kinds.ADDRESS else str(live.folder(trust, named, run.scratch / "live"))


def origins(settings: Settings) -> tuple[str, ...]:
    """Return where the site is, and where it was before; none where the settings do not say."""
    return () if settings.site is None else (settings.site, *settings.exports.moved_from)


def about(named: str, kind: str, why: str | None, baseline: RunFolder) -> Document:
    """Return `baseline` of run.json: what is named, what it says of itself, and why it can't be had (None: it can)."""
    said = baseline.read(run_folder.RUN) if why is None else {}
    itself = {name: said.get(name) for name in ("gonogo", "commit", "finished", "build_digest")}
    return {"name": named, "kind": kind, "why": why, **itself}


def reason(error: GonogoError) -> str:
    """Return why a baseline can't be had, in one line."""
    return f"{error.where}: {error.what}" if error.where else error.what
