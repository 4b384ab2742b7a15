"""The first stage: a built folder -> the documents of facts in the run folder.

In: the settings, the folder, the browser that was found. Out: coverage.jsonl, pages.jsonl and site.json in the run
folder, the delivered HTML, and a small record of what was measured. Read top to bottom: discover, render, complete,
sum up (docs/decisions/0005: pages are measured in any order first, and completed afterwards).
"""

from __future__ import annotations

import os
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks import interrupted, run_folder
from checks.collect import former, known, page_config, site_stage, subject
from checks.collect.assets import Assets
from checks.collect.closer import CloserLook
from checks.collect.extraction import Extraction
from checks.collect.hosts import build_digest
from checks.collect.index import Index
from checks.collect.ledger import LEFT_OUT, REPRESENTED, Ledger
from checks.collect.measuring import measure
from checks.collect.pages import Pages
from checks.collect.reuse import opening
from checks.collect.shards.elsewhere import left_to_ask
from checks.collect.stand_ins import StandIns
from checks.collect.summing_up import Subject, SummingUp
from checks.collect.to_measure import to_measure, unless_excluded
from checks.collect.visits import Known
from checks.collect.web import gaps, seen
from checks.delivered import Delivered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.collect.former import Former
    from checks.collect.review import Before
    from checks.collect.shards.elsewhere import Elsewhere
    from checks.run_folder import RunFolder
    from checks.settings import Settings


@dataclass(frozen=True, slots=True)
class Collected:
    """What the rest of a run must know of this stage beside the documents."""

    origin: str
    origin_known: bool
    host: str
    notes: tuple[str, ...]
    build_digest: str
    browser_restarts: int
    reuse: dict[str, Any]
    """How many pages an earlier run had measured, and why the others were."""
    repeats: int
    """How many looks at pages could not be kept: a run over the same build would take them again."""
    told_of_reuse: tuple[str, ...]
    """Those of the notes that are about what this very run reused."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a run is given beside its settings, the build and the browser."""

    exports: Sequence[known.File] = ()
    """The files that the settings name, from where the rules came from."""
    once: Former = former.nowhere
    """Gives the addresses of the baseline: what is answered there goes to answers.jsonl."""
    once_at: str | None = None
    """The origin that the baseline was published at, where it is known."""
    cache: opening.Asked = field(default_factory=lambda: opening.Asked(off=True))
    """Which measurements of earlier runs may be reused; none, unless somebody says so."""
    elsewhere: Elsewhere | None = None
    """What other machines have measured: every page of this build; None where they are measured here."""
    review: Before | None = None
    """What the review gate compares with; None: it is the launch gate, and every page is rendered."""
    only: Sequence[str] = ()
    """Patterns of the pages that are measured; the others are read. None: all are measured."""


def collect(
    settings: Settings,
    root: Path,
    run: RunFolder,
    browser: Browser | None,
    progress: Callable[[int, int], None],
    beside: Beside | None = None,
) -> Collected:
    """Collect the facts of the build in `root`, or of a preview that is a URL; without `browser`, of its HTML only.

    Raises UserError for settings that do not fit the build, CannotMeasureError where the machine cannot do it.
    """
    beside = beside or Beside()
    with (
        run.scratching(),
        subject.opened(settings, root, run.scratch) as (found, web),
        known.opened(settings, found, beside.exports, run.scratch) as urls,
    ):
        of = Subject(settings, found, web, urls)
        return interrupted.run(_collect(of, beside, run, browser, progress))


async def _collect(
    of: Subject, beside: Beside, run: RunFolder, browser: Browser | None, progress: Callable[[int, int], None]
) -> Collected:
    settings, found, web = of.settings, of.found, of.web
    with ExitStack() as stack:
        index = stack.enter_context(Index(run.scratch / "index.sqlite", found.preview.base))
        ledger = stack.enter_context(closing(Ledger(run.scratch / "ledger.sqlite")))
        delivered = stack.enter_context(closing(Delivered(run.file(run_folder.DELIVERED))))
        page_settings = page_config.of(settings, found)
        site = site_stage.SiteStage(settings, found, page_settings, index, ledger, web)
        site.read_lists()
        paths = list(to_measure(settings, found, ledger, "build" if web is None else "link"))
        pages_known = Known(found.preview, Assets(found.preview.root))
        closer = CloserLook(index, left_to_ask(page_settings, beside.elsewhere), len(paths))
        extraction = stack.enter_context(Extraction(page_settings, max(1, (os.cpu_count() or 2) // 2)))
        reuse = stack.enter_context(opening.opened(beside.cache, settings, browser, pages_known, page_settings))
        stand_ins = StandIns(index, extraction, pages_known, len(paths), reuse)
        pages = Pages(
            found, index, ledger, delivered, extraction, pages_known, closer, stand_ins, reuse, web is not None
        )
        pages.elsewhere, pages.only = beside.elsewhere, beside.only
        restarts = await measure(settings, pages, paths, browser, progress, beside.review)
        while web is not None and (more := list(gaps.further(found, web, ledger))):
            allowed = list(unless_excluded(settings, ledger, more))
            restarts += await measure(settings, pages, allowed, browser, progress)
        # Of pages that were only read, nobody knows what they load.
        loaded = None if browser is None or {REPRESENTED, LEFT_OUT} & ledger.states() else pages_known.assets
        await SummingUp(of, run, pages, site, loaded, beside.once, beside.once_at).write(stack)
    return Collected(
        found.preview.origin,
        found.origin_known,
        found.preview.host.name,
        (
            *(*found.notes, *of.urls.notes, *closer.notes, *pages.asked.notes, *reuse.notes),
            *(seen.notes(web) if web is not None else ()),
        ),
        build_digest(found.preview.root, found.preview.files),
        restarts,
        reuse.tally.to_document(),
        # What is only read depends on nothing but the build.
        reuse.repeats if browser is not None else 0,
        reuse.notes,
    )
