"""One line for every page of a run: how it is found, what it weighs, and the worst that is wrong with it.

One that no browser rendered is told apart, and so is one that nobody asked for.

In: findings, outlines of pages and coverage as streams. Out: short documents, one a page, and which pages are shown
with all their facts. What is held is a few numbers a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from checks.report.causes import is_gap, key_of, rank
from checks.report.words import clip
from checks.settings.globs import matches_any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from checks.report.causes import Causes
    from checks.report.result import Document, Result

FULL: Final = 500
"""Pages whose facts the report holds; of the others it holds their line."""
_CLEAN: Final = 99
_WITHOUT_FACTS: Final = ("failed", "excluded")
_LONGEST: Final = 2000


@dataclass(slots=True)
class Faults:
    """What is wrong with one page."""

    rank: int = _CLEAN
    """Of the worst finding, as causes.py ranks them."""
    count: int = 0
    causes: list[int] = field(default_factory=list)
    """Which of the causes that are shown it has, by their number."""


def faults(result: Result, found: Causes) -> dict[str, Faults]:
    """Return for each page with findings what is wrong with it."""
    number = {key_of(cause.first): index for index, cause in enumerate(found.shown)}
    pages: dict[str, Faults] = {}
    for finding in result.findings():
        page = finding.get("page")
        if page is None or is_gap(finding):
            continue
        of = pages.setdefault(str(page), Faults())
        of.rank, of.count = min(of.rank, rank(finding)), of.count + 1
        cause = number.get(key_of(finding))
        if cause is not None and cause not in of.causes[-1:]:
            of.causes.append(cause)
    return pages


def worst(pages: Mapping[str, Faults], limit: int = FULL) -> set[str]:
    """Return the pages that are shown with all their facts, the worst ones."""
    return set(sorted(pages, key=lambda path: (pages[path].rank, -pages[path].count))[:limit])


def filled(coverage: Iterable[Document], full: Collection[str], limit: int = FULL) -> set[str]:
    """Return `full` with further pages, the first ones, up to `limit`: a new rule is to be shown pages that pass it."""
    chosen = set(full)
    for line in coverage:
        if len(chosen) >= limit:
            break
        if line.get("kind") == "page" and line.get("state") == "measured":
            chosen.add(str(line.get("path", "")))
    return chosen


def lines(
    outlines: Iterable[Document],
    coverage: Iterable[Document],
    pages: Mapping[str, Faults],
    full: Collection[str],
    only: Sequence[str] = (),
) -> Iterator[dict[str, Any]]:
    """Give a line for each page: those that were measured as they come, then those that were not.

    Where the run was asked for `only` some pages, the others are told apart: nothing was looked for on them.
    """
    for outline in outlines:
        path = str(outline["path"])
        said = {**outline["shown"], **_wrong(pages.get(path)), "path": clip(path, _LONGEST), "full": path in full}
        yield said if not only or matches_any(only, path) else {**said, "state": "left-out"}
    for line in coverage:
        if line.get("kind") == "page" and line.get("state") in _WITHOUT_FACTS:
            why = {"state": line.get("state"), "why": clip(str(line.get("why", "")), _LONGEST)}
            yield {"path": clip(str(line.get("path", "")), _LONGEST), **why}


def _wrong(of: Faults | None) -> dict[str, Any]:
    return {"rank": of.rank, "findings": of.count, "causes": sorted(set(of.causes))} if of else {}
