"""A file that a site serves beside its pages: what it is to others, and by what it is known.

In: its address, media type, bytes. Out: a line of files.jsonl. Pure.
"""

from __future__ import annotations

from typing import Any, Final

from checks.facts.served_files import is_fingerprinted

_BY_TYPE: Final = {
    "application/pdf": "document",
    "application/epub+zip": "document",
    "application/msword": "document",
    "application/rtf": "document",
    "application/zip": "document",
    "application/gzip": "document",
    "application/x-tar": "document",
    "application/octet-stream": "document",
    "text/csv": "document",
    "text/calendar": "document",
    "text/vcard": "document",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "text/css": "code",
    "text/javascript": "code",
    "application/javascript": "code",
    "application/wasm": "code",
    "application/manifest+json": "data",
}
_BY_PREFIX: Final = {
    "image/": "image",
    "audio/": "media",
    "video/": "media",
    "font/": "font",
    "application/font-": "font",
    "application/vnd.ms-fontobject": "font",
    "application/vnd.": "document",
}
_CODE_ENDINGS: Final = (".map", ".js", ".mjs", ".css", ".wasm")
_FONT_ENDINGS: Final = (".woff", ".woff2", ".ttf", ".otf", ".eot")
XML: Final = frozenset({"application/xml", "text/xml", "application/rss+xml", "application/atom+xml"})
"""Media types under which a feed may be sent."""


def kind_of(path: str, media_type: str | None, *, is_feed: bool) -> str:
    """Return what a file is to others: code, data, document, feed, font, image or media."""
    if is_feed:
        return "feed"
    ending = path.lower()
    if ending.endswith(_CODE_ENDINGS):
        return "code"
    if ending.endswith(_FONT_ENDINGS):
        return "font"
    if media_type in _BY_TYPE:
        return _BY_TYPE[media_type]
    return next((kind for prefix, kind in _BY_PREFIX.items() if (media_type or "").startswith(prefix)), "data")


def line(
    path: str, media_type: str | None, size: int, digest: str, entries: list[dict[str, str]] | None
) -> dict[str, Any]:
    """Return a line of files.jsonl; `entries`: those of a feed, None for what is none."""
    return {
        "path": path,
        "type": media_type,
        "kind": kind_of(path, media_type, is_feed=entries is not None),
        "bytes": size,
        "digest": digest,
        "hashed": is_fingerprinted(path),
        "entries": entries or [],
    }
