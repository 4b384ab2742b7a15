"""The link graph of a site: orphans, depth, dead ends.

In: the index, and which paths are declared to stand alone, or to stay out of search results. Out: `graph` of the site
document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.facts.site_index import SiteIndex

DEEP = 4
"""Clicks from the home page beyond which a page counts as deep."""


def graph(
    index: SiteIndex, *, may_be_orphan: Callable[[str], bool], may_be_noindex: Callable[[str], bool]
) -> dict[str, Any]:
    """The group `graph`."""
    return {
        "orphans": [{"url": page.url} for page in index.orphans() if not may_be_orphan(page.path)],
        "deep": [{"url": url, "depth": depth} for url, depth in index.depths(beyond=DEEP)],
        "few_inlinks": [{"url": url, "from": source} for url, source in index.few_inlinks()],
        "led_elsewhere": [
            {"url": one.url, "noindex": one.noindex, "links": one.links, "example": one.example}
            for one in index.led_elsewhere()
            if not (one.noindex and may_be_noindex(one.path))
        ],
        "dead_ends": [{"url": url} for url in index.dead_ends()],
        "max_depth": index.max_depth(),
        "internal_links": index.internal_links(),
    }
