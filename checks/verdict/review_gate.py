"""What the review gate may say: it reads every page, renders some for all, and never says GO to a deploy.

In: counts and circumstances. Out: whether this is no GO for a deploy, and the sentences that tell it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.verdict.circumstances import LAUNCH
from checks.verdict.naming import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.verdict.circumstances import Circumstances
    from checks.verdict.counting import Counting


def reviewed(counting: Counting, about: Circumstances) -> bool:
    """Return whether this is no GO for a deploy; a page that was not rendered tells it, whatever the run says."""
    return about.gate != LAUNCH or bool(counting.totals["represented"])


def reasons(counting: Counting, about: Circumstances) -> Iterator[str]:
    """Give why this is no GO, where nothing else is to be said."""
    if reviewed(counting, about):
        said = _read_only(counting)
        yield f"{said[0].upper()}{said[1:]}. Only the launch gate says GO to a deploy."


def notes(counting: Counting, about: Circumstances) -> Iterator[str]:
    """Give what a reader must know of a run at this gate."""
    if reviewed(counting, about):
        yield f"review gate: {_read_only(counting)}"


def _read_only(counting: Counting) -> str:
    pages, represented = counting.totals["pages"], counting.totals["represented"]
    if not represented:
        return f"all {many(pages, 'page')} were rendered"
    was = "was" if represented == 1 else "were"
    return (
        f"{represented:,} of {many(pages, 'page')} {was} read, not rendered; pages of the same template stand for them"
    )
