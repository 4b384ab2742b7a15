"""Whether a measurement is told by the bytes that were served and by nothing else.

In: a page that was measured. Out: why it must be measured again each time, in words for the report, or None. What can't
be known is a reason: then it is measured again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.collect.place import Painted
    from checks.collect.recorder import Recorder
    from checks.collect.rendering import Task
    from checks.facts.page_settings import PageSettings
    from checks.facts.visit import Visit

_ANSWERED = {
    "allowed": "it asks a third party",
    "refused": "it asks for an address that is refused",
    "not-emulated": "it asks for what the build does not show",
}
_APART = re.compile(r": | at ")


def impure(task: Task, visit: Visit, painted: Painted, recorder: Recorder, settings: PageSettings) -> str | None:
    """Return the first thing that the page depends on and that the build does not hold."""
    answer = painted.answer
    signs = (
        (bool(task.again) or painted.alone, f"it came out at the second try only{_first(task.again)}"),
        (bool(answer["workers"]), "it registers a service worker"),
        (recorder.workers > 0, "it starts a worker, whose requests are not seen"),
        (answer["frames"] > 0, "it holds a frame, whose requests are not all seen"),
        (recorder.popups > 0, "it opens a window"),
        (recorder.downloads > 0, "it begins a download"),
        (recorder.stopped, "a script stops it while it loads, and how far it came is up to the machine"),
        (visit.navigations > 0, "it replaces itself"),
        (settings.coverage(visit.path), "its unused code is measured"),
        (settings.chooses(visit.path), "a visitor chooses on it"),
    )
    for holds, why in signs:
        if holds:
            return why
    answered = {one.answered for one in visit.exchanges}
    return next((why for how, why in _ANSWERED.items() if how in answered), None)


def _first(why: str) -> str:
    """Return why the first try came to nothing, without the address or the time that makes each page another reason."""
    return f" ({_APART.split(why, maxsplit=1)[0]})" if why else ""
