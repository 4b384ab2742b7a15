"""What a reader must know of the comparison.

In: a run folder that was compared. Out: `compared` of verdict.json, and notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks import kept_facts, run_folder
from checks.baseline import kinds
from checks.compare.sides import is_left_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.run_folder import RunFolder

Document = dict[str, Any]


def told(run: RunFolder, fixed: int) -> Document | None:
    """Return `compared` of verdict.json: with what, how many pages became what, and how many findings are gone.

    None where there was no baseline, or none that could be read.
    """
    baseline = run.read(run_folder.RUN).get("baseline")
    if baseline is None or baseline["why"] is not None:
        return None
    site: Document = {}
    for document in run.lines(run_folder.CHANGES):
        site = document
    summary = site.get("summary", {})
    pages = {state: summary.get(state) for state in ("added", "removed", "moved", "changed", "same")}
    return {"baseline": baseline["name"], "pages": pages if summary else None, "fixed": fixed}


def notes(run: RunFolder) -> Iterator[str]:
    """Give what a reader must know: that a baseline is there and could not be had, or was measured in part only."""
    about = run.read(run_folder.RUN).get("baseline")
    if about is None or about["why"] is not None:
        return
    failed = left_out = 0
    for line in kept_facts.former_coverage(run.baseline):
        failed += line["kind"] == "page" and line["state"] == "failed"
        left_out += is_left_out(line)
    if about["kind"] == kinds.SAVED and not run.baseline.file(run_folder.FILES).is_file():
        yield f"the baseline {about['name']} does not list its files: whether one of them is lost, nobody can tell"
    if failed:
        yield f"the baseline {about['name']} was measured in part only: {failed} of its pages were not"
    if left_out:
        many = "1 address" if left_out == 1 else f"{left_out:,} addresses"
        yield f"`limits` leaves out {many} of the baseline {about['name']}; raise them to compare it all"
