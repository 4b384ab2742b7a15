"""What a live document says of itself: its title, its canonical address, whether it may be indexed.

In: the bytes of HTML and its headers. Out: `Look`, to say in what two documents differ. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from checks.facts.nesting import too_deep
from checks.facts.texts import collapse
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROBOTS = frozenset({"robots", "googlebot", "bingbot"})


@dataclass(frozen=True, slots=True)
class Look:
    """One document."""

    title: str | None
    canonical: str | None
    noindex: bool


def look(body: bytes, url: str, headers: Sequence[tuple[str, str]]) -> Look:
    """Return what the document at `url` says; one that no parser should take says nothing."""
    told = [value.lower() for name, value in headers if name == "x-robots-tag"]
    if too_deep(body):
        return Look(None, None, any(map(_forbids, told)))
    document = LexborHTMLParser(body)
    title = document.css_first("title")
    link = document.css_first("link[rel~=canonical][href]")
    canonical = parse((link.attributes.get("href") or "").strip(), url) if link is not None else None
    metas = (node.attributes for node in document.css("meta[name][content]"))
    told += [
        (meta.get("content") or "").lower() for meta in metas if (meta.get("name") or "").strip().lower() in _ROBOTS
    ]
    return Look(
        collapse(title.text()) if title is not None else None,
        canonical.url if canonical is not None else None,
        any(map(_forbids, told)),
    )


def _forbids(directives: str) -> bool:
    words = directives.replace(":", ",").split(",")
    return not {word.strip() for word in words}.isdisjoint({"noindex", "none"})
