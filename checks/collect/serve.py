"""The build folder, served on loopback as its host would serve it.

In: a host model and the folder. Out: two ports on 127.0.0.1, one speaking TLS and one plain HTTP. The server decides
nothing: it asks the model, which the link checker asks too, and sends the answer.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web
from multidict import CIMultiDict

from checks.collect.addresses import is_html
from checks.collect.hung_up import tell_others_only

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from checks.collect.hosts import Answer, Host

LOOPBACK = "127.0.0.1"
STREAM_ABOVE = 2_000_000
"""Bytes above which a file is streamed (and ranges are answered) instead of being read at once."""

# A rendering place keeps its cache between pages. A host that lets nothing be kept would make the browser ask again for
# the same style sheet on every page; what is told of headers and weight comes from the host model, not from this cache.
_KEEP = "max-age=3600"
_OURS = frozenset({"content-length", "content-encoding", "transfer-encoding", "connection"})
"""Names that the transport sets: a project's rule for one of them would break the connection to the browser."""
_NOT_FOUND_BODY = b"<!doctype html><title>404 Not Found</title><h1>404 Not Found</h1>"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its ports, and how to stop it."""

    runner: web.ServerRunner
    https_port: int
    http_port: int

    async def stop(self) -> None:
        """Close both ports and every connection."""
        await self.runner.cleanup()


async def start(
    host: Host, root: Path, context: ssl.SSLContext, ready: Callable[[str], Awaitable[None]] | None = None
) -> Server:
    """Serve `root` as `host` answers, until `Server.stop` is called; `ready` lets a host find out what it answers."""

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405, text="405 Method Not Allowed")
        path, _, query = request.raw_path.partition("?")
        if ready is not None:
            await ready(f"{path}?{query}" if query else path)
        return _response(host.answer(path, query), root)

    tell_others_only()
    runner = web.ServerRunner(web.Server(handle, access_log=None), shutdown_timeout=0.2)
    await runner.setup()
    secure = web.SockSite(runner, sock := _listen(), ssl_context=context)
    plain = web.SockSite(runner, other := _listen())
    await secure.start()
    await plain.start()
    return Server(runner, sock.getsockname()[1], other.getsockname()[1])


def _listen() -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.bind((LOOPBACK, 0))
    return sock


def _response(answer: Answer, root: Path) -> web.StreamResponse:
    headers = CIMultiDict((name, value) for name, value in answer.headers if name not in _OURS)
    if answer.location is not None:
        headers["Location"] = answer.location
    if answer.file is None:
        body = _NOT_FOUND_BODY if answer.status >= HTTPStatus.BAD_REQUEST and answer.location is None else b""
        headers.setdefault("Content-Type", "text/html; charset=utf-8")
        return web.Response(status=answer.status, headers=headers, body=body)
    if not is_html(answer.file) or "Cache-Control" not in headers:
        headers["Cache-Control"] = _KEEP
    file = root / answer.file
    if file.stat().st_size > STREAM_ABOVE and answer.status == HTTPStatus.OK:
        return web.FileResponse(file, headers=headers)
    return web.Response(status=answer.status, headers=headers, body=file.read_bytes())
