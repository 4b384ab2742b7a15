"""The lists of pages that causes are signed with: the file `ID.pages` beside a statement.

In: paths, or the bytes of the file. Out: the other. Pure. A statement names each list by its digest, so that nothing
in the file counts but what was signed.
"""

from __future__ import annotations

import hashlib
from typing import Final

LARGEST_PAGES: Final = 4 * 1024 * 1024


def pages_to_bytes(*lists: tuple[str, ...]) -> bytes:
    """Return the bytes of the file `ID.pages`: each list sorted, an empty line between two."""
    return b"\n".join("".join(f"{page}\n" for page in sorted(pages)).encode() for pages in lists)


def pages_by_digest(data: bytes) -> dict[str, tuple[str, ...]]:
    """Return the lists of pages in a file `ID.pages`, each by the digest that a statement names it by.

    Raises ValueError for bytes that are none.
    """
    if len(data) > LARGEST_PAGES:
        raise ValueError(f"the list of pages has {len(data):,} bytes; at most {LARGEST_PAGES:,} are read")
    if not data.endswith(b"\n"):
        raise ValueError("the list of pages does not end with a line feed")
    lists = {}
    for part in data.removesuffix(b"\n").split(b"\n\n"):
        pages = tuple(part.decode().split("\n"))
        if list(pages) != sorted(set(pages)) or not all(page.startswith("/") for page in pages):
            raise ValueError("the list of pages is not sorted, or names a page twice, or something that is no path")
        lists[hashlib.sha256(part + b"\n").hexdigest()] = pages
    return lists
