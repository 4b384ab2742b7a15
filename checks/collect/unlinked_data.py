"""Large tables that lie in the build, and that nothing in it leads to: exports that somebody forgot there.

In: the preview, and whether a page links to a path. Out: the list `files.unlinked_data` of the site document. Charts
load tables by script, so a name that stands in any page, script or list of the build is one that is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.collect.preview import Preview

LARGE: Final = 100 << 10
MOST: Final = 100
_TABLES: Final = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".parquet")
_SPEAKING: Final = (".html", ".htm", ".js", ".mjs", ".cjs", ".json", ".xml", ".webmanifest")
_LARGEST: Final = 20 << 20


def unlinked_data(preview: Preview, is_linked: Callable[[str], bool]) -> list[dict[str, str | int]]:
    """Return the files, sorted by path; a build without large tables costs nothing."""
    sizes = preview.files.sizes
    names = [name for name, size in sizes.items() if size > LARGE and name.lower().endswith(_TABLES)]
    left = {name for name in names if not is_linked(f"/{name}")}
    for name in sorted(sizes):
        if not left:
            return []
        if name.lower().endswith(_SPEAKING) and sizes[name] < _LARGEST:
            body = (preview.root / name).read_bytes()
            left = {table for table in left if not _names(body, table)}
    return [{"path": name, "bytes": sizes[name]} for name in sorted(left)[:MOST]]


def _names(body: bytes, table: str) -> bool:
    base = table.rpartition("/")[2]
    return base.encode() in body or quote(base).encode() in body
