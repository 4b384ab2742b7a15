"""Takes pages as they are measured, or as an earlier run has measured them, and keeps what was found on disk.

In: what a rendering place saw of a page; the path of a page that may be known already. Out: the page in the index, its
delivered HTML, its line in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.collect import addresses, reasons, visits
from checks.collect.closer import is_slow
from checks.collect.index_rows import packed_document
from checks.collect.ledger import FAILED, MEASURED
from checks.collect.rendering import Task
from checks.collect.scripted import runs_anything
from checks.collect.shards.page_lines import extracted
from checks.collect.web import gaps
from checks.facts import nesting
from checks.facts.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.collect.closer import CloserLook
    from checks.collect.cluster.inline import Inline
    from checks.collect.discover import Discovered
    from checks.collect.extraction import Extracted, Extraction
    from checks.collect.index import Index
    from checks.collect.ledger import Ledger
    from checks.collect.place import Painted
    from checks.collect.preview import Preview
    from checks.collect.recorder import Recorder
    from checks.collect.reuse.nothing import Nothing
    from checks.collect.reuse.reuse import Reuse
    from checks.collect.shards.elsewhere import Elsewhere
    from checks.collect.shards.part import NobodyStandsIn
    from checks.collect.stand_ins import StandIns
    from checks.collect.visits import Known
    from checks.delivered import Delivered

MOST_OUTSIDE = 1_000


def task_of(path: str, preview: Preview) -> Task:
    """Return how the page at `path` is rendered."""
    url = preview.origin + path
    served = preview.served(url)
    leads_on = any(name.lower() == "refresh" for name, _ in served.headers)
    return Task(path, url, leads_on or runs_anything(served.body()))


@dataclass(slots=True)
class Pages:
    """The pages of one run."""

    found: Discovered
    index: Index
    ledger: Ledger
    delivered: Delivered
    extraction: Extraction | Inline
    known: Known
    closer: CloserLook
    stand_ins: StandIns | NobodyStandsIn
    reuse: Reuse | Nothing
    remote: bool
    """Whether something else than the site may answer: its preview is a URL."""
    elsewhere: Elsewhere | None = None
    """What other machines have measured: then every page is there."""
    only: Sequence[str] = ()
    """Patterns of the pages that are measured, where not all of them are."""
    asked: Asked = field(default_factory=Asked)
    outside: set[str] = field(default_factory=set)
    """Addresses that pages name beside the path that the site lies under."""

    async def rendered(self, task: Task, painted: Painted, recorder: Recorder, cookies: list[dict[str, Any]]) -> None:
        """Take what a browser saw of a page."""
        visit = visits.rendered(task, self.known, painted, recorder, cookies)
        elsewhere = addresses.on_origin(visit.final_url, self.found.preview.origin)
        if elsewhere != task.path and visit.navigations:
            self.failed(task, f"{reasons.LEADS_AWAY} (it leads to {visit.final_url})")
            return
        if why := nesting.too_deep(visit.rendered):
            self.failed(task, why)
            return
        built = await self.extraction.build(visit)
        refusal = gaps.refusal(built.render, visit.status) if self.remote else None
        if refusal is not None:
            self.failed(task, refusal)
            return
        self.take(task.path, visit.body, built)
        self.asked.note(visit.exchanges)
        self.ledger.settle(task.path, MEASURED)
        self.reuse.keep(task, visit, painted, recorder, built)
        self.closer.note(task, built.vitals)

    def failed(self, task: Task, why: str) -> None:
        """Take a page that could not be measured."""
        self.ledger.settle(task.path, FAILED, why)
        self.reuse.failed(task.path)

    def take_known(self, path: str) -> bool:
        """Take a page that need not be measured here; say whether it is one."""
        if self.elsewhere is not None:
            self._take_of_another(path, self.elsewhere.page(path))
            return True
        return self._take_reused(path)

    def _take_of_another(self, path: str, said: Mapping[str, Any]) -> None:
        """Take a page as another machine has measured it, or could not."""
        page, reused = said["page"], said["reused"]
        if page is None:
            self.ledger.settle(path, FAILED, said["why"])
            return
        built = extracted(page, self.found.preview.origin)
        served = self.found.preview.served(self.found.preview.origin + path)
        self.take(path, served.body(), built)
        if reused is not None:
            self.ledger.reused(path, reused["key"], reused["measured"])
            self.closer.reused(built.vitals)
            return
        self.ledger.settle(path, MEASURED, said["why"])
        if built.vitals and is_slow(built.vitals):
            self.closer.note(task_of(path, self.found.preview), built.vitals)

    def _take_reused(self, path: str) -> bool:
        """Take a page as an earlier run has measured it, where nothing that it depends on has changed; say whether."""
        found = self.reuse.get(path)
        if found is None:
            return False
        built = found.kept.built
        self.take(path, self.found.preview.served(self.found.preview.origin + path).body(), built, reused=True)
        self.ledger.reused(path, found.key, found.kept.measured)
        self.closer.reused(built.vitals)
        self.asked.found_nothing(found.kept.missing)
        return True

    def noted_elsewhere(self) -> int:
        """Take what other machines noted beside their pages, when all of these are taken; return how often they died.

        Raises UserError where they have measured what is no page of this build.
        """
        others = self.elsewhere
        if others is None:
            return 0
        others.end()
        others.tell(self.known, self.asked)
        self.outside |= set(sorted(others.beside.outside)[:MOST_OUTSIDE])
        self.reuse.tally = others.beside.reuse
        return others.beside.restarts

    async def read(self, path: str) -> None:
        """Take a page as it is delivered, without a browser."""
        url, preview = self.found.preview.origin + path, self.found.preview
        visit = visits.delivered_only(url, path, preview, preview.served(url))
        self.take(path, visit.body, await self.extraction.build(visit))

    def take(self, path: str, body: bytes, built: Extracted, *, reused: bool = False) -> None:
        """Keep the page's document until all pages are there."""
        own = self.found.preview.path_of
        links = [(own(url), followed) for url, followed in built.links]
        self.index.add_page(path, built.document, built.digest, built.anchors, links)
        self.delivered.put(path, body, built.charset, compress=not reused)
        if len(self.outside) < MOST_OUTSIDE:
            self.outside |= built.outside
        for link, _ in links:
            self.ledger.found(link, "link")

    def looked_again(self) -> None:
        """Keep what the closer look has added to documents."""
        for task in self.closer.chosen():
            document = self.index.document(task.path)
            self.reuse.amend(task.path, packed_document(document), document["vitals"])
