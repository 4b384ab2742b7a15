"""The live site, asked: answers of any of its origins, to any user agent, and how long its certificate holds.

In: limits, a folder for bodies, and where names lead instead of where DNS says. Out: replies, or `FetchError` in words.
No secret is sent: what is live must be open without one. Redirects are not followed here.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver
from aiohttp.resolver import DefaultResolver

from checks.collect.web.client import CERTIFICATE, USER_AGENT, Client, FetchError, look_up_failed
from checks.collect.web.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from checks.collect.web.client import Reply
    from checks.settings.remote import Limits

Place = tuple[str, int]
"""Host and port."""
_PORTS = {"https": 443, "http": 80}


class Resolver(AbstractResolver):
    """DNS, but for the names that lead elsewhere."""

    def __init__(self, elsewhere: Mapping[Place, Place]) -> None:
        self._elsewhere = elsewhere
        self._dns = DefaultResolver()

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[Any]:
        """Return where to connect to for `host` and `port`."""
        there = self._elsewhere.get((host, port))
        if there is None:
            return list(await self._dns.resolve(host, port, family))
        # An address needs no look-up, and a name that was given in place of one gets one.
        found = await self._dns.resolve(there[0], there[1], family)
        return [{**one, "hostname": host} for one in found]

    async def close(self) -> None:
        """Let go of the resolver."""
        await self._dns.close()


class Live:
    """One live site; an asynchronous context manager."""

    def __init__(self, limits: Limits, folder: Path, elsewhere: Mapping[Place, Place]) -> None:
        self._limits, self._folder, self._elsewhere = limits, folder, elsewhere
        self._clients: dict[tuple[str, str], Client] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def get(self, url: str, agent: str = USER_AGENT) -> tuple[Reply, bytes]:
        """Return what is answered at exactly `url`, with its body. Raises FetchError."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        client = self._clients.get((origin, agent))
        if client is None:
            resolver = Resolver(self._elsewhere)
            made = Client(origin, Keys(), self._limits, self._folder, agent=agent, resolver=resolver)
            client = self._clients[(origin, agent)] = made
            self._stack.push_async_callback(resolver.close)
            await self._stack.enter_async_context(made)
        reply = await client.get((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        body = reply.file.read_bytes()
        reply.file.unlink()
        return reply, body

    async def certificate_ends(self, host: str, port: int) -> float:
        """Return when the certificate of `host` ends, in seconds since 1970. Raises FetchError."""
        address, there = self._elsewhere.get((host, port), (host, port))
        limit = self._limits.answer_time_ms / 1000
        try:
            async with asyncio.timeout(limit):
                context = ssl.create_default_context()
                _, writer = await asyncio.open_connection(address, there, ssl=context, server_hostname=host)
        except ssl.SSLCertVerificationError:
            raise FetchError(CERTIFICATE) from None
        except socket.gaierror as error:
            message = f"it can't be reached: {look_up_failed(error)}"
            raise FetchError(message) from None
        except TimeoutError:
            message = f"no answer within `limits.answer-time` ({self._limits.answer_time})"
            raise FetchError(message) from None
        except OSError as error:
            message = f"it can't be reached: {error.strerror or 'no connection'}"
            raise FetchError(message) from None
        told = writer.get_extra_info("peercert")["notAfter"]
        writer.transport.abort()
        return float(ssl.cert_time_to_seconds(told))


def elsewhere(said: str) -> tuple[Place, Place] | None:
    """Return what `HOST:PORT:HOST:PORT` says, as curl's `--connect-to` reads it; None for what says nothing."""
    parts = said.split(":")
    if len(parts) != 4 or not all(parts) or not (parts[1].isdecimal() and parts[3].isdecimal()):  # noqa: PLR2004
        return None
    return (parts[0].lower(), int(parts[1])), (parts[2], int(parts[3]))


def usual_port(origin: str) -> int:
    """Return the port of an origin."""
    parts = urlsplit(origin)
    return parts.port or _PORTS[parts.scheme]
