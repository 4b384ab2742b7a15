"""Why a page could not be measured, in words for the coverage ledger.

In: what the protocol recorded, or the browser's own error. Out: one line that leads to what has to be mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.async_api import Error

    from checks.collect.recorder import Recorder

MOST_NAVIGATIONS: Final = 4
NO_WINDOW: Final = "the browser opened no window for it"
LOADS_ITSELF: Final = "the page loads itself again and again"
LEADS_AWAY: Final = (
    "a script leads away from it: write that as an instant meta refresh or a rule of the host, or exclude the page"
)
"""Where a script leads may depend on the visitor: it is no redirect that anybody could rely on, and no page either."""
_SCRIPTS_NAMED = 3


def late(recorder: Recorder, seconds: float, *, scripted: bool) -> str:
    """Return what a page was doing when its time was over; `scripted` says whether its own HTML can run anything."""
    limit = f"not settled within {seconds:g} s"
    if recorder.navigations > MOST_NAVIGATIONS:
        return f"{limit}: {LOADS_ITSELF}"
    if recorder.dialogs > MOST_NAVIGATIONS:
        return f"{limit}: it opens dialogs without end ({recorder.dialogs} so far)"
    waiting = sorted(seen.url for seen in recorder.requests.values() if seen.status is None and seen.error is None)
    if waiting:
        return f"{limit}: still waiting for {waiting[0]}"
    if not scripted:
        return f"{limit}: no script of it runs by itself, but it is too large to be rendered in that time"
    scripts = sorted(seen.url for seen in recorder.requests.values() if seen.type == "script")
    named = f" (scripts: {', '.join(scripts[:_SCRIPTS_NAMED])})" if scripts else ""
    return f"{limit}: a script does not end{named}"


def refused(error: Error) -> str:
    """Return what an error of the browser means for the page."""
    text = str(error.message).partition("\n")[0]
    if "Download is starting" in text:
        return "the browser was given a download instead of a page"
    if "ERR_TOO_MANY_REDIRECTS" in text:
        return "it redirects without end"
    if "crashed" in text:
        return "the page crashed its renderer"
    return text.removeprefix("Page.goto: ")
