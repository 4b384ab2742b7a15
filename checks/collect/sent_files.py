"""How the files of a build are sent: compressed or not, kept by caches or not, minified or not.

In: the preview, and the code that pages loaded. Out: the group `assets` of the site document.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from checks.collect.hosts import url_path
from checks.facts import served_files
from checks.facts.served_files import SentFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.collect.assets import Loaded
    from checks.collect.preview import Preview


def assets_group(preview: Preview, code: Iterable[Loaded]) -> dict[str, Any]:
    """Return the group `assets`; how files are sent is only asked of hosts of which it is known."""
    host = preview.host
    packs = host.sends_headers or host.about.compression.coding is not None
    return {
        "uncompressed": served_files.uncompressed(_sent(preview)) if packs else [],
        "cache_findings": served_files.cache_findings(_sent(preview)) if host.sends_headers else [],
        "unminified": served_files.unminified((one.path, one.bytes, one.asset) for one in code),
    }


def _sent(preview: Preview) -> Iterator[SentFile]:
    """Yield every file that the host sends under its own name, with its headers, sorted by path."""
    packs = preview.host.about.compression.applies
    for name, size in sorted(preview.files.sizes.items()):
        answer = preview.host.answer(preview.base.rstrip("/") + url_path(name))
        if (answer.status, answer.file) == (HTTPStatus.OK, name) and answer.unknown is None:
            compressed = answer.header("content-encoding") is not None or packs(answer.header("content-type"), size)
            yield SentFile(name, size, answer.headers, compressed)
