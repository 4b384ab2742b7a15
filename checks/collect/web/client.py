"""The HTTP client for one preview: polite, patient for a while, and never led to another origin.

In: a path with its query. Out: a `Reply` with the body in a file, or a `FetchError` that says why there is none.
Redirects are not followed and cookies are not kept, so what opens the preview is sent nowhere else.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import socket
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientError,
    ClientOSError,
    ClientPayloadError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    ServerDisconnectedError,
    TCPConnector,
)
from multidict import CIMultiDict
from yarl import URL

from checks import __version__
from checks.collect.web.bodies import Body, BrokenBodyError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from aiohttp import ClientResponse
    from aiohttp.abc import AbstractResolver

    from checks.collect.web.keys import Keys
    from checks.settings.remote import Limits

USER_AGENT = f"gonogo/{__version__} (pre-launch check of a preview, started by its owner)"
NO_SUCH_HOST = "no such host"
NO_LOOK_UP = "its name can't be looked up"
CERTIFICATE = "its certificate is not one that browsers take"
_NO_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_TRIES = 4
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0
_CHUNK = 65_536
_CONNECT = 10
_MOST_REFUSED = 5
"""Addresses in a row that could not be reached, after which the preview has gone away."""


def look_up_failed(error: OSError) -> str:
    """Return why a name has no address: that there is no such host is only known where DNS itself says so."""
    return NO_SUCH_HOST if error.errno in _NO_NAME else NO_LOOK_UP


class FetchError(Exception):
    """Why there is no answer, in words for the coverage ledger."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the preview answered, unpacked, and without secrets."""

    status: int
    headers: tuple[tuple[str, str], ...]
    """Names in lower case."""
    file: Path
    size: int
    transfer: int
    """Bytes of the body that travelled."""
    digest: str

    def header(self, name: str) -> str | None:
        """Return the first value of a header (lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)


class Client:
    """Asks one origin; an asynchronous context manager. Bodies lie in `folder` until somebody moves them."""

    def __init__(
        self,
        origin: str,
        keys: Keys,
        limits: Limits,
        folder: Path,
        *,
        agent: str = USER_AGENT,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self.origin = origin
        self._agent = agent
        self._resolver = resolver
        self._keys = keys
        self._limits = limits
        self._folder = folder
        self._working = asyncio.Semaphore(limits.at_once)
        self._refused = 0
        self._quiet_until = 0.0
        self._ends = 0.0
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._ends = _now() + self._limits.time_ms / 1000
        self._session = ClientSession(
            connector=TCPConnector(limit=self._limits.at_once, resolver=self._resolver),
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            headers={"Accept": "*/*", "Accept-Encoding": "gzip, br"},
            timeout=ClientTimeout(total=self._limits.answer_time_ms / 1000, connect=_CONNECT),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, target: str, *, agent: str | None = None) -> Reply:
        """Return what is answered at `target`, path and query, to `agent` instead of ours. Raises FetchError."""
        if not target.startswith("/"):
            # Glued to the origin, it would name another host: `@other.example/`, `.other.example/`.
            message = "it is no path of the preview"
            raise FetchError(message)
        async with self._working:
            last = ""
            for attempt in range(_TRIES):
                await self._wait(attempt)
                try:
                    reply = await self._once(target, agent or self._agent)
                except _AgainError as error:
                    last = str(error)
                    continue
                if not _is_trouble(reply.status) or attempt == _TRIES - 1:
                    return reply
                reply.file.unlink()
                self._pause(reply, attempt)
            raise FetchError(last)

    async def _wait(self, attempt: int) -> None:
        if self._refused >= _MOST_REFUSED:
            message = "the preview went away: it can't be reached any more"
            raise FetchError(message)
        pause = max(self._quiet_until - _now(), _FIRST_PAUSE * 2 ** (attempt - 1) if attempt else 0.0)
        if _now() + max(0.0, pause) >= self._ends:
            message = f"`limits.time` ({self._limits.time}) was over before it answered"
            raise FetchError(message)
        if pause > 0:
            await asyncio.sleep(pause)

    def _pause(self, reply: Reply, attempt: int) -> None:
        """Let nobody ask before the preview wants to be asked again."""
        asked = _retry_after(reply.header("retry-after"))
        pause = _FIRST_PAUSE * 2**attempt if asked is None else min(asked, _LONGEST_PAUSE)
        self._quiet_until = max(self._quiet_until, _now() + pause)

    async def _once(self, target: str, agent: str) -> Reply:
        assert self._session is not None  # noqa: S101 - this is a context manager
        url = URL(self.origin + target, encoded=True)
        try:
            headers = CIMultiDict({"User-Agent": agent})
            headers.update(self._keys.headers)
            async with self._session.get(url, headers=headers, allow_redirects=False) as got:
                self._refused = 0
                return await self._taken(got)
        except ClientConnectorCertificateError:
            raise FetchError(CERTIFICATE) from None
        except ClientConnectorError as error:
            self._refused += 1
            named = isinstance(error, ClientConnectorDNSError)
            what = look_up_failed(error.os_error) if named else error.os_error.strerror
            raise _AgainError(f"it can't be reached: {what or 'no connection'}") from None
        except TimeoutError:
            raise _AgainError(f"no whole answer within `limits.answer-time` ({self._limits.answer_time})") from None
        except ClientPayloadError:
            raise _AgainError("what it sent was cut off: less came than it said") from None
        except (ServerDisconnectedError, ClientOSError, ConnectionError):
            raise _AgainError("it closed the connection without an answer") from None
        except BrokenBodyError as error:
            raise FetchError(str(error)) from None
        except (ClientError, ValueError):
            # What aiohttp says of it repeats what the preview sent.
            message = "what it sent is no HTTP answer"
            raise FetchError(message) from None

    async def _taken(self, got: ClientResponse) -> Reply:
        headers = tuple((name.lower(), self._keys.masked_header(name, value)) for name, value in got.headers.items())
        coding = self._keys.masked(got.headers.get("Content-Encoding", "")).strip().lower()
        with Body(self._folder, coding, self._limits.bytes, self._keys) as body:
            async for chunk in got.content.iter_chunked(_CHUNK):
                body.feed(chunk)
            digest = body.end()
        return Reply(got.status, headers, body.file, body.size, body.transfer, digest)


class _AgainError(Exception):
    """Something that may go better the next time."""


def _is_trouble(status: int) -> bool:
    """Return whether a status speaks of the server's present state, and not of the address."""
    return status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _retry_after(value: str | None) -> float | None:
    """Return the seconds that a `Retry-After` asks for (RFC 9110, section 10.2.3), or None."""
    if value is None:
        return None
    if re.fullmatch(r"\s*[0-9]+\s*", value):
        return float(value.strip()[:6])
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=dt.UTC)
    return max(0.0, (then - dt.datetime.now(dt.UTC)).total_seconds())


def _now() -> float:
    return asyncio.get_running_loop().time()
