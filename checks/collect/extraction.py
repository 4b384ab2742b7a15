"""Page facts, made in processes of their own, so that the server and the browser never wait for them.

In: visits. Out: what `checks.facts.page.build` makes of each, packed for the index.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.collect.index_rows import packed_anchors, packed_document
from checks.facts import base_path, page
from checks.facts.dates import depends_on_the_day
from checks.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.digest import PageDigest
    from checks.facts.page_settings import PageSettings
    from checks.facts.visit import Visit

_settings: PageSettings | None = None
"""In a worker: the settings that its parent gave it once."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A page document, packed, and what others need of it."""

    document: bytes
    digest: PageDigest
    anchors: bytes
    links: tuple[tuple[str, bool], ...]
    """Addresses of the site that the page links to, without fragments, and whether the links are followed."""
    charset: str | None
    vitals: Mapping[str, Any]
    render: Mapping[str, Any]
    """How the page came out; empty where no browser rendered it."""
    outside: frozenset[str]
    """Addresses that the page names beside the path that the site lies under."""
    of_the_day: bool
    """Whether it may be another document on another day, and not only in another year."""


class Extraction(Workers):
    """A few workers that know the settings of pages. `build` may be awaited by many at once."""

    def __init__(self, settings: PageSettings, workers: int) -> None:
        super().__init__(workers, _begin, settings)

    async def build(self, visit: Visit) -> Extracted:
        """Return the facts of the page that `visit` saw."""
        return await asyncio.wrap_future(self.start(_build, visit))


def _begin(settings: PageSettings) -> None:
    global _settings  # noqa: PLW0603 - the one thing that a worker keeps from task to task
    _settings = settings


def _build(visit: Visit) -> Extracted:
    assert _settings is not None  # noqa: S101 - _begin was here
    return extracted(visit, _settings)


def extracted(visit: Visit, settings: PageSettings) -> Extracted:
    """Return the facts of the page that `visit` saw, made in this process."""
    built = page.build(visit, settings)
    document, base = built.document, settings.base_path
    return Extracted(
        packed_document(document),
        built.digest,
        packed_anchors(built.anchors),
        built.links,
        document["charset"]["name"],
        document.get("vitals", {}),
        document.get("render", {}),
        frozenset(base_path.outside(document, base)) if base != "/" else frozenset(),
        depends_on_the_day(document),
    )
