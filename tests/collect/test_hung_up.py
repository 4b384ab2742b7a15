"""What the servers of a run log of a browser that leaves while it is sent something."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import ssl
from pathlib import Path

import pytest

from checks.collect import certificate, serve
from checks.collect.hosts import BuildFiles, PlainHost
from checks.collect.hung_up import OthersOnly

SIZE = 8_000_000


def record(error: BaseException | None = None, said: str = "Unhandled exception") -> logging.LogRecord:
    told = (type(error), error, None) if error is not None else None
    return logging.LogRecord("aiohttp.server", logging.ERROR, __file__, 1, said, (), told)


def wrapped() -> BaseException:
    """Return an error that came of another."""
    error = AttributeError("'NoneType' object has no attribute '_set_app_protocol'")
    error.__context__ = ConnectionResetError()
    return error


@pytest.mark.parametrize("error", [ConnectionResetError(), BrokenPipeError(), wrapped()])
def test_a_lost_connection_is_no_news(error: BaseException) -> None:
    assert not OthersOnly().filter(record(error))


@pytest.mark.parametrize("one", [record(KeyError("host")), record(said="Error handling request")])
def test_all_else_is_told(one: logging.LogRecord) -> None:
    assert OthersOnly().filter(one)


def test_nothing_is_told_of_a_browser_that_hangs_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "large.js").write_bytes(b"/" * SIZE)

    async def hang_up() -> None:
        context = certificate.make(tmp_path, now=dt.datetime.now(dt.UTC)).context
        server = await serve.start(PlainHost(BuildFiles({"large.js": SIZE})), tmp_path, context)
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        for _ in range(5):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.https_port, ssl=trusting)
            writer.write(b"GET /large.js HTTP/1.1\r\nHost: a\r\n\r\n")
            await reader.read(10_000)
            writer.transport.abort()
        await asyncio.sleep(0.5)
        await server.stop()

    asyncio.run(hang_up())
    assert caplog.records == []
