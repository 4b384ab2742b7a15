"""Files that the last launch serves beside its pages, and that stop answering with this release; and feeds.

In: both sides with their files, and what the preview answers at the baseline's. Out: the group `files` of the site's
`change` document: offenders only, the first hundred of each list. Pure.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from checks.compare import sides_sql
from checks.facts.leading import is_declared, leads_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checks.compare.sides import Sides

Document = dict[str, Any]
_SHOWN: Final = 100
_LIST_BY_KIND: Final = {
    "document": "documents_lost",
    "media": "documents_lost",
    "feed": "feeds_lost",
    "image": "images_lost",
}
"""What a file is to others -> the list that tells of its loss; code and fonts serve the site's own pages only."""
_LISTS: Final = ("documents_lost", "feeds_lost", "images_lost", "hashed_lost")
NOT_LISTED: Final[Document] = {
    "listed": False,
    "before": 0,
    "html_cached_s": 0,
    "feed_ids_changed": [],
    **{name: [] for name in _LISTS},
    **{f"{name}_total": 0 for name in _LISTS},
}
"""A side of which nobody wrote down its files, as gonogo did not do always."""


def files(sides: Sides, expected: Callable[[str], int | None]) -> Document | None:
    """Return the group; None where the preview was not asked at one of the addresses: then nobody knows."""
    found: Document = {**NOT_LISTED, **{name: [] for name in _LISTS}, "listed": True}
    found["html_cached_s"] = sides.cached_s
    found["feed_ids_changed"] = list(_feeds(sides))
    for path, kind, hashed, size, same in sides.db.execute(sides_sql.FORMER_FILES):
        found["before"] += 1
        answer = sides.answer(path)
        if answer is None:
            return None
        if not answer["known"] or leads_on(answer) or is_declared(answer, expected(path)):
            continue
        name = "hashed_lost" if hashed else _LIST_BY_KIND.get(kind)
        if name is None:
            continue
        found[f"{name}_total"] += 1
        if len(found[name]) < _SHOWN:
            found[name].append({"path": path, "bytes": size, "status": answer["final_status"], "same_as": same})
    return found


def _feeds(sides: Sides) -> Iterator[Document]:
    """Give feeds whose entries have other identifiers than before: readers show each of them again."""
    for path, before, after in sides.db.execute(sides_sql.FEEDS):
        was, now = ({one["link"]: one["id"] for one in json.loads(side)} for side in (before, after))
        both = was.keys() & now.keys()
        changed = sorted(link for link in both if was[link] != now[link])
        if changed:
            yield {"path": path, "entries": len(both), "changed": len(changed), "example": changed[0]}
