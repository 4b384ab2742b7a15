"""Whether all pages are of one build: a preview may be deployed by half, or anew while it is looked at.

In: the HTML of pages. Out: which build each says it is, where its framework writes that down, and which code it loads.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from checks.facts.platform import build_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Builds:
    """Remembers on disk which build each page says it is."""

    def __init__(self, path: Path) -> None:
        self._table = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._table.execute("CREATE TABLE page (target TEXT PRIMARY KEY, build TEXT) WITHOUT ROWID")

    def note(self, target: str, html: bytes) -> None:
        """Note what a page says; one that says nothing is of any build."""
        build = build_of(html.decode("utf-8", "replace"))
        if build is not None:
            self._table.execute("INSERT OR REPLACE INTO page VALUES (?, ?)", (target, build))

    def others(self, build: str) -> Iterator[tuple[str, str]]:
        """Give the pages that say that they are of another build, and of which."""
        yield from self._table.execute("SELECT target, build FROM page WHERE build != ? ORDER BY target", (build,))

    def close(self) -> None:
        """Let go of the file."""
        self._table.close()


def same(before: bytes, now: bytes) -> bool:
    """Return whether two answers for one page are of one build, as far as they say: by its name, and by their code."""
    first, second = (build_of(html.decode("utf-8", "replace")) for html in (before, now))
    return first == second and _code(before) == _code(now)


def _code(html: bytes) -> frozenset[str]:
    document = LexborHTMLParser(html)
    scripts = (node.attributes.get("src") or "" for node in document.css("script[src]"))
    styles = (node.attributes.get("href") or "" for node in document.css("link[rel~=stylesheet][href]"))
    return frozenset(one.partition("?")[0] for found in (scripts, styles) for one in found)
