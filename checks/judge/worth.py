"""What a finding puts at risk: the clicks and conversions a month of its page, or of the address that failed.

In: a document of facts and where in it something failed. Out: figures, or None where nobody knows any. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_FIGURES = ("clicks", "conversions")


def worth_of(document: Mapping[str, Any], pointer: str) -> dict[str, float] | None:
    """Return the clicks and conversions a month of a page; in a site document those of the address at `pointer`."""
    if document.get("kind") == "page":
        search, visits = document.get("traffic"), document.get("visits")
        if search is None and visits is None:
            return None
        return {"clicks": (search or {}).get("clicks", 0), "conversions": (visits or {}).get("conversions", 0)}
    if document.get("kind") == "site":
        return _at(document, pointer)
    return None


def _at(document: Any, pointer: str) -> dict[str, float] | None:
    """Return the figures of the innermost object on the way that has some."""
    found: dict[str, float] | None = None
    for segment in pointer.split("/")[1:]:
        name = segment.replace("~1", "/").replace("~0", "~")
        if isinstance(document, list) and name.isdecimal() and int(name) < len(document):
            document = document[int(name)]
        elif isinstance(document, Mapping) and name in document:
            document = document[name]
        else:
            break
        if isinstance(document, Mapping) and all(isinstance(document.get(one), int | float) for one in _FIGURES):
            found = {one: document[one] for one in _FIGURES}
    return found
