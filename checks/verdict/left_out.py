"""What a run of some pages only may say: that they are at fault, and never GO.

In: counts and circumstances. Out: whether pages were left out, and the sentence that tells it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.verdict.naming import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.verdict.circumstances import Circumstances
    from checks.verdict.counting import Counting


def is_partial(counting: Counting, about: Circumstances) -> bool:
    """Return whether some pages only were asked for; a page that was left out tells it, whatever the run says."""
    return bool(about.only) or bool(counting.totals["left-out"])


def reasons(counting: Counting, about: Circumstances) -> Iterator[str]:
    """Give why this is no GO."""
    if not is_partial(counting, about):
        return
    asked = f"`--only {' --only '.join(about.only)}`" if about.only else "the run"
    pages, out = counting.totals["pages"], counting.totals["left-out"]
    judged = pages - out - counting.totals["excluded"]
    if not judged:
        yield f"{asked} names none of {many(pages, 'page')}, so that nothing was judged."
        return
    were = "was" if judged == 1 else "were"
    yield (
        f"{judged:,} of {many(pages, 'page')} {were} judged: {asked} leaves out {out:,}, and the rules about the site "
        "as a whole. Only a check of all pages says GO."
    )
