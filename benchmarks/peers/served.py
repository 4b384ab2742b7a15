"""The site that is measured: a part of a folder, or made up, and one local server for every tool that asks for one.

In: a folder, how many pages. Out: `Site`, whose pages are files below `root`, the same for each tool.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.sites import html_files, made_up

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Site:
    """A site to measure."""

    name: str
    root: Path
    pages: tuple[str, ...]
    """Their paths below the root, sorted."""


def part_of(folder: Path, pages: int, into: Path) -> Site:
    """Copy the first `pages` pages of `folder`, and all that is no page; 404.html is the host's answer, and no page."""
    not_found = folder / "404.html"
    whole = [page for page in html_files(folder) if page != not_found]
    left_out = {not_found, *whole[pages:]}

    def unwanted(at: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(at, name) in left_out]

    shutil.copytree(folder, into, ignore=unwanted, dirs_exist_ok=True)
    return _site(folder.name, into)


def invented(pages: int, into: Path) -> Site:
    """Write a site of so many pages."""
    return _site("made-up", made_up(into, pages))


def _site(name: str, root: Path) -> Site:
    return Site(name, root, tuple(page.relative_to(root).as_posix() for page in html_files(root)))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""


@contextlib.contextmanager
def served(site: Site) -> Iterator[str]:
    """Serve the site on loopback; the address has no slash at its end. What this costs is not the tools'."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site.root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
