"""What several pages share that each should have for itself: titles, descriptions, main texts.

In: the index. Out: `duplicates` of the site document. Only indexable pages that are canonical to themselves count,
and pages that name one another as language versions count as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checks.facts.site_index import SharedField, SiteIndex


def duplicates(index: SiteIndex) -> dict[str, Any]:
    """The group `duplicates`."""
    return {
        "titles": _shared(index, "title"),
        "descriptions": _shared(index, "description"),
        "h1": _shared(index, "h1"),
        "near": [
            {"value": one.url, "urls": list(one.urls), "count": one.count, "likeness": one.likeness}
            for one in index.near()
        ],
        "exact": _shared(index, "text_digest"),
    }


def _shared(index: SiteIndex, field: SharedField) -> list[dict[str, Any]]:
    return [{"value": one.value, "urls": list(one.urls), "count": one.count} for one in index.shared(field)]
