"""Asks the addresses of other sites that pages link to, each once, where the project wants that.

In: addresses. Out: what was heard from them, on disk; nothing at all where this machine reaches nobody. Polite: few at
a time, two at one host, HEAD before GET, nothing of the answer is read. No private place is asked, whatever name or
redirect leads there.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from yarl import URL

from checks.collect.third_parties import PublicOnlyResolver, is_private
from checks.collect.web.client import NO_SUCH_HOST, USER_AGENT, look_up_failed
from checks.facts.outside_links import NO_HOST, Heard, to_ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import ExitStack
    from pathlib import Path

    from aiohttp.abc import AbstractResolver

AT_ONCE, AT_ONE_HOST = 8, 2
LONGEST: Final = 600.0
MOST: Final = 5_000
"""Seconds and addresses after which nobody else is asked; what was not asked is told as such."""
_PATIENCE: Final = ClientTimeout(total=15, sock_connect=5)
_MOST_HOPS: Final = 5
_PRIVATE: Final = "it leads to a private place"
Turns = defaultdict[str, asyncio.Semaphore]
"""For each host, how many may ask it at once."""


class Outside:
    """The addresses of one run, in the scratch file `path`."""

    def __init__(self, path: Path) -> None:
        self._table = sqlite3.connect(path, isolation_level=None)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("PRAGMA synchronous = OFF")
        self._table.execute("CREATE TABLE address (url TEXT PRIMARY KEY, status INTEGER, why TEXT) WITHOUT ROWID")
        self._table.execute("BEGIN")

    def close(self) -> None:
        """Close the file; what it holds is not needed any more."""
        self._table.close()

    def add(self, urls: Iterable[str]) -> None:
        """Note addresses to ask."""
        rows = ((url.encode("utf-8", "replace").decode(),) for url in urls)
        self._table.executemany("INSERT OR IGNORE INTO address VALUES (?, NULL, NULL)", rows)

    def heard(self, url: str) -> Heard | None:
        """Return what came of asking an address; None where nobody asked."""
        known = "SELECT status, why FROM address WHERE url = ? AND (status IS NOT NULL OR why IS NOT NULL)"
        row = self._table.execute(known, (url.encode("utf-8", "replace").decode(),)).fetchone()
        return Heard(*row) if row is not None else None

    async def ask(self, resolver: AbstractResolver | None = None) -> bool:
        """Ask every address; return whether anybody answered: else it is this machine that reaches nobody."""
        connector = TCPConnector(limit=AT_ONCE, resolver=resolver or PublicOnlyResolver())
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*"}
        session = ClientSession(
            connector=connector, headers=headers, timeout=_PATIENCE, cookie_jar=DummyCookieJar(), auto_decompress=False
        )
        async with session:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LONGEST):
                    await self._ask_all(session)
        every, answered = self._table.execute("SELECT count(*), count(status) FROM address").fetchone()
        return bool(every == 0 or answered > 0)

    async def _ask_all(self, session: ClientSession) -> None:
        urls = [url for (url,) in self._table.execute("SELECT url FROM address ORDER BY url LIMIT ?", (MOST,))]
        # Neighbours in the order of addresses are of one host, and would wait for one another.
        waiting = iter(sorted(urls, key=lambda url: url[::-1]))
        turns: Turns = defaultdict(lambda: asyncio.Semaphore(AT_ONE_HOST))

        async def work() -> None:
            for url in waiting:
                heard = await hear(session, turns, url)
                row = (heard.status, heard.why, url)
                self._table.execute("UPDATE address SET status = ?, why = ? WHERE url = ?", row)

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))


async def asked(documents: Iterable[Mapping[str, Any]], path: Path, stack: ExitStack) -> Outside | None:
    """Ask for the links of all documents; None where nobody can be reached, so that nothing is known."""
    outside = stack.enter_context(contextlib.closing(Outside(path)))
    for document in documents:
        outside.add(to_ask(document))
    return outside if await outside.ask() else None


async def hear(session: ClientSession, turns: Turns, url: str) -> Heard:
    """Ask one address, and follow where it leads."""
    try:
        target = URL(url, encoded=True)
        for _ in range(_MOST_HOPS):
            if target.scheme not in {"http", "https"} or is_private(target.raw_host or ""):
                return Heard(None, _PRIVATE)
            status, further = await _status(session, turns, target)
            if further is None:
                return Heard(status)
            target = target.join(URL(further, encoded=True))
        return Heard(None, "it redirects again and again")
    except ClientConnectorCertificateError:
        return Heard(None, "its certificate is not one that browsers take")
    except ClientConnectorDNSError as error:
        why = look_up_failed(error.os_error)
        return Heard(None, NO_HOST if why == NO_SUCH_HOST else why)
    except TimeoutError:
        return Heard(None, "it does not answer in time")
    except (ClientError, OSError, ValueError):
        return Heard(None, "it can't be reached")


async def _status(session: ClientSession, turns: Turns, target: URL) -> tuple[int, str | None]:
    """Return status and, of a redirect, where it leads. Servers that know no HEAD are asked by GET."""
    status, location = await _request(session, turns, "HEAD", target)
    if status >= HTTPStatus.BAD_REQUEST:
        status, location = await _request(session, turns, "GET", target)
    is_redirect = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    return status, location if is_redirect else None


async def _request(session: ClientSession, turns: Turns, method: str, target: URL) -> tuple[int, str | None]:
    # The turn is waited for here and not in the session, whose patience with a host would be used up by our own queue.
    async with turns[target.raw_authority], session.request(method, target, allow_redirects=False) as got:
        return got.status, got.headers.get("Location")
