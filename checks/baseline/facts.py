"""What the facts of a baseline are good for: whether they can be believed, and which addresses they know.

In: a run folder that another version of gonogo, or another hand, may have written. Out: its addresses, or an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import kept_facts, run_folder
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from checks.run_folder import RunFolder


def believe(baseline: RunFolder, origins: Collection[str]) -> None:
    """Raise CannotMeasureError for facts of no use, of no page, of some only, or of another site than at `origins`.

    From nothing, nothing could be lost; and what is wrong with another site excuses nothing. Without `origins`, or
    where the baseline does not know where it will be, any site is taken.
    """
    site = kept_facts.former_site(baseline)
    about = site["config"]
    if origins and about["origin_known"] and about["production_origin"] not in origins:
        other = about["production_origin"]
        raise CannotMeasureError(f"it is of another site, {other}; a site that has moved names that in `moved_from`")
    failed, measured = "", False
    for line in kept_facts.former_coverage(baseline):
        if line["state"] == "represented":
            raise CannotMeasureError("it was collected by the review gate, which renders some pages only")
        if line["state"] == "left-out":
            raise CannotMeasureError("it was collected by `check --only`, for some pages only")
        measured = measured or (line["kind"] == "page" and line["state"] == "measured")
        failed = failed or (line["why"] if line["state"] == "failed" else "")
    if measured:
        return
    because = f": {failed}" if failed else ""
    raise CannotMeasureError(f"no page of it was measured{because}", where=site["url"])


def paths(baseline: RunFolder) -> Iterator[str]:
    """Give the addresses at which a preview must still answer: pages, what redirects, files, and what was so before."""
    yield from _own_paths(baseline)
    for line in baseline.lines_or_none(run_folder.FILES):
        yield line["path"]
    for entry in baseline.lines_or_none(run_folder.PUBLISHED):
        if not (entry["live"] or entry["retired"]):
            yield entry["path"]


def _own_paths(baseline: RunFolder) -> Iterator[str]:
    for line in kept_facts.former_coverage(baseline):
        if line["kind"] == "page" and line["state"] == "measured":
            yield line["path"]
    site = kept_facts.former_site(baseline)
    origin = site["config"]["production_origin"]
    for rule in site.get("redirects", {}).get("rules", ()):
        source = rule["from"].removeprefix(origin)
        if source.startswith("/") and not {"*", ":"} & {*source}:
            yield source
