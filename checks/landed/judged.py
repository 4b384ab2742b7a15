"""What a run judged, as far as a live site can be held to it; and which pages are asked.

In: a run folder. Out: `Judged` pages, the home page and the key pages first, then the others in an order that is the
same each time for one build and another for the next. At most so many are held as are asked for.
"""

from __future__ import annotations

import hashlib
import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks import run_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.run_folder import RunFolder
    from checks.settings import Settings


@dataclass(frozen=True, slots=True)
class Judged:
    """One page, as it was judged."""

    path: str
    status: int
    headers: Mapping[str, str]
    sends_headers: bool
    """Whether the host sends headers that the project decides about, so that they were judged."""
    content_type: str | None
    digest: str | None
    """Of the delivered document; None: the run is of a version that did not write it down."""
    title: str | None
    canonical: str | None
    noindex: bool

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Judged:
        """Return what a page document says."""
        http, raw = document["http"], document["raw"]
        return cls(
            path=document["path"],
            status=http["status"],
            headers=http["headers"],
            sends_headers=document["config"]["sends_headers"],
            content_type=http["content_type"],
            digest=http.get("digest"),
            title=raw["title"]["text"],
            canonical=raw["canonical"]["url"],
            noindex=raw["robots"]["noindex"],
        )


def pages(run: RunFolder, settings: Settings, build: str, most: int | None) -> Iterator[Judged]:
    """Give the pages to ask for; `most`: how many beside the home page and the key pages, None for all of them."""
    first = {settings.base_path, *settings.key_pages}
    for document in run.lines(run_folder.PAGES):
        if document["path"] in first:
            yield Judged.of(document)
    others = (one for one in run.lines(run_folder.PAGES) if one["path"] not in first)
    if most is None:
        yield from map(Judged.of, others)
        return

    def turn(document: Mapping[str, Any]) -> str:
        return hashlib.sha256(f"{build}\n{document['path']}".encode()).hexdigest()

    # Only what is kept of a page is held, not its document.
    found = ((turn(one), one["path"], Judged.of(one)) for one in others)
    yield from (one for *_, one in heapq.nsmallest(most, found, key=lambda each: each[:2]))
