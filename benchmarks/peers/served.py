"""The site that is measured, and one local server for every tool that asks for one.

In: a folder, how many pages. Out: `Site`, whose pages are files below `root`, the same for each tool; and, of the
server, which of them were fetched from it.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import shutil
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from benchmarks.sites import html_files, made_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http import HTTPStatus
    from pathlib import Path

_TITLE: Final = b"<title>"


@dataclass(frozen=True, slots=True)
class Site:
    """A site to measure."""

    name: str
    root: Path
    pages: tuple[str, ...]
    """Their paths below the root, sorted."""


def part_of(folder: Path, pages: int, into: Path, name: str) -> Site:
    """Copy the first `pages` pages of `folder`, and all that is no page; 404.html is the host's answer, and no page."""
    _copy(folder, pages, into, b"")
    return _site(name, into)


def copies_of(folder: Path, pages: int, into: Path, name: str) -> Site:
    """Copy `folder` again and again, each into a folder of its own and its titles numbered, until there are `pages`."""
    number, missing = 0, pages
    while missing > 0:
        number += 1
        missing -= _copy(folder, missing, into / f"copy-{number}", f"{number}: ".encode())
    return _site(f"{name}, copied", into)


def invented(pages: int, into: Path) -> Site:
    """Write a site of so many pages."""
    return _site("made-up", made_up(into, pages))


def _copy(folder: Path, pages: int, into: Path, mark: bytes) -> int:
    """Copy up to `pages` pages, with `mark` before their titles, and all that is no page; return how many."""
    whole = set([page for page in html_files(folder) if page != folder / "404.html"][:pages])
    for file in folder.rglob("*"):
        if file.is_file() and (file.suffix != ".html" or file in whole):
            target = into / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.suffix == ".html":
                target.write_bytes(file.read_bytes().replace(_TITLE, _TITLE + mark, 1))
            else:
                shutil.copyfile(file, target)
    return len(whole)


def _site(name: str, root: Path) -> Site:
    return Site(name, root, tuple(page.relative_to(root).as_posix() for page in html_files(root)))


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, root: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, directory=str(root)))
        self.fetched: set[str] = set()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Say nothing."""

    def log_request(self, code: HTTPStatus | int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002 - likewise
        """Note which file was sent whole: asking whether it is there (HEAD) is not looking at it."""
        if self.command == "GET" and code == 200:
            self.server.fetched.add(file_of(self.path))


def file_of(path: str) -> str:
    """Return the file below the root that a request's path names."""
    name = unquote(urlsplit(path).path).lstrip("/")
    return name + "index.html" if not name or name.endswith("/") else name


@dataclass(frozen=True, slots=True)
class Served:
    """A site that is being served."""

    address: str
    """Without a slash at its end."""
    fetched: set[str]
    """Files that were sent so far."""


@contextlib.contextmanager
def served(site: Site) -> Iterator[Served]:
    """Serve the site on loopback. What this costs is not the tools'."""
    server = _Server(site.root)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}", server.fetched)
    finally:
        server.shutdown()
        server.server_close()
