"""Look at a preview that is a URL: little pages, sitemaps and redirects of a server on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checks.collect.discover import Discovered
from checks.collect.subject import opened
from checks.collect.web.web import Web
from checks.settings import from_document
from tests.collect.web.preview_server import PreviewServer, Sent

SITE = "https://www.example.com"


def page(*links: str, title: str = "A page", head: str = "") -> str:
    return f"<!doctype html><title>{title}</title>{head}" + "".join(f'<a href="{link}">x</a>' for link in links)


def sitemap(*urls: str) -> Sent:
    listed = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    return Sent(text.encode(), headers={"content-type": "application/xml"})


def redirect(to: str, status: int = 302) -> Sent:
    return Sent(b"", status, {"location": to})


@contextmanager
def looked_at(preview: PreviewServer, folder: Path, path: str = "", **said: Any) -> Iterator[tuple[Discovered, Web]]:
    document = {"preview": preview.origin + path, "today": "2026-06-15", "owners_in_order": [], **said}
    with opened(from_document(document), Path(), folder / "scratch") as (found, web):
        assert web is not None
        yield found, web


Look = Callable[..., tuple[frozenset[str], dict[str, str], PreviewServer]]
