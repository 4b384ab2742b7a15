"""The lines of pages.jsonl: every measured page with what lies on other pages, and what it is worth.

In: the pages of a site, when all are there; what is around them. Out: lines, sorted by path. Those that an earlier run
has written of the very same come from the cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks import json_bytes
from checks.collect.index_rows import unpacked_document
from checks.collect.reuse.completions import Completed
from checks.facts import complete, outside_links
from checks.facts.budgets import weighed
from checks.facts.traffic import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.collect.index import Index
    from checks.collect.known import KnownUrls
    from checks.collect.outside import Outside
    from checks.collect.reuse.completions import Completions
    from checks.collect.surroundings import SiteSurroundings
    from checks.facts.budgets import Budgets


@dataclass(frozen=True, slots=True)
class Completing:
    """What the pages of one site are completed from."""

    index: Index
    surroundings: SiteSurroundings
    urls: KnownUrls
    outside: Outside | None
    kept: Completions | None
    """What earlier runs have completed; None: nothing is kept."""

    def lines(self, budgets: Budgets) -> Iterator[bytes]:
        """Give every line, and let `budgets` count the pages."""
        for path, template, packed in self.index.packed():
            found = self._completed(path, template, packed)
            budgets.look(found.weighed)
            yield found.line

    def _completed(self, path: str, template: str, packed: bytes) -> Completed:
        groups = self.urls.groups(path)
        if self.kept is not None and self.outside is None and not groups:
            return self.kept.of(template, packed)
        whole = self._whole(unpacked_document(packed), groups)
        return Completed(json_bytes.encode(whole), weighed(whole))

    def _whole(self, document: dict[str, Any], groups: Mapping[str, Any]) -> Mapping[str, Any]:
        whole = complete.complete(document, self.surroundings)
        if self.outside is not None:
            whole = outside_links.told(whole, self.outside)
        return joined(whole, groups) if groups else whole
