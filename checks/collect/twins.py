"""Pages that answer at a second address, too: with and without a slash at the end, and by the name of their file.

In: the preview and its pages. Out: the group `url_policy` of the site document. Nothing is fetched: the host model says
what it would answer.
"""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.collect.preview import Preview

_INDEX = "index.html"


def url_policy(preview: Preview, paths: Iterable[str]) -> dict[str, Any]:
    """Return the group `url_policy`."""
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    asked = 0
    for path in sorted(paths):
        asked += 1
        for kind, others in _others(path):
            if _all_answer(preview, *others, path):
                counts[kind] += 1
                examples.setdefault(kind, path)
    return {
        "asked": asked,
        "twins": [{"kind": kind, "count": counts[kind], "example": examples[kind]} for kind in sorted(counts)],
    }


def _others(path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give kinds of twins, and the addresses that a page must answer at, beside its own, to have one."""
    if path.endswith("/") and path != "/":
        yield "slash", (path.rstrip("/"),)
        yield "index", (path.rstrip("/"), path + _INDEX)
    elif path.endswith(".html") and not path.endswith(f"/{_INDEX}"):
        yield "extension", (path.removesuffix(".html"),)


def _all_answer(preview: Preview, *paths: str) -> bool:
    """Whether the preview answers at each address with a page, and with the same one."""
    files = set()
    for path in paths:
        answer = preview.served(preview.origin + path)
        if answer.status != HTTPStatus.OK or answer.hops:
            return False
        files.add(answer.file)
    return len(files) == 1
