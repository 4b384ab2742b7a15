"""Which addresses there are: the build's pages, the redirects among them, and the origin that they name.

In: the files of the build and what the sitemaps list. Out: a page for each HTML file, under the address that the
site itself uses.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote

from checks.collect.hosts import BuildFiles, Host, url_path
from checks.facts.urls import parse, without_fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from checks.facts.redirect_pages import PageRedirect

HTML_ENDINGS = (".html", ".htm", ".xhtml")
NOT_FOUND_FILE = "404.html"
PROBE = "gonogo-no-such-page"
"""The name that wrong addresses are asked for by."""
STAND_IN = "https://site.invalid"
_HEAD = 65_536
_LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*["']?([^"'\s>]{1,2000})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Peek:
    """What a first look at an HTML file tells."""

    file: str
    canonical: str | None
    redirect: PageRedirect | None


def peek(root: Path, name: str, html_redirect: Callable[[bytes], PageRedirect | None]) -> Peek:
    """Look at the beginning of the HTML file `name`."""
    with (root / name).open("rb") as stream:
        head = stream.read(_HEAD)
    link = next((tag for tag in _LINK.findall(head) if _CANONICAL.search(tag)), None)
    href = _HREF.search(link) if link else None
    canonical = href.group(1).decode("utf-8", "replace").replace("&amp;", "&") if href else None
    redirect = html_redirect(head) if b"refresh" in head.lower() else None
    if redirect is not None and redirect.scripted and len(head) == _HEAD:
        # What stands further down may lead elsewhere.
        redirect = None
    return Peek(name, canonical, redirect)


def is_html(name: str) -> bool:
    """Return whether the file is a page by its name."""
    return name.lower().endswith(HTML_ENDINGS)


def named_origin(urls: Iterable[str]) -> str | None:
    """Return the one https (or http) origin that all of `urls` name, or None where they name none or several."""
    origins: Counter[str] = Counter()
    for url in urls:
        address = parse(url)
        if address is not None and address.is_web and len(origins) <= 1:
            origins[f"{address.scheme}://{address.netloc}"] += 1
    return next(iter(origins)) if len(origins) == 1 else None


def page_paths(files: BuildFiles, host: Host, preferred: Iterable[str], base: str = "/") -> dict[str, str]:
    """Return the production path of every HTML file that is a page: file -> path.

    A file that is served at several paths is one page; the path that a sitemap or its canonical uses (`preferred`,
    paths on the production origin) is its own, else the one that follows from its name. A file that the host serves at
    none of its addresses, or as an error only, is no page.
    """
    error_files = host.about.error_files
    names = (name for name in files.sizes if is_html(name) and name not in error_files)
    paths = {name: path for name in names if (path := own_path(name, host, base)) is not None}
    for path in preferred:
        answer = host.answer(*path.partition("?")[::2])
        name = answer.file
        if answer.status != HTTPStatus.OK or name is None or "?" in path or name in error_files or not is_html(name):
            continue
        # A rewrite shows a file at many addresses; only one that spells its name is its own, unless it has no other.
        if is_spelling(path, name, base) or (name not in paths and answer.unknown is None):
            paths[name] = path
    return paths


def own_path(name: str, host: Host, base: str = "/") -> str | None:
    """Return the path at which a host serves a file: the one that follows from its name, or where that redirects to."""
    for spelling in _spellings(name, base):
        path, seen = spelling, set[str]()
        while path not in seen:
            seen.add(path)
            answer = host.answer(path)
            if answer.file == name and answer.status == HTTPStatus.OK and answer.unknown is None:
                return path
            if answer.location is None or not answer.location.startswith("/"):
                break
            path = answer.location.partition("#")[0].partition("?")[0]
    return None


def is_spelling(path: str, name: str, base: str = "/") -> bool:
    """Return whether a path is one of those by which hosts call the file `name`."""
    plain = unquote(path, errors="surrogateescape")
    return any(unquote(one, errors="surrogateescape") == plain for one in _spellings(name, base))


def _spellings(name: str, base: str) -> list[str]:
    """Return the paths by which hosts call a file, the usual one first."""
    path = base.rstrip("/") + url_path(name)
    if path.endswith("/"):
        return [path, path.rstrip("/") or "/", f"{path}index.html", f"{path}index"]
    clean = path.removesuffix(".html")
    return [path, clean, f"{clean}/"]


def on_origin(url: str, origin: str) -> str | None:
    """Return path and query of `url` where it is on `origin`, else None."""
    address = parse(url, origin + "/")
    if address is None or f"{address.scheme}://{address.netloc}" != origin:
        return None
    return address.path + (f"?{address.query}" if address.query else "")


def resolved(target: str, base: str) -> str | None:
    """Return the absolute address of a redirect's target, without its fragment, or None where it is none."""
    address = parse(target, base)
    return without_fragment(address.url) if address else None
