"""A run of some pages only: the others are read, for what the pages that are asked for are told of them.

In: the pages of a run and its patterns, the paths that there are. Out: the paths to measure. Of each other page the
index has what its HTML says, or what an earlier run has measured, and the ledger says that it was left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.collect.ledger import FAILED, LEFT_OUT
from checks.facts import nesting
from checks.settings.globs import matches_any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checks.collect.pages import Pages


async def set_aside(pages: Pages, paths: Sequence[str], progress: Callable[[int, int], None]) -> Sequence[str]:
    """Read the pages that nobody asked for, and return the others; without patterns, all of them."""
    if not pages.only:
        return paths
    others = [path for path in paths if not matches_any(pages.only, path)]
    for done, path in enumerate(others, start=1):
        await _read(pages, path)
        progress(done, len(others))
    return [path for path in paths if matches_any(pages.only, path)]


async def _read(pages: Pages, path: str) -> None:
    preview = pages.found.preview
    if why := nesting.too_deep(preview.served(preview.origin + path).body()):
        pages.ledger.settle(path, FAILED, why)
        return
    if not pages.take_known(path):
        await pages.read(path)
    pages.ledger.settle(path, LEFT_OUT, f"read and not judged: the run was asked for {' and '.join(pages.only)} only")
