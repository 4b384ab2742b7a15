"""The first stage: a built folder -> the documents of facts in the run folder.

In: the settings, the folder, the browser that was found. Out: coverage.jsonl, pages.jsonl and site.json in the run
folder, the delivered HTML, and a small record of what was measured. Read top to bottom: discover, render, complete,
sum up (docs/decisions/0005: pages are measured in any order first, and completed afterwards).
"""

from __future__ import annotations

import os
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from checks import interrupted, run_folder
from checks.collect import files_served, former, known, leaks, page_config, site_stage, subject, ways
from checks.collect.assets import Assets
from checks.collect.closer import CloserLook
from checks.collect.completing import Completing
from checks.collect.extraction import Extraction
from checks.collect.hosts import build_digest
from checks.collect.index import Index
from checks.collect.ledger import FAILED, MEASURED, READ_ONLY, REPRESENTED, Ledger
from checks.collect.outside import asked
from checks.collect.pages import Pages, task_of
from checks.collect.rendering import Rendering
from checks.collect.reuse import opening
from checks.collect.review import Before, reviewed
from checks.collect.running import RunningBrowser
from checks.collect.shards.elsewhere import left_to_ask
from checks.collect.stand_ins import StandIns
from checks.collect.surroundings import SiteSurroundings
from checks.collect.to_measure import to_measure, unless_excluded
from checks.collect.user_agent import user_agent
from checks.collect.visits import Known
from checks.collect.web import gaps, seen, unlinked
from checks.delivered import Delivered
from checks.facts import nesting
from checks.facts.budgets import Budgets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.collect.discover import Discovered
    from checks.collect.former import Former
    from checks.collect.rendering import Task
    from checks.collect.shards.elsewhere import Elsewhere
    from checks.collect.web.web import Web
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
        subject.opened(settings, root, run.scratch) as (found, web),
        known.opened(settings, found, beside.exports, run.scratch) as urls,
    ):
        of = _Subject(settings, found, web, urls, beside)
        collected = interrupted.run(_collect(of, run, browser, progress))
    run.drop_scratch()
    return collected


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is judged, and what is known of it."""

    settings: Settings
    found: Discovered
    web: Web | None
    urls: known.KnownUrls
    beside: Beside


async def _collect(
    subject: _Subject, run: RunFolder, browser: Browser | None, progress: Callable[[int, int], None]
) -> Collected:
    settings, found, web, urls = subject.settings, subject.found, subject.web, subject.urls
    beside = subject.beside
    preview = found.preview
    with Index(run.scratch / "index.sqlite", preview.base) as index:
        ledger, delivered = Ledger(run.scratch / "ledger.sqlite"), Delivered(run.file(run_folder.DELIVERED))
        try:
            page_settings = page_config.of(settings, found)
            site = site_stage.SiteStage(settings, found, page_settings, index, ledger, web)
            site.read_lists()
            paths = list(to_measure(settings, found, ledger, "build" if web is None else "link"))
            pages_known = Known(preview, Assets(preview.root))
            closer = CloserLook(index, left_to_ask(page_settings, beside.elsewhere), len(paths))
            with (
                ExitStack() as stack,
                Extraction(page_settings, max(1, (os.cpu_count() or 2) // 2)) as extraction,
                opening.opened(beside.cache, settings, browser, pages_known, page_settings) as reuse,
            ):
                stand_ins = StandIns(index, extraction, pages_known, len(paths), reuse)
                pages = Pages(
                    found, index, ledger, delivered, extraction, pages_known, closer, stand_ins, reuse, web is not None
                )
                pages.elsewhere = beside.elsewhere
                restarts = await measure(settings, pages, paths, browser, progress, beside.review)
                while web is not None and (more := list(gaps.further(found, web, ledger))):
                    allowed = list(unless_excluded(settings, ledger, more))
                    restarts += await measure(settings, pages, allowed, browser, progress)
                if web is not None:
                    unlinked.ask_for_maps(web, preview.base)
                sizes = dict(preview.files.sizes)
                looking = extraction.start(leaks.look_through, preview.root, sizes, site.own)
                urls.ask(web, ledger)
                surroundings = SiteSurroundings(preview, index, found.robots, others_answer=pages.asked.answer)
                former.note(beside.once, web, ledger)
                site.settle_links()
                run.write_lines(run_folder.ANSWERS, former.answers(beside.once, found))
                index.tell_templates()
                outside = (
                    await asked(index.documents(), run.scratch / "outside.sqlite", stack)
                    if settings.duties.checks_outside
                    else None
                )
                budgets = Budgets()
                completing = Completing(
                    index, surroundings, urls, outside, reuse.completions(settings, found, index, surroundings)
                )
                run.write_lines(run_folder.PAGES, completing.lines(budgets))
                if web is None:
                    site.settle_endpoints()
                else:
                    web.one_build()
                    gaps.settle(settings, web, ledger)
                # Of pages that were only read, nobody knows what they load.
                everything = browser is not None and not ledger.counts()[REPRESENTED]
                code = pages_known.assets.code() if everything else None
                moved = (f"{beside.once_at}{path}" for path in beside.once() if beside.once_at)
                asked_for = site_stage.Named(
                    pages.outside, frozenset(pages.asked.missing), code, budgets.group(), moved
                )
                run.write(run_folder.SITE, site.document(surroundings, looking.result(), asked_for, urls))
            run.write_lines(run_folder.COVERAGE, ledger.lines())
            run.write_lines(run_folder.FILES, files_served.served(preview))
        finally:
            ledger.close()
            delivered.close()
    return Collected(
        preview.origin,
        found.origin_known,
        preview.host.name,
        (
            *(*found.notes, *urls.notes, *closer.notes, *pages.asked.notes, *reuse.notes),
            *(seen.notes(web) if web is not None else ()),
        ),
        build_digest(preview.root, preview.files),
        restarts,
        reuse.tally.to_document(),
        # What is only read depends on nothing but the build.
        reuse.repeats if browser is not None else 0,
        reuse.notes,
    )


async def measure(
    settings: Settings,
    pages: Pages,
    paths: Sequence[str],
    browser: Browser | None,
    progress: Callable[[int, int], None],
    review: Before | None = None,
) -> int:
    """Measure the pages at `paths` that are not known yet; return how often the browser died."""
    preview = pages.found.preview
    done = 0

    def after_each() -> None:
        nonlocal done
        done += 1
        progress(done, len(paths))

    progress(0, len(paths))
    left = []
    # All of them before the first is rendered, for meanwhile nobody would hear what the browser says.
    for path in paths:
        if pages.take_known(path):
            after_each()
        else:
            left.append(path)
    died = pages.noted_elsewhere()
    if browser is None:
        for path in left:
            if why := nesting.too_deep(preview.served(preview.origin + path).body()):
                pages.ledger.settle(path, FAILED, why)
            else:
                await pages.read(path)
                pages.ledger.settle(path, MEASURED, READ_ONLY)
            pages.reuse.failed(path)
            after_each()
        return died
    if review is not None:
        left = await reviewed(settings, pages, left, review, after_each)
    if not left and not pages.stand_ins.left() and not pages.closer.chosen():
        return died
    async with AsyncExitStack() as stack:
        leading = await ways.lead(settings, preview, stack)
        running = await stack.enter_async_context(RunningBrowser(browser, leading))
        await running.get()
        limit = settings.render.time_limit_ms / 1000
        rendering = Rendering(running, preview.origin, limit, user_agent(browser), pages, after_each)
        await rendering.all(_tasks(pages, left))
        await pages.closer.look(rendering)
        pages.looked_again()
        await pages.stand_ins.look(rendering, partial(_tasks, pages))
        return died + running.restarts


def _tasks(pages: Pages, paths: Iterable[str]) -> Iterator[Task]:
    """Give what is to be rendered; a page that no parser could take afterwards is not."""
    origin, preview = pages.found.preview.origin, pages.found.preview
    for path in paths:
        if why := nesting.too_deep(preview.served(origin + path).body()):
            pages.ledger.settle(path, FAILED, why)
            pages.reuse.failed(path)
            continue
        yield task_of(path, preview)
