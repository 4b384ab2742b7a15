"""A page as one machine tells another of it: a line of measured.jsonl, `measured.schema.json`.

In: the index and the ledger of a part, or a line of the shape. Out: the other one. What lies on other pages is not in
it: who puts the parts together completes each page from all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.collect.extraction import Extracted
from checks.collect.index_rows import packed_anchors, packed_document
from checks.collect.ledger import MEASURED
from checks.collect.reuse.packing import digest_of, said_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from checks.collect.index import Index
    from checks.collect.ledger import Ledger


def lines(index: Index, ledger: Ledger, paths: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Give one line for each of `paths`, in their order."""
    for path in paths:
        became = {"path": path, **ledger.became(path)}
        digest = index.digest(path)
        if became["state"] != MEASURED or digest is None:
            yield {**became, "page": None}
            continue
        page = {
            "document": index.document(path),
            "digest": said_of(digest),
            "anchors": sorted(index.anchors(path) or ()),
            "links": list(index.links_of(path)),
        }
        yield {**became, "page": page}


def extracted(page: Mapping[str, Any], origin: str) -> Extracted:
    """Return what was made of a page, by the part `page` of a line."""
    document = page["document"]
    return Extracted(
        document=packed_document(document),
        digest=digest_of(page["digest"]),
        anchors=packed_anchors(page["anchors"]),
        links=tuple((origin + path, followed) for path, followed in page["links"]),
        charset=document["charset"]["name"],
        vitals=document.get("vitals", {}),
        render=document.get("render", {}),
        outside=frozenset(),
        of_the_day=False,
    )
