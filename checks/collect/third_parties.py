"""What stands between the browser and the rest of the world: a proxy of ours on loopback.

In: what the browser asks of any host but the preview's. Out: nothing for what would collect, a refusal for private
addresses, and for the others the third party's own answer or a block, as the project chose. The proxy ends TLS with the
throw-away certificate, so that it sees method and path as well as the host (docs/decisions/0002).
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, abc, web

from checks.collect.hung_up import tell_others_only

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from yarl import URL

LOOPBACK = "127.0.0.1"
ANSWERED_BY = "gonogo-answered"
"""Name of the response header by which a recorded, refused or blocked answer is told from a third party's own."""
_CHUNK = 65_536
# Well below the time limit of a page, which must not fail because somebody else's host does not answer.
_UPSTREAM_TIMEOUT = ClientTimeout(total=8, connect=3)
_HOP_BY_HOP = frozenset(
    [
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "content-encoding",
        "content-length",
        "host",
    ]
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What may pass: `collects(host, path)` says what would record a visit; `refused_hosts` are never contacted."""

    allow: bool
    collects: Callable[[str, str], bool]
    refused_hosts: frozenset[str] = frozenset()


def decide(rules: Rules, *, method: str, host: str, path: str) -> str:
    """Return what becomes of a request: `recorded`, `refused`, `blocked` or `allowed`."""
    if host in rules.refused_hosts or is_private(host):
        return "refused"
    if method not in {"GET", "HEAD"} or rules.collects(host, path):
        return "recorded"
    return "allowed" if rules.allow else "blocked"


def is_private(host: str) -> bool:
    """Return whether `host` is no public place: a loopback, private or link-local address, metadata, or such a name.

    An address of IPv6 that carries one of IPv4 is as private as that.
    """
    name = host.strip("[]").rstrip(".").lower()
    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(name)
        carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if _carries_ipv4(address) else address
        return not (address.is_global and carried.is_global)
    return not name or name == "localhost" or name.endswith((".localhost", ".local", ".internal"))


def _carries_ipv4(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return any(address in network for network in _CARRY_IPV4)


# Compatible, mapped and translated addresses (RFC 4291, 2.5.5; RFC 6052, 2.1) end with the one that they carry.
_CARRY_IPV4 = tuple(ipaddress.ip_network(text) for text in ("::/96", "::ffff:0:0/96", "64:ff9b::/96"))


class PublicOnlyResolver(abc.AbstractResolver):
    """Resolves names, and forgets every address that is not public: a public name may point to a private place."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[abc.ResolveResult]:
        """Return the public addresses of `host`; OSError where there is none."""
        found = await asyncio.get_running_loop().getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        public = [
            abc.ResolveResult(
                hostname=host, host=str(address[0]), port=port, family=kind, proto=protocol, flags=socket.AI_NUMERICHOST
            )
            for kind, _, protocol, _, address in found
            if not is_private(str(address[0]))
        ]
        if not public:
            message = f"{host} has no public address"
            raise OSError(message)
        return public

    async def close(self) -> None:
        """Nothing is kept open."""


@dataclass(slots=True)
class Proxy:
    """The running proxy: the port that the browser is told, and how to stop it."""

    port: int
    _server: asyncio.Server
    _runner: web.ServerRunner
    _client: ClientSession
    _pipes: set[asyncio.Task[None]] = field(default_factory=set)

    async def stop(self) -> None:
        """Close the port and every connection."""
        self._server.close()
        for pipe in self._pipes:
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)
        await self._runner.cleanup()
        await self._client.close()


async def start(rules: Rules, context: ssl.SSLContext) -> Proxy:
    """Open the proxy on loopback until `Proxy.stop` is called."""
    client = ClientSession(
        connector=TCPConnector(resolver=PublicOnlyResolver()), timeout=_UPSTREAM_TIMEOUT, auto_decompress=True
    )

    unreachable: set[str] = set()
    """Hosts that did not answer once: nobody waits for them again in this run."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return await _answer(request, rules, client, unreachable)

    tell_others_only()
    runner = web.ServerRunner(web.Server(answer, access_log=None), shutdown_timeout=0.2)
    await runner.setup()
    secure, plain = _listen(), _listen()
    await web.SockSite(runner, secure, ssl_context=context).start()
    await web.SockSite(runner, plain).start()
    pipes: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            pipes.add(task)
            task.add_done_callback(pipes.discard)
        await _tunnel(reader, writer, secure.getsockname()[1], plain.getsockname()[1])

    server = await asyncio.start_server(accept, LOOPBACK, 0)
    return Proxy(server.sockets[0].getsockname()[1], server, runner, client, pipes)


def _listen() -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.bind((LOOPBACK, 0))
    return sock


async def _tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, secure: int, plain: int) -> None:
    """Lead one connection of the browser to the answering server, whatever host it asked for."""
    with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        head = await reader.readuntil(b"\r\n\r\n")
        connect = head.startswith(b"CONNECT ")
        there_reader, there_writer = await asyncio.open_connection(LOOPBACK, secure if connect else plain)
        try:
            if connect:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                there_writer.write(head)
            await asyncio.gather(_copy(reader, there_writer), _copy(there_reader, writer))
        finally:
            there_writer.close()
    writer.close()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while chunk := await source.read(_CHUNK):
            target.write(chunk)
            await target.drain()
    finally:
        target.close()


async def _answer(
    request: web.BaseRequest, rules: Rules, client: ClientSession, unreachable: set[str]
) -> web.StreamResponse:
    origin = request.headers.get("Origin", "*")
    open_to_all = {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true"}
    try:
        # Read once, for what is decided about must be what is asked. Over http the browser tells a proxy the whole
        # address, and inside a tunnel the path, with the host beside it; this is the address in both cases.
        target = request.url
    except ValueError:
        return web.Response(status=403, headers={**open_to_all, ANSWERED_BY: "refused"})
    becomes = decide(rules, method=request.method, host=(target.raw_host or "").lower(), path=request.path_qs)
    if becomes == "recorded":
        asked = request.headers.get("Access-Control-Request-Headers", "*")
        return web.Response(
            status=204, headers={**open_to_all, ANSWERED_BY: becomes, "Access-Control-Allow-Headers": asked}
        )
    if becomes != "allowed":
        return web.Response(status=403, headers={**open_to_all, ANSWERED_BY: becomes})
    return await _forward(request, target, client, unreachable)


async def _forward(
    request: web.BaseRequest, target: URL, client: ClientSession, unreachable: set[str]
) -> web.StreamResponse:
    place = target.raw_authority
    sent: dict[str, Any] = {name: value for name, value in request.headers.items() if name.lower() not in _HOP_BY_HOP}
    if place in unreachable:
        return web.Response(status=502, headers={ANSWERED_BY: "unreachable"})
    try:
        async with client.request(request.method, target, headers=sent, allow_redirects=False) as got:
            kept = [(name, value) for name, value in got.headers.items() if name.lower() not in _HOP_BY_HOP]
            response = web.StreamResponse(status=got.status, headers=kept)
            await response.prepare(request)
            async for chunk in got.content.iter_chunked(_CHUNK):
                await response.write(chunk)
            await response.write_eof()
            return response
    except (ClientError, OSError, TimeoutError, ValueError):
        unreachable.add(place)
        return web.Response(status=502, headers={ANSWERED_BY: "unreachable"})
