"""Measure a part of a build: some of its pages, and nothing that needs the others.

In: the settings, the build, a browser; then paths. Out: a line a page, and what was noted beside them. What a few pages
stand for, what is slow, and all that other pages tell is left to who puts the parts together. A workplace measures one
part after another: a shard is one part, a batch of a cluster is one, too.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks import interrupted
from checks.collect import page_config, site_stage, subject
from checks.collect.assets import Assets
from checks.collect.closer import CloserLook
from checks.collect.cluster.inline import Inline
from checks.collect.extraction import Extraction
from checks.collect.index import Index
from checks.collect.ledger import Ledger
from checks.collect.measuring import measure
from checks.collect.pages import Pages
from checks.collect.reuse import opening
from checks.collect.reuse.tally import Tally
from checks.collect.shards import page_lines
from checks.collect.to_measure import to_measure
from checks.collect.visits import Known
from checks.delivered import Delivered
from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.collect.discover import Discovered
    from checks.collect.reuse.nothing import Nothing
    from checks.collect.reuse.reuse import Reuse
    from checks.facts.page_settings import PageSettings
    from checks.settings import Settings


class NobodyStandsIn:
    """No page of a part stands for others: which ones do is known when all are there."""

    def left(self) -> list[str]:
        """Nobody is looked at."""
        return []

    async def look(self, *_: object) -> None:
        """Nobody is looked at."""


class AskedAlone(CloserLook):
    """Looks again where the settings ask for it; which pages are the slowest is known when all are there."""

    @property
    def most(self) -> int:
        """No page is looked at again for its times."""
        return 0


@dataclass(frozen=True, slots=True)
class Workplace:
    """All that is the same for every page of a build."""

    settings: Settings
    found: Discovered
    page_settings: PageSettings
    known: Known
    extraction: Extraction | Inline
    reuse: Reuse | Nothing
    browser: Browser | None

    def pages(self, scratch: Path) -> list[str]:
        """Return the paths of all pages that are to be measured, sorted."""
        ledger = Ledger(scratch / "all-ledger.sqlite")
        try:
            with Index(scratch / "all-index.sqlite", self.found.preview.base) as index:
                site_stage.SiteStage(self.settings, self.found, self.page_settings, index, ledger).read_lists()
                return list(to_measure(self.settings, self.found, ledger, "build"))
        finally:
            ledger.close()


@contextmanager
def opened(
    settings: Settings,
    root: Path,
    scratch: Path,
    browser: Browser | None,
    cache: opening.Asked,
    *,
    alone: bool = True,
) -> Iterator[Workplace]:
    """Open the build in `root`; where this process is not `alone` on its machine, it starts no others for the facts.

    Raises UserError for a preview that is a URL: nobody can tell whether it changed.
    """
    if settings.preview_url is not None:
        raise UserError(
            "a preview that is a URL can't be divided: nobody can prove that all machines saw the same",
            where=settings.preview_url,
            remedy="Divide the build that was deployed there, or judge the address on one machine.",
        )
    with subject.opened(settings, root, scratch) as (found, _):
        page_settings, known = page_config.of(settings, found), Known(found.preview, Assets(found.preview.root))
        workers = max(1, (os.cpu_count() or 2) // 2)
        making = Extraction(page_settings, workers) if alone else nullcontext(Inline(page_settings))
        with (
            making as extraction,
            opening.opened(cache, settings, browser, known, page_settings) as reuse,
        ):
            yield Workplace(settings, found, page_settings, known, extraction, reuse, browser)


@contextmanager
def measured(
    work: Workplace, paths: Sequence[str], scratch: Path, progress: Callable[[int, int], None]
) -> Iterator[tuple[Iterator[dict[str, Any]], dict[str, Any]]]:
    """Measure the pages at `paths`; give a line for each, and what was noted beside them."""
    work.reuse.tally = Tally()
    ledger, delivered = Ledger(scratch / "ledger.sqlite"), Delivered(scratch / "delivered.sqlite")
    try:
        with Index(scratch / "index.sqlite", work.found.preview.base) as index:
            for path in paths:
                ledger.found(path, "build", "page")
            closer = AskedAlone(index, work.page_settings, len(paths))
            nobody, reuse = NobodyStandsIn(), work.reuse
            pages = Pages(
                work.found, index, ledger, delivered, work.extraction, work.known, closer, nobody, reuse, remote=False
            )
            restarts = interrupted.run(measure(work.settings, pages, paths, work.browser, progress))
            yield page_lines.lines(index, ledger, sorted(paths)), _beside(work, pages, restarts)
    finally:
        ledger.close()
        delivered.close()


def _beside(work: Workplace, pages: Pages, restarts: int) -> dict[str, Any]:
    """Return what a part tells beside its pages."""
    preview, asked = work.found.preview, pages.asked
    return {
        "missing": sorted(asked.missing),
        "outside": sorted(pages.outside),
        "code": [preview.path_of(one.url) for one in work.known.assets.code()],
        "unknown": sorted(preview.unknown.values()),
        "others": asked.others,
        "answer": asked.answer,
        "restarts": restarts,
        "reuse": work.reuse.tally.to_document(),
    }
