"""The `change` document of one address: what it was, what it is, and what differs.

In: both sides, an address, what the project expects of it. Out: a document, or None where both sides have the same
page. What one side could not measure is not in `measured`, so that no policy passes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from checks.compare import topics
from checks.compare.measures import number
from checks.compare.redirects import redirect
from checks.compare.sides import AFTER, BEFORE, LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from checks.compare.sides import Page, Sides

Document = dict[str, Any]
ADDED: Final = "added"
REMOVED: Final = "removed"
MOVED: Final = "moved"
CHANGED: Final = "changed"
SAME: Final = "same"
UNKNOWN: Final = "unknown"
_MEASURED: Final = "measured"
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site will be, and what the project expects of an address."""

    origin: str
    base: str
    expected: Callable[[str], Mapping[str, Any]]


def page_change(sides: Sides, place: Place, path: str) -> tuple[str, Document | None]:
    """Return what became of the page at `path`, and its document where there is something to say."""
    before, after = sides.states(path)
    if before not in {None, _MEASURED} or after not in {None, _MEASURED}:
        return _not_compared(place, path, before, after)
    was, now = sides.page(BEFORE, path), sides.page(AFTER, path)
    if (was is None, now is None) != (before is None, after is None):
        # A ledger speaks of a page that has no document.
        return UNKNOWN, _document(place, path, None, {})
    if was is not None and now is not None:
        return _kept(sides, place, was, now)
    if was is not None:
        return _gone(sides, place, was)
    if now is not None:
        return _arrived(sides, place, now)
    return UNKNOWN, _document(place, path, None, {})


def _not_compared(place: Place, path: str, before: str | None, after: str | None) -> tuple[str, Document | None]:
    """What the config excludes is compared no more; what failed on one side can't be.

    Neither can what is live and was not looked at for a limit, unless the preview leaves it out, too.
    """
    unseen = before == LEFT_OUT and after not in {LEFT_OUT, "excluded"}
    if "failed" in {before, after} or unseen:
        return UNKNOWN, _document(place, path, None, {})
    return SAME, None


def _kept(sides: Sides, place: Place, was: Page, now: Page) -> tuple[str, Document | None]:
    before, after = sides.inlinks(BEFORE, was.path), _inlinks(sides, was, now)
    linked = None if before is None or after is None else number(before, after)
    moved = None if was.path == now.path else sides.moved_from(now.path)
    differs = topics.differ(was.facts, now.facts)
    state = ADDED if moved is not None else CHANGED if differs else SAME
    # Where nobody knows who links to it, no policy about that may pass, not even on a page that is the same.
    if state == SAME and linked and not linked["delta"] and not topics.cost_differs(was.facts, now.facts):
        return SAME, None
    found = topics.groups(was.facts, now.facts)
    if "canonical" in found:
        found["canonical"]["follows_move"] = _follows(sides, found["canonical"])
    groups = {"state": state, "kept": True, "moved": moved, **found}
    if "links" in found and linked:
        groups["inlinks"] = linked
    return state, _document(place, now.path, now.page_type, groups)


def _inlinks(sides: Sides, was: Page, now: Page) -> int | None:
    """Return how many pages link to the page now: by its address, or by the way from the former one that shows it.

    The most of them, not the sum: a page may use several, and must not hide another one that links no more. None where
    nobody knows.
    """
    found = sides.inlinks(AFTER, now.path)
    answer = sides.answer(was.path) if was.path != now.path else None
    if answer is None or answer["shows"] != now.path or answer["final_status"] != _OK:
        return found
    ways = (found, sides.inlinks(AFTER, was.path), sides.inlinks(AFTER, answer["target"]))
    return max((one for one in ways if one is not None), default=None)


def _follows(sides: Sides, canonical: Mapping[str, Any]) -> bool:
    """Whether the canonical address is where the former one has moved to."""
    moved = sides.moved_to(canonical["before"]) if canonical["before"] else None
    return moved is not None and moved["path"] == canonical["after"]


def _gone(sides: Sides, place: Place, was: Page) -> tuple[str, Document]:
    moved, answer = sides.moved_to(was.path), sides.answer(was.path)
    state = MOVED if moved is not None else REMOVED
    groups: Document = {"state": state, "kept": False, "moved": moved}
    if "indexability" in was.facts:
        before = bool(was.facts["indexability"]["indexable"])
        groups["indexability"] = {"before": before, "after": False, "lost": False, "gained": False, "reasons": []}
    if answer is not None and answer["known"]:
        groups["redirect"] = redirect(sides, answer, was, place.base, place.expected(was.path)["status"])
    return state, _document(place, was.path, was.page_type, groups)


def _arrived(sides: Sides, place: Place, now: Page) -> tuple[str, Document | None]:
    moved = sides.moved_from(now.path)
    was = sides.page(BEFORE, moved["path"]) if moved is not None else None
    if was is not None:
        return _kept(sides, place, was, now)
    return ADDED, _document(place, now.path, now.page_type, {"state": ADDED, "kept": False, "moved": None})


def _document(place: Place, path: str, page_type: str | None, groups: Mapping[str, Any]) -> Document:
    expected = place.expected(path)
    return {
        "kind": "change",
        "scope": "page",
        "url": place.origin + path,
        "path": path,
        "page_type": page_type,
        "measured": sorted(groups),
        "config": {"production_origin": place.origin, "base_path": place.base},
        "expect": {**expected, "gone": expected["status"] in {404, 410}},
        **groups,
    }
