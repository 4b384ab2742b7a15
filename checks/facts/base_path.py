"""What a page of a site that lies under a path names beside that path.

In: a page document, and the path. Out: addresses as written. Pure. `/style.css` on a page of https://name.github.io/project/
leads out of the site: it was written for a site at the root of its origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def outside(document: Mapping[str, Any], base: str) -> set[str]:
    """Return the addresses in a page that begin with `/` and do not lie under `base`."""
    return {
        href
        for href in _written(document)
        if href.startswith("/") and not href.startswith("//") and not f"{href.partition('?')[0]}/".startswith(base)
    }


def _written(document: Mapping[str, Any]) -> Iterator[str]:
    for group, key in (("links", "href"), ("images", "src"), ("scripts", "src"), ("styles", "href")):
        for item in document.get(group, {}).get("items", ()):
            yield item[key]
