"""What can be said when all pages are there: whole documents, the site document, what became of every address.

In: the pages as they were measured, what is judged. Out: answers.jsonl, pages.jsonl, site.json, coverage.jsonl and
files.jsonl in the run folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks import run_folder
from checks.collect import files_served, former, leaks, references, site_stage
from checks.collect.completing import Completing
from checks.collect.listing import Listing
from checks.collect.outside import asked
from checks.collect.surroundings import SiteSurroundings
from checks.collect.web import gaps, unlinked
from checks.facts.budgets import Budgets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future
    from contextlib import ExitStack
    from pathlib import Path

    from checks.collect.assets import Assets
    from checks.collect.discover import Discovered
    from checks.collect.former import Former
    from checks.collect.known import KnownUrls
    from checks.collect.leaks import Leaks
    from checks.collect.pages import Pages
    from checks.collect.web.web import Web
    from checks.run_folder import RunFolder
    from checks.settings import Settings


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged, and what is known of it."""

    settings: Settings
    found: Discovered
    web: Web | None
    urls: KnownUrls


@dataclass(frozen=True, slots=True)
class SummingUp:
    """Sums one run up, whose pages all are there."""

    of: Subject
    run: RunFolder
    pages: Pages
    site: site_stage.SiteStage
    loaded: Assets | None
    """What pages load; None where nobody knows that of every page."""
    once: Former
    """Gives the addresses of the baseline."""
    once_at: str | None
    """The origin that it was published at, where that is known."""

    async def write(self, stack: ExitStack) -> None:
        """Write what there is to say; `stack` closes what was opened for it."""
        found, web, urls, run = self.of.found, self.of.web, self.of.urls, self.run
        pages, index, ledger, reuse = self.pages, self.pages.index, self.pages.ledger, self.pages.reuse
        if web is not None:
            unlinked.ask_for_maps(web, found.preview.base)
        clean = reuse.clean_files(self.site.own)
        files = self._listing()
        looking = pages.extraction.start(leaks.look_through, found.preview.root, files, self.site.own, clean.known)
        # Of a preview that is a URL the files are there when everything was asked for.
        named = self._naming(files).result if web is None else self._named_now
        urls.ask(web, ledger)
        surroundings = SiteSurroundings(found.preview, index, found.robots, others_answer=pages.asked.answer)
        former.note(self.once, web, ledger)
        self.site.settle_links()
        run.write_lines(run_folder.ANSWERS, former.answers(self.once, found))
        index.tell_templates()
        outside = (
            await asked(index.documents(), run.scratch / "outside.sqlite", stack)
            if self.of.settings.duties.checks_outside
            else None
        )
        budgets = Budgets()
        kept = reuse.completions(self.of.settings, found, index, surroundings)
        run.write_lines(run_folder.PAGES, Completing(index, surroundings, urls, outside, kept).lines(budgets))
        self._settle()
        leaked = looking.result()
        clean.keep(leaked.clean)
        run.write(run_folder.SITE, self._site_document(surroundings, leaked, budgets, named))
        run.write_lines(run_folder.COVERAGE, ledger.lines())
        run.write_lines(run_folder.FILES, files_served.served(found.preview))

    def _listing(self) -> Listing:
        return Listing.written(self.run.scratch / "listing.jsonl", self.of.found.preview.files.sizes)

    def _named_now(self) -> Path:
        return self._naming(self._listing()).result()

    def _naming(self, files: Listing) -> Future[Path]:
        """Let a worker write down what the files name."""
        into = self.run.scratch / "named.jsonl"
        return self.pages.extraction.start(references.written_down, self.of.found.preview.root, files, into)

    def _settle(self) -> None:
        """Say what became of what answers instead of the build."""
        if self.of.web is None:
            self.site.settle_endpoints()
        else:
            self.of.web.one_build()
            gaps.settle(self.of.settings, self.of.web, self.pages.ledger)

    def _site_document(
        self, surroundings: SiteSurroundings, leaked: Leaks, budgets: Budgets, references: Callable[[], Path]
    ) -> run_folder.Document:
        pages, code = self.pages, None if self.loaded is None else self.loaded.code()
        missing = frozenset(pages.asked.missing)
        named = site_stage.Named(pages.outside, missing, references, code, budgets.group(), self._moved())
        return self.site.document(surroundings, leaked, named, self.of.urls)

    def _moved(self) -> Iterable[str]:
        """Give the addresses of the baseline where it was published."""
        return (f"{self.once_at}{path}" for path in self.once() if self.once_at)
