"""A preview on loopback: a real server that answers as a test says, and records what it was asked and with what."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from checks.collect.hosts import PlainHost, scan

HTML = {"content-type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Asked:
    target: str
    headers: dict[str, str]
    """Names in lower case."""


@dataclass(frozen=True)
class Sent:
    """What to answer."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: HTML)
    raw: bytes | None = None
    """Sent in place of all else, and then the connection is closed."""
    release: threading.Event | None = None
    """What the answer waits for."""
    resets: bool = False
    """Break the connection off, and send nothing."""


Answers = Callable[[Asked], Sent]


@dataclass
class PreviewServer:
    answers: Answers
    origin: str = ""
    asked: list[Asked] = field(default_factory=list)
    server: ThreadingHTTPServer | None = None

    @property
    def targets(self) -> list[str]:
        return [one.target for one in self.asked]

    gone: bool = False

    def go_away(self) -> None:
        """Refuse every connection from now on."""
        self.gone = True
        if self.server is not None:
            self.server.socket.close()


def of_pages(pages: Mapping[str, Any]) -> Answers:
    """Answer with the pages by their targets, and with 404 for all else."""

    def answers(asked: Asked) -> Sent:
        found = pages.get(asked.target, Sent(b"<h1>Not found</h1>", 404))
        return Sent(found.encode()) if isinstance(found, str) else found

    return answers


def of_folder(root: Path) -> Answers:
    """Answer as a plain host that publishes the folder."""
    host = PlainHost(scan(root))

    def answers(asked: Asked) -> Sent:
        answer = host.answer(*asked.target.partition("?")[::2])
        headers = dict(answer.headers) | ({"location": answer.location} if answer.location else {})
        return Sent((root / answer.file).read_bytes() if answer.file else b"", answer.status, headers)

    return answers


def reset(connection: socket.socket) -> None:
    """Close a connection so that the other side is told that it was broken off."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def send(handler: BaseHTTPRequestHandler, sent: Sent) -> None:
    if sent.resets or sent.raw is not None:
        handler.close_connection = True
    if sent.resets:
        reset(handler.connection)
        return
    if sent.raw is not None:
        handler.wfile.write(sent.raw)
        handler.wfile.flush()
        return
    handler.send_response(sent.status)
    for name, value in sent.headers.items():
        handler.send_header(name, value)
    if "content-length" not in sent.headers:
        handler.send_header("content-length", str(len(sent.body)))
    handler.end_headers()
    handler.wfile.write(sent.body)


@contextmanager
def serving(answers: Answers, tls: ssl.SSLContext | None = None) -> Iterator[PreviewServer]:
    preview = PreviewServer(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
            preview.asked.append(asked)
            if preview.gone:
                self.close_connection = True
                return
            sent = preview.answers(asked)
            if sent.release is not None:
                sent.release.wait()
            with contextlib.suppress(ConnectionError):
                send(self, sent)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128
        address_family = socket.AF_INET

        def handle_error(self, *_: object) -> None:
            """A client that has gone is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    preview.server = server
    preview.origin = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield preview
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
