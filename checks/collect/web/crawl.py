"""Which addresses of a preview are asked for: its lists, its pages, and what they link to, as far as the limits go.

In: a way to ask for one address, the settings. Out: the record filled, the origin that the site names, and what was
left out and by which limit. Breadth first: the home page, the key pages and the sitemaps, then link by link.
"""

from __future__ import annotations

import asyncio
import sqlite3
from http import HTTPStatus
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from checks.collect import addresses
from checks.collect.addresses import PROBE
from checks.collect.sitemap_files import USUAL_PATHS
from checks.facts.redirect_pages import html_redirect
from checks.facts.robots_txt import Robots
from checks.facts.sitemaps import Sitemap
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
    from pathlib import Path

    from checks.collect.web.builds import Builds
    from checks.collect.web.store import Record
    from checks.settings import Settings

_MOST_SITEMAPS = 1_000
_LISTED_LOOKED_AT = 10_000
_LINKS = ", ".join(
    ["a[href]", "area[href]", *(f"link[rel~={one}][href]" for one in ("canonical", "alternate", "next", "manifest"))]
)


class Frontier:
    """Which addresses are known, how far away they are, and which were asked for; on disk."""

    def __init__(self, path: Path) -> None:
        self._table = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500"):
            self._table.execute(f"PRAGMA {pragma}")
        self._table.execute("CREATE TABLE known (target TEXT PRIMARY KEY, depth INT, done INT) WITHOUT ROWID")
        self._table.execute("CREATE INDEX waiting ON known (done, depth, target)")

    def add(self, targets: Iterable[str], depth: int) -> None:
        """Note addresses that lie `depth` links away."""
        self._table.executemany("INSERT OR IGNORE INTO known VALUES (?, ?, 0)", ((one, depth) for one in targets))

    def take(self, count: int, deepest: int) -> list[tuple[str, int]]:
        """Return the next addresses and their depths, the nearest first, and count them as asked for."""
        rows: list[tuple[str, int]] = self._table.execute(
            "SELECT target, depth FROM known WHERE done = 0 AND depth <= ? ORDER BY depth, target LIMIT ?",
            (deepest, count),
        ).fetchall()
        self._table.executemany("UPDATE known SET done = 1 WHERE target = ?", ((target,) for target, _ in rows))
        return rows

    def waiting(self) -> Iterator[tuple[str, int]]:
        """Give the addresses that nobody asked for."""
        yield from self._table.execute("SELECT target, depth FROM known WHERE done = 0 ORDER BY target")

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()


