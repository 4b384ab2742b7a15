"""The live site is asked, a few pages at a time, and each answer compared with what was judged.

In: a finished run, the live address, how many pages. Out: an `Outcome`. Top to bottom: the pages, robots.txt, the other
ways to its pages, the certificate, the crawlers. What nobody answered is not measured, and never the same.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from checks.collect.live import usual_port
from checks.collect.web.client import CERTIFICATE, NO_SUCH_HOST, FetchError
from checks.facts.urls import parse, without_fragment
from checks.landed import compare, crawlers, judged, robots, ways
from checks.landed.check import DIFFERS, NOT_MEASURED, SAME, Check, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from checks.collect.live import Live
    from checks.collect.web.client import Reply
    from checks.landed.judged import Judged
    from checks.run_folder import RunFolder
    from checks.settings import Settings

LEAST_DAYS: Final = 14
"""A certificate that ends sooner was not renewed when it should have been."""
_DAY: Final = 86_400
_MOST_DEEP: Final = 5
"""Pages beside the home page to which each way is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared."""

    run: RunFolder
    settings: Settings
    site: dict[str, Any]
    """The site document of the run."""
    build: str
    origin: str
    """The live origin."""
    pages: int | None
    """How many beside the home page and the key pages; None: all."""

    @property
    def home(self) -> str:
        """The address of the live home page."""
        return self.origin + self.settings.base_path


async def ask(live: Live, asked: Asked, progress: Callable[[int], None]) -> Outcome:
    """Return how what is live compares with what was judged."""
    outcome = Outcome()
    await _pages(live, asked, outcome, progress)
    outcome.take(await _robots(live, asked))
    all_ways = list(_ways(asked))
    for way in all_ways:
        outcome.take(ways.check(way, await _end(live, way, all_ways, asked.origin)))
    if asked.origin.startswith("https://"):
        outcome.take(await _certificate(live, asked.origin))
    await _crawlers(live, asked, outcome)
    return outcome


async def _pages(live: Live, asked: Asked, outcome: Outcome, progress: Callable[[int], None]) -> None:
    preview = asked.settings.preview_url
    host = urlsplit(preview).hostname if preview else None
    leftovers = frozenset({host} - {None, urlsplit(asked.origin).hostname}) if host else frozenset()
    waiting = judged.pages(asked.run, asked.settings, asked.build, asked.pages)
    done = 0
    while batch := list(islice(waiting, asked.settings.limits.at_once)):
        outcome.take(*await asyncio.gather(*(_page(live, asked.origin, one, leftovers) for one in batch)))
        done += len(batch)
        progress(done)


async def _page(live: Live, origin: str, one: Judged, leftovers: frozenset[str]) -> Check:
    try:
        reply, body = await live.get(origin + one.path)
    except FetchError as error:
        return _failed("pages", one.path, error)
    return compare.page(one, origin + one.path, reply, body, leftovers)


async def _robots(live: Live, asked: Asked) -> Check:
    try:
        reply, body = await live.get(f"{asked.origin}/robots.txt")
    except FetchError as error:
        return _failed("robots", robots.ABOUT, error)
    return robots.robots(asked.site, reply.status, body)


def _ways(asked: Asked) -> Iterator[ways.Way]:
    """Give the ways to the home page, and to the key pages, or to one other page where there are none."""
    settings = asked.settings
    others = (
        one.path
        for one in judged.pages(asked.run, settings, asked.build, 1)
        if one.path != settings.base_path and one.status == HTTPStatus.OK and "?" not in one.path
    )
    deep = list(islice(others, max(1, min(len(settings.key_pages), _MOST_DEEP))))
    return ways.ways(asked.home, settings.exports.moved_from, deep, settings.key_pages)


async def _end(live: Live, way: ways.Way, all_ways: Sequence[ways.Way], origin: str) -> ways.End:
    """Follow a way through the site's own hosts; another site answers for itself."""
    own = {urlsplit(one.url).hostname for one in all_ways} | {urlsplit(origin).hostname}
    url, hops = way.url, list[int]()
    while len(hops) <= ways.MOST_HOPS and url != way.to and urlsplit(url).hostname in own:
        try:
            reply, _ = await live.get(url)
        except FetchError as error:
            no_host = NO_SUCH_HOST in str(error) and not hops
            return ways.End(url, None, tuple(hops), str(error), no_host, str(error) == CERTIFICATE)
        location = reply.header("location") if reply.status in compare.REDIRECTS else None
        led = parse(location, url) if location else None
        if led is None:
            return ways.End(url, reply.status, tuple(hops))
        hops.append(reply.status)
        url = without_fragment(led.url)
    return ways.End(url, None, tuple(hops))


async def _certificate(live: Live, origin: str) -> Check:
    host = urlsplit(origin).hostname or ""
    try:
        ends = await live.certificate_ends(host, usual_port(origin))
    except FetchError as error:
        return _failed("certificate", host, error)
    days = int((ends - time.time()) // _DAY)
    if days < LEAST_DAYS:
        return Check("certificate", host, DIFFERS, f"it ends in {days} days; {LEAST_DAYS} are the least")
    return Check("certificate", host, SAME, f"it holds for {days} days")


async def _crawlers(live: Live, asked: Asked, outcome: Outcome) -> None:
    entries = {one["token"]: one for one in asked.site["ai"]["bots"]}
    tokens = [token for token in dict.fromkeys((*crawlers.ASKED, *asked.settings.crawlers)) if token in entries]
    try:
        visitor = await live.get(asked.home)
    except FetchError as error:
        outcome.take(*(_failed("crawlers", token, error) for token in tokens))
        return
    for token in tokens:
        wanted = asked.settings.crawlers.get(token)
        outcome.take(await _crawler(live, asked.home, entries[token], wanted, visitor))


async def _crawler(
    live: Live, home: str, bot: dict[str, Any], wanted: str | None, visitor: tuple[Reply, bytes]
) -> Check:
    try:
        got = await live.get(home, crawlers.user_agent(bot["token"]))
    except FetchError as error:
        return _failed("crawlers", bot["token"], error)
    return crawlers.answer(bot, wanted, home, visitor, got)


def _failed(kind: str, about: str, error: FetchError) -> Check:
    """Return what could not be asked; a certificate that nobody takes is what visitors meet, too."""
    return Check(kind, about, DIFFERS if str(error) == CERTIFICATE else NOT_MEASURED, str(error))
