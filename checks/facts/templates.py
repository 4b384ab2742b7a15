"""Which pages are built from one template: those whose skeletons are alike.

In: pages sorted by path, each with its skeleton (`Reading.skeleton`). Out: for each page the path of the first page
of its template. Pure; of all pages, only the first of each template is held.

Alike is what shares most of its ways from the root to a block element: the Jaccard index of the two sets. What a
template repeats (list items, paragraphs) counts once, so long and short pages of one template are alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ALIKE: Final = 0.6
"""Least Jaccard index within a template."""
MOST: Final = 200
"""Templates that are told apart; on a site with more, later pages belong to the template that they are most like."""


def alike(pages: Iterable[tuple[str, frozenset[int]]]) -> Iterator[tuple[str, str]]:
    """Yield (path, path of the first page of its template) for each page."""
    first_pages: list[tuple[str, frozenset[int]]] = []
    for path, skeleton in pages:
        most, template = max(((jaccard(skeleton, other), name) for name, other in first_pages), default=(0.0, path))
        if most < ALIKE and len(first_pages) < MOST:
            first_pages.append((path, skeleton))
            template = path
        yield path, template


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of what both have in what either has; two empty sets are the same."""
    either = len(one | other)
    return len(one & other) / either if either else 1.0