class Crawl:
    """Follows one preview. `origin` is its own, `root` where the bodies lie."""

    def __init__(
        self,
        settings: Settings,
        origin: str,
        root: Path,
        ask: Callable[..., Awaitable[Record]],
        frontier: Frontier,
        builds: Builds,
    ) -> None:
        self._builds = builds
        self._settings = settings
        self.base = settings.base_path
        self._preview = origin
        self._root = root
        self._ask = ask
        self._frontier = frontier
        self._pages = 0
        self.production: str | None = settings.site
        """The production origin: as said, or the one that the site itself names."""

    async def all(self) -> None:
        """Ask for everything within the limits."""
        home = await self._ask(self.base)
        await self._ask(f"{self.base}{PROBE}/", probe=True)
        if self.production is None:
            self.production = await self._named(home)
        self._frontier.add([self.base, *self._settings.key_pages], 0)
        async for url in self._listed():
            self._frontier.add(filter(None, [self.target(url)]), 0)
        async for _ in self.pages():
            pass

    def note(self, targets: Iterable[str]) -> None:
        """Note addresses that only a browser found."""
        self._frontier.add(targets, 1)

    async def pages(self) -> AsyncIterator[tuple[str, Record]]:
        """Ask for all that is known and what it leads to, the nearest first, within the limits; give the pages."""
        limits = self._settings.limits
        while room := min(limits.at_once * 2, limits.pages - self._pages):
            batch = self._frontier.take(room, limits.depth)
            if not batch:
                return
            records = await asyncio.gather(*(self._ask(target, wanted=depth == 0) for target, depth in batch))
            for (target, depth), record in zip(batch, records, strict=True):
                if self._follow(target, depth, record):
                    yield target, record

    def left_out(self) -> Iterator[tuple[str, str]]:
        """Give the addresses that are left out, sorted, and by which limit."""
        limits = self._settings.limits
        for target, depth in self._frontier.waiting():
            deep = depth > limits.depth
            yield target, f"`limits.depth` ({limits.depth})" if deep else f"`limits.pages` ({limits.pages})"

    def target(self, url: str) -> str | None:
        """Return path and query of an address of this site, by its production or its preview origin; else None."""
        address = parse(url)
        if address is None or not address.is_web:
            return None
        if f"{address.scheme}://{address.netloc}" not in self._own() or not address.path.startswith(self.base):
            return None
        return address.path + (f"?{address.query}" if address.query else "")

    def _own(self) -> set[str]:
        origins = {one for one in (self.production, self._preview) if one}
        return origins | {f"http://{one.partition('://')[2]}" for one in origins}

    async def _listed(self) -> AsyncIterator[str]:
        """Give what the sitemaps list; each sitemap is asked for once, wherever its own address is said to be."""
        robots = await self._ask("/robots.txt")
        named = Robots(self._body(robots), robots.status).sitemaps if robots.why is None else ()
        waiting = [*filter(None, map(_target_anywhere, named)), *(f"{self.base}{name}" for name in USUAL_PATHS)]
        known = set(waiting)
        for target in waiting:
            record = await self._ask(target)
            if record.file is None or record.status != HTTPStatus.OK or addresses.is_html(record.file):
                continue
            with (self._root / record.file).open("rb") as stream:
                for entry in Sitemap(target).entries(stream):
                    if entry.kind == "page":
                        yield entry.url
                        continue
                    inner = _target_anywhere(entry.url)
                    if inner is not None and inner not in known and len(known) < _MOST_SITEMAPS:
                        known.add(inner)
                        waiting.append(inner)

    async def _named(self, home: Record) -> str | None:
        """Return the one origin that the sitemaps and the home page name; that of the preview says nothing."""
        named: list[str] = []
        if home.file is not None:
            canonical = addresses.peek(self._root, home.file, html_redirect).canonical
            named += [canonical] if canonical and "//" in canonical else []
        async for url in self._listed():
            named.append(url)
            if len(named) >= _LISTED_LOOKED_AT:
                break
        origin = addresses.named_origin(named)
        return None if origin == self._preview else origin

    def _follow(self, target: str, depth: int, record: Record) -> bool:
        """Note where a redirect leads, and what a page links to; return whether it is a page."""
        here = f"{self.production or self._preview}{target}"
        if record.location is not None:
            address = parse(record.location, here)
            led = self.target(address.url) if address is not None else None
            self._frontier.add([led] if led else [], depth)
            return False
        if record.file is None or record.status != HTTPStatus.OK or not addresses.is_html(record.file):
            return False
        html = (self._root / record.file).read_bytes()
        self._pages += 1
        self._builds.note(target, html)
        self._frontier.add(self._links(html, here), depth + 1)
        return True

    def _links(self, html: bytes, here: str) -> Iterator[str]:
        document = LexborHTMLParser(html)
        base = document.css_first("base[href]")
        stands = parse((base.attributes.get("href") or "") if base is not None else "", here)
        for node in document.css(_LINKS):
            address = parse((node.attributes.get("href") or "").strip(), stands.url if stands else here)
            target = self.target(address.url) if address is not None else None
            if target is not None:
                yield target

    def _body(self, record: Record) -> bytes | None:
        if record.file is None or record.status != HTTPStatus.OK:
            return None
        return (self._root / record.file).read_bytes()


def _target_anywhere(url: str) -> str | None:
    """Return path and query of an address, whatever its origin."""
    address = parse(url)
    if address is None or not address.is_web:
        return None
    return address.path + (f"?{address.query}" if address.query else "")
