"""A preview that is a URL, as the rest of the collector sees it: a folder that fills, and a host that answers.

In: the settings, which name the URL, and a scratch folder. Out: `Web`, a context manager. Requests run on a thread of
their own, so that who asks in the middle of pure code may wait for an answer, and many may be under way meanwhile.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from checks.collect.hosts import AUTO
from checks.collect.preview import MOST_HOPS
from checks.collect.web import builds, crawlers
from checks.collect.web.client import FetchError
from checks.collect.web.crawl import Crawl
from checks.collect.web.host import RecordedHost
from checks.collect.web.sifting import Sifter, is_only_a_login
from checks.errors import CannotMeasureError
from checks.facts import platform as platforms
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Mapping, Sequence

    from checks.collect.web.builds import Builds
    from checks.collect.web.client import Client, Reply
    from checks.collect.web.crawl import Frontier
    from checks.collect.web.store import Record, Store
    from checks.facts.site_visit import CrawlerAnswer
    from checks.settings import Settings

Answer = TypeVar("Answer")
_REDIRECTS = range(300, 400)
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a preview on disk."""

    store: Store
    frontier: Frontier
    builds: Builds


class Web:
    """One preview; made by `opened`."""

    def __init__(self, settings: Settings, url: str, client: Client, kept: Kept) -> None:
        store = kept.store
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.store = store
        self.sifter = Sifter(parts.hostname or "")
        self.host = RecordedHost(store, "plain" if settings.host == AUTO else settings.host)
        self.loop = asyncio.new_event_loop()
        self.crawl = Crawl(settings, self.origin, store.root, self._get, kept.frontier, kept.builds)
        self._builds = kept.builds
        self._home = self.crawl.base
        self._is_told = settings.host != AUTO
        self._excluded = settings.exclusion
        self._opened_by = settings.access is not None
        self._client = client
        self._under_way: dict[str, asyncio.Task[Record]] = {}

    def discover(self) -> None:
        """Ask for all that lists and links lead to. Raises CannotMeasureError where the preview is not there."""
        self.enter()
        self.wait(self.crawl.all())
        self._leave_out()
        self.one_build()

    def more_pages(self, targets: Iterable[str]) -> list[tuple[str, str]]:
        """Return what of the addresses that only a browser found are pages, with their files; ask for all of them."""
        self.crawl.note(targets)
        found = self.wait(self._more())
        self._leave_out()
        return found

    def one_build(self) -> None:
        """Look at the home page once more, and fail the pages of other builds.

        Raises CannotMeasureError where the home page itself is of another build by now.
        """
        before = self.store.get(self._home)
        try:
            now = self.wait(self._client.get(self._home))
        except FetchError as error:
            raise self._closed(self._home, f"asked once more at the end, {error}") from None
        html = self.sifter.own(now.file.read_bytes())
        now.file.unlink()
        if before is None or before.file is None:
            return
        kept = (self.store.root / before.file).read_bytes()
        if now.status != before.status or not builds.same(kept, html):
            raise self._closed(self._home, "it was deployed anew while it was looked at; check it again")
        current = platforms.build_of(html.decode("utf-8", "replace"))
        for target, build in self._builds.others(current) if current else ():
            self.store.fail(target, f"it is of another build ({build}) than the home page ({current})")

    def as_crawlers(self, pages: Iterable[str]) -> Mapping[str, Sequence[CrawlerAnswer]] | None:
        """Return what crawlers are answered on the first few of `pages` that others get; None where nobody knows."""
        got = (target for target in pages if (known := self.store.get(target)) and known.status == HTTPStatus.OK)
        return self.wait(crawlers.ask(self._client, self.sifter, list(islice(got, crawlers.MOST_PAGES))))

    async def _more(self) -> list[tuple[str, str]]:
        return [(target, record.file) async for target, record in self.crawl.pages() if record.file]

    def _leave_out(self) -> None:
        for target, limit in self.crawl.left_out():
            if self.store.get(target) is None:
                self.store.fail(target, f"{limit} leaves it out", excluded=True)

    def ask(self, target: str) -> Record:
        """Return what is answered at `target`, and wait for it."""
        return self.wait(self._get(target))

    async def fetched(self, target: str) -> None:
        """Have `target` on record; for who must not wait in the way of others."""
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._get(target), self.loop))

    def ask_all(self, targets: Iterable[str]) -> None:
        """Have all `targets` on record, many at once."""
        waiting = iter(targets)
        while batch := list(islice(waiting, _AT_ONCE)):
            self.wait(self._gathered(batch))

    def wait(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Return what `work` comes to on the thread that fetches."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    async def stop(self) -> None:
        """Let go of what is under way, for somebody broke off."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _gathered(self, targets: list[str]) -> None:
        await asyncio.gather(*(self._get(target) for target in targets))

    def enter(self) -> None:
        """Look at the home page, at the end of its redirects. Raises CannotMeasureError where it is not there."""
        target, seen = self.crawl.base, set[str]()
        while target not in seen:
            if len(seen) > MOST_HOPS:
                raise self._closed(self.crawl.base, f"its home page redirects more than {MOST_HOPS} times")
            seen.add(target)
            record = self.wait(self._get(target, wanted=True))
            if record.why is not None:
                raise self._closed(target, record.why)
            if record.location is None:
                if record.status >= HTTPStatus.BAD_REQUEST:
                    raise self._closed(target, f"its home page answers with status {record.status}")
                if record.file is not None and is_only_a_login((self.store.root / record.file).read_bytes()):
                    raise self._closed(target, "its home page is a login")
                self._home = target
                return
            led = parse(record.location, (self.crawl.production or self.origin) + target)
            inside = self.crawl.target(led.url) if led is not None else None
            if inside is None:
                raise self._closed(target, f"it leads to {led.url if led else 'no address'}: name that address")
            target = inside
        raise self._closed(target, "its home page redirects in a circle")

    def _closed(self, target: str, why: str) -> CannotMeasureError:
        asks = "login" in why
        opened = "What `access` sends does not open it." if self._opened_by else "Say in `access` what opens it."
        remedy = opened if asks else "Look whether it is deployed, and can be reached from this machine."
        return CannotMeasureError(
            f"the preview is not there to be judged: {why}", where=self.origin + target, remedy=remedy
        )

    async def _get(self, target: str, *, wanted: bool = False, probe: bool = False) -> Record:
        """Return the record of `target`; `wanted`: somebody promised a page there; `probe`: nothing should be there."""
        known = self.store.get(target)
        if known is not None:
            return known
        task = self._under_way.get(target)
        if task is None:
            task = self._under_way[target] = asyncio.create_task(self._fetch(target, wanted=wanted, probe=probe))
            task.add_done_callback(lambda _: self._under_way.pop(target, None))
        return await asyncio.shield(task)

    async def _fetch(self, target: str, *, wanted: bool, probe: bool) -> Record:
        if target != self.crawl.base and self._excluded(target) is not None:
            # Nobody wants to know, and an address such as /logout/ may end the session that opens the preview.
            return self.store.fail(target, "`exclude` leaves it out", excluded=True)
        try:
            reply = await self._client.get(target)
        except FetchError as error:
            return self.store.fail(target, str(error))
        if self.sifter.platform is None:
            self._know(reply)
        why = self.sifter.refusal(reply, self.origin, target, wanted=wanted)
        if why is not None:
            reply.file.unlink()
            return self.store.fail(target, why)
        location = reply.header("location") if reply.status in _REDIRECTS else None
        led = self._led(location, target) if location else None
        return self.store.put(target, self.sifter.sift(target, reply), led, probe=probe)

    def _know(self, reply: Reply) -> None:
        """Tell by an answer which platform serves the preview."""
        self.sifter.know(reply)
        found = self.sifter.platform
        if found is not None and not self._is_told:
            self.host.name = found.host
        self.host.sends_headers = platforms.sends_headers(self.host.name)

    def _led(self, location: str, target: str) -> str:
        """Return where a redirect leads, as the site itself would say it: without the preview's own origin."""
        address = parse(location, self.origin + target)
        if address is None or f"{address.scheme}://{address.netloc}" != self.origin:
            return location
        return address.url.removeprefix(self.origin)
