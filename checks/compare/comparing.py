"""Both sides -> the `change` documents, one at a time, sorted by address; that of the site comes last.

In: two sides as streams of documents, and what the preview answers at the baseline's addresses. Out: documents. Memory
is the same for a site of any size: both sides lie in tables on disk (`sides.py`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.compare import files, former_addresses, moves
from checks.compare.page_change import MOVED, REMOVED, page_change
from checks.compare.sides import AFTER, BEFORE, Sides
from checks.compare.site_change import site_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from checks.compare.page_change import Place

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """The facts of one build; each stream is read once."""

    coverage: Iterable[Mapping[str, Any]]
    pages: Iterable[Mapping[str, Any]]
    site: Mapping[str, Any]
    files: Iterable[Mapping[str, Any]] | None = None
    """Files that it serves beside its pages; None where nobody wrote them down."""
    published: Iterable[Mapping[str, Any]] | None = None
    """The ledger of every address ever published, of a baseline that keeps one."""


def compare(before: Side, after: Side, answers: Iterable[Mapping[str, Any]], place: Place) -> Iterator[Document]:
    """Give a document for each address that differs, and one for the site."""
    with Sides() as sides:
        # Both ledgers first: what is on one side only is looked at more closely.
        sides.add_ledger(BEFORE, before.coverage)
        sides.add_ledger(AFTER, after.coverage)
        sides.add_pages(AFTER, after.pages)
        sides.add_pages(BEFORE, before.pages)
        sides.add_answers(answers)
        moves.pair(sides)
        counts: Counter[str] = Counter()
        for path in sides.paths():
            state, document = page_change(sides, place, path)
            # A page that moved is told at both addresses, and counts once.
            counts[state] += not (document and document.get("moved") and state != MOVED)
            counts["gone"] += bool(state == REMOVED and document and document["expect"]["gone"])
            if document is not None:
                yield document
        beside = {"published": _published(sides, before, place), "files": _files(sides, before, after, place)}
        yield site_change(sides, place, before.site, after.site, counts, beside)


def _published(sides: Sides, before: Side, place: Place) -> Document | None:
    if before.published is None:
        return former_addresses.NO_LEDGER
    return former_addresses.published(before.published, sides.answer, lambda path: place.expected(path)["status"])


def _files(sides: Sides, before: Side, after: Side, place: Place) -> Document | None:
    if before.files is None or after.files is None:
        return files.NOT_LISTED
    sides.add_files(BEFORE, before.files)
    sides.add_files(AFTER, after.files)
    return files.files(sides, lambda path: place.expected(path)["status"])


def not_compared(place: Place) -> Iterator[Document]:
    """Give what stands for a baseline that could not be read: documents that measured nothing, so nothing passes."""
    about: Document = {
        "kind": "change",
        "url": place.origin + place.base,
        "path": place.base,
        "page_type": None,
        "measured": [],
        "config": {"production_origin": place.origin, "base_path": place.base},
        "expect": {"noindex": False, "status": None, "orphan": False, "gone": False},
    }
    yield {**about, "scope": "page"}
    yield {**about, "scope": "site"}
