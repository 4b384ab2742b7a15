"""A preview that is a URL, as the rest of the collector sees it: a folder that fills, and a host that answers.

In: the settings, which name the URL, and a scratch folder. Out: `Web`, a context manager. Requests run on a thread of
their own, so that who asks in the middle of pure code may wait for an answer, and many may be under way meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from checks.collect.hosts import AUTO
from checks.collect.web import keys
from checks.collect.web.client import Client, FetchError
from checks.collect.web.crawl import Crawl, Frontier
from checks.collect.web.host import RecordedHost
from checks.collect.web.store import Store
from checks.errors import CannotMeasureError, UserError
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Iterator
    from pathlib import Path

    from checks.collect.web.store import Record
    from checks.settings import Settings

Answer = TypeVar("Answer")
_REDIRECTS = range(300, 400)
_AT_ONCE = 200


class Web:
    """One preview; made by `opened`."""

    def __init__(self, settings: Settings, url: str, client: Client, store: Store, frontier: Frontier) -> None:
        self.store = store
        self.host = RecordedHost(store, "plain" if settings.host == AUTO else settings.host, sends_headers=False)
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.loop = asyncio.new_event_loop()
        self._client = client
        self._under_way: dict[str, asyncio.Task[Record]] = {}
        self.crawl = Crawl(settings, self.origin, store.root, self._get, frontier)

    def discover(self) -> None:
        """Ask for all that lists and links lead to. Raises CannotMeasureError where the preview is not there."""
        self.wait(self.crawl.all())
        for target, limit in self.crawl.left_out():
            if self.store.get(target) is None:
                self.store.fail(target, f"{limit} leaves it out", excluded=True)
        home = self.store.get(self.crawl.base)
        if home is None or home.why is not None:
            raise CannotMeasureError(
                f"the preview does not answer: {home.why if home else 'nobody asked'}",
                where=f"{self.origin}{self.crawl.base}",
                remedy="Look whether it is deployed and can be reached from this machine.",
            )

    def ask(self, target: str) -> Record:
        """Return what is answered at `target`, and wait for it."""
        return self.wait(self._get(target))

    async def fetched(self, target: str) -> None:
        """Have `target` on record; for who must not wait in the way of others."""
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._get(target), self.loop))

    def ask_all(self, targets: Iterable[str]) -> None:
        """Have all `targets` on record, many at once."""
        batch: list[str] = []
        for target in targets:
            batch.append(target)
            if len(batch) >= _AT_ONCE:
                self.wait(self._gathered(batch))
                batch = []
        self.wait(self._gathered(batch))

    def wait(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Return what `work` comes to on the thread that fetches."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    async def _gathered(self, targets: list[str]) -> None:
        await asyncio.gather(*(self._get(target) for target in targets))

    async def _get(self, target: str, *, probe: bool = False) -> Record:
        """Return the record of `target`; `probe`: nothing should be there."""
        known = self.store.get(target)
        if known is not None:
            return known
        task = self._under_way.get(target)
        if task is None:
            task = self._under_way[target] = asyncio.create_task(self._fetch(target, probe=probe))
            task.add_done_callback(lambda _: self._under_way.pop(target, None))
        return await asyncio.shield(task)

    async def _fetch(self, target: str, *, probe: bool) -> Record:
        try:
            reply = await self._client.get(target)
        except FetchError as error:
            return self.store.fail(target, str(error))
        location = reply.header("location") if reply.status in _REDIRECTS else None
        return self.store.put(target, reply, self._led(location, target) if location else None, probe=probe)

    def _led(self, location: str, target: str) -> str:
        """Return where a redirect leads, as the site itself would say it: without the preview's own origin."""
        address = parse(location, self.origin + target)
        if address is None or f"{address.scheme}://{address.netloc}" != self.origin:
            return location
        return address.url.removeprefix(self.origin)


@contextmanager
def opened(settings: Settings, scratch: Path) -> Iterator[Web | None]:
    """Open the preview where it is a URL, else give None. Raises UserError for secrets that are not there."""
    url = settings.preview_url
    if url is None:
        yield None
        return
    parts = urlsplit(url)
    if parts.path not in {"/", settings.base_path}:
        raise UserError(
            f"the preview lies under {parts.path}, and the site under {settings.base_path}",
            where="preview",
            remedy="Build it for the path that it will have: `site` and `preview` must end with the same path.",
        )
    secrets = keys.read(settings.access, parts.hostname or "", os.environ)
    root, bodies = scratch / "preview", scratch / "bodies"
    for folder in (root, bodies):
        folder.mkdir(parents=True, exist_ok=True)
    store, frontier = Store(root, scratch / "answers.sqlite", settings.base_path), Frontier(scratch / "frontier.sqlite")
    client = Client(f"{parts.scheme}://{parts.netloc}", secrets, settings.limits, bodies)
    web = Web(settings, url, client, store, frontier)
    thread = threading.Thread(target=web.loop.run_forever, name="preview", daemon=True)
    thread.start()
    try:
        web.wait(client.__aenter__())
        yield web
    finally:
        web.wait(client.__aexit__(None, None, None))
        web.loop.call_soon_threadsafe(web.loop.stop)
        thread.join()
        web.loop.close()
        store.close()
        frontier.close()
