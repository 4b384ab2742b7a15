"""The files that a site serves beside its pages, each with the digest of its bytes: what a later release could lose.

In: the preview. Out: lines of files.jsonl, one at a time, sorted by address. Of a preview that is a URL only what was
asked for is known.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from checks.collect.hosts import url_path
from checks.facts.feed_entries import entries
from checks.facts.file_list import XML, line
from checks.facts.mime import media_type

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.collect.preview import Preview

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_TOLD_ELSEWHERE: Final = frozenset({"robots.txt"})
_LARGEST_FEED: Final = 8 << 20
"""Bytes; a larger one is no feed that a reader takes."""


def served(preview: Preview) -> Iterator[dict[str, Any]]:
    """Give each file that is served under its own name and is no page."""
    base = preview.base.rstrip("/")
    for path, name in sorted((base + url_path(name), name) for name in preview.files.sizes):
        answer = preview.host.answer(*path.partition("?")[::2])
        if (answer.status, answer.file) != (HTTPStatus.OK, name) or answer.unknown is not None:
            continue
        kind = media_type(answer.header("content-type"))
        if kind in _PAGES or name in _TOLD_ELSEWHERE:
            continue
        file, size = preview.root / name, preview.files.sizes[name]
        found = entries(file.read_bytes()) if kind in XML and size <= _LARGEST_FEED else None
        yield line(path, kind, size, _digest(file), found)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
