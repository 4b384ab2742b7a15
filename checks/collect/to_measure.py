"""Which pages a run measures, and which of them the config excludes.

In: what was discovered, what sitemaps and the config promise, the exclusions. Out: paths; the ledger is told the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.collect.ledger import EXCLUDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.collect.discover import Discovered
    from checks.collect.ledger import Ledger
    from checks.settings import Settings


def to_measure(settings: Settings, found: Discovered, ledger: Ledger, by: str) -> Iterator[str]:
    """Give the paths of pages to measure, sorted; those that the config excludes are settled at once.

    Pages are what the build has, found `by` that; what a sitemap or the config promises and the build does not have;
    and what they promise and a rewrite of the host shows.
    """
    promised = frozenset(path for path in ledger.promised() if found.is_missing(path) or found.is_rewritten(path))
    paths = sorted(found.paths | promised)
    for path in paths:
        if path in found.paths and (by == "build" or not ledger.found_in(path)):
            ledger.found(path, by, "page")
        ledger.page(path)
    yield from unless_excluded(settings, ledger, paths)


def unless_excluded(settings: Settings, ledger: Ledger, paths: Iterable[str]) -> Iterator[str]:
    """Give the paths that no exclusion in force covers; the others are settled."""
    for path in paths:
        exclusion = settings.exclusion(path)
        if exclusion is None:
            yield path
        else:
            ledger.settle(
                path, EXCLUDED, f"{exclusion.page} until {exclusion.until}, {exclusion.owner}: {exclusion.why}"
            )
