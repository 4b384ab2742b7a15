"""Pages that are put into an index."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checks.collect.index import Index
from checks.collect.index_rows import packed_anchors, packed_document
from checks.facts.digest import PageDigest

SITE = "https://www.example.com"
PLAIN = PageDigest(
    path="/",
    url=f"{SITE}/",
    status=200,
    indexable=True,
    canonical_self=True,
    canonical_inside=False,
    noindex=False,
    title=None,
    description=None,
    h1=None,
    text_digest=None,
    words=0,
    types=(),
    sd_errors=0,
    rendered=True,
    hreflang=(),
    links_out=0,
)


def add(index: Index, path: str, *links: str, unfollowed: tuple[str, ...] = (), **values: Any) -> None:
    digest = replace(PLAIN, **{"path": path, "url": SITE + path, **values})
    every = [*((link, True) for link in links), *((link, False) for link in unfollowed)]
    index.add_page(path, packed_document({"path": path}), digest, packed_anchors({"top", path}), every)


def urls(*paths: str) -> list[str]:
    return [SITE + path for path in paths]
