"""What the facts of a baseline are good for: whether they can be believed, and which addresses they know.

In: a run folder that another version of gonogo, or another hand, may have written. Out: its addresses, or an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import kept_facts
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.run_folder import RunFolder


def believe(baseline: RunFolder) -> None:
    """Raise CannotMeasureError for facts of no use, and for those of no page: from nothing, nothing could be lost."""
    site = kept_facts.former_site(baseline)
    failed = ""
    for line in kept_facts.coverage(baseline):
        if line["kind"] == "page" and line["state"] == "measured":
            return
        failed = failed or (line["why"] if line["state"] == "failed" else "")
    because = f": {failed}" if failed else ""
    raise CannotMeasureError(f"no page of it was measured{because}", where=site["url"])


def paths(baseline: RunFolder) -> Iterator[str]:
    """Give the addresses at which a preview must still answer: pages, and what redirects."""
    for line in kept_facts.coverage(baseline):
        if line["kind"] == "page" and line["state"] == "measured":
            yield line["path"]
    site = kept_facts.former_site(baseline)
    origin = site["config"]["production_origin"]
    for rule in site.get("redirects", {}).get("rules", ()):
        source = rule["from"].removeprefix(origin)
        if source.startswith("/") and not {"*", ":"} & {*source}:
            yield source
