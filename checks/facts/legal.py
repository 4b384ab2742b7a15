"""Pages that the law asks for, and whether this page leads to them.

In: the links of a page, and where the project says that such pages stand. Out: the group `legal`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORDS: tuple[str, ...] = tuple(reference("consent")["privacy"])


def legal(path: str, items: Iterable[Mapping[str, Any]], pages: Mapping[str, str]) -> dict[str, Any]:
    """Return the group `legal`; `pages` are production paths by what stands there: privacy, imprint and so on."""
    items = list(items)
    said = "\n".join(f"{item['href']} {item['text'] or ''}" for item in items).lower()
    paths = {_path(item["url"]) for item in items if item["internal"]} if pages else set()
    return {
        "privacy_link": any(word in said for word in _WORDS) or any(word in path.lower() for word in _WORDS),
        "missing": [
            {"name": name, "path": page}
            for name, page in sorted(pages.items())
            if _plain(page) not in paths and _plain(page) != _plain(path)
        ],
    }


def _path(url: str) -> str:
    address = parse(url)
    return _plain(address.path) if address is not None else ""


def _plain(path: str) -> str:
    return path.partition("?")[0].removesuffix("index.html").rstrip("/") or "/"
