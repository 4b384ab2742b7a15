"""Where a page points: its links.

In: a look at the page. Out: the group `links`; what each link leads to is filled in once the whole site is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checks.facts.reading import HIDDEN
from checks.facts.texts import clip, collapse, tokens
from checks.facts.url_credentials import has_credentials
from checks.facts.urls import MAX_URL

if TYPE_CHECKING:
    from checks.facts.look import Look
    from checks.facts.reading import Element, Reading
    from checks.facts.urls import Address

MAX_NAME = 200
_PIECES_OF_NAME = 200
_NOT_FOLLOWED = frozenset({"nofollow", "sponsored", "ugc"})
_IN_URLS = re.compile(r"[\t\n\r]")


def links(look: Look, *, page_nofollow: bool) -> dict[str, Any]:
    """Return the group `links`."""
    items: dict[str, dict[str, Any]] = {}
    uncrawlable: dict[str, dict[str, str]] = {}
    malformed: set[str] = set()
    counts = {"count": 0, "internal": 0, "external": 0}
    for element in look.reading.all("a", "area"):
        href = element.get("href")
        if href is None:
            continue
        counts["count"] += 1
        href = _IN_URLS.sub("", href)
        if _needs_a_script(href, element):
            uncrawlable.setdefault(
                clip(href, 200), {"href": clip(href, 200), "text": accessible_name(look.reading, element)}
            )
            continue
        address = look.resolve(href)
        if address is None:
            malformed.add(clip(href, 200))
            continue
        internal = look.site.is_internal(address)
        if address.is_web:
            counts["internal" if internal else "external"] += 1
        seen = items.get(href)
        if seen is None:
            items[href] = _item(look, element, href, address, page_nofollow=page_nofollow)
        else:
            _repeat(look.reading, seen, element, page_nofollow=page_nofollow)
    return {
        "items": list(items.values()),
        **counts,
        "uncrawlable": [uncrawlable[href] for href in sorted(uncrawlable)],
        "malformed": [{"href": href} for href in sorted(malformed)],
    }


def link_counts(look: Look) -> dict[str, int]:
    """Return how many links there are, as `links` counts them: all that is asked of the delivered document."""
    internal: dict[str, bool | None] = {}
    counts = {"count": 0, "internal": 0, "external": 0}
    for element in look.reading.all("a", "area"):
        href = element.get("href")
        if href is None:
            continue
        counts["count"] += 1
        href = _IN_URLS.sub("", href)
        if _needs_a_script(href, element):
            continue
        if href not in internal:
            address = look.resolve(href)
            internal[href] = look.site.is_internal(address) if address is not None and address.is_web else None
        if internal[href] is not None:
            counts["internal" if internal[href] else "external"] += 1
    return counts


def _needs_a_script(href: str, element: Element) -> bool:
    """Return whether nothing but a script makes a link of it; an empty address alone leads to the page itself."""
    return href[:11].lower() == "javascript:" or (not href and any(name.startswith("on") for name in element.attrs))


def accessible_name(reading: Reading, element: Element) -> str:
    """Return what a screen reader says for a link: its label, else its text and alternatives, else its title.

    https://www.w3.org/TR/accname-1.2/ (in short).
    """
    label = collapse(element.attrs.get("aria-label", "")) or _labelled_by(reading, element)
    if not label and element.tag == "area":
        label = collapse(element.attrs.get("alt", ""))
    if not label:
        end = min(element.end, element.start + _PIECES_OF_NAME)
        label = collapse(reading.text(element.start, end, without=HIDDEN & ~element.flags))
    return clip(label or collapse(element.attrs.get("title", "")), MAX_NAME)


def _labelled_by(reading: Reading, element: Element) -> str:
    names = element.attrs.get("aria-labelledby", "").split()
    if not names:
        return ""
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names[:5])
    found = (reading.parser.css_first(f'[id="{name}"]') for name in quoted)
    return collapse(" ".join(node.text() for node in found if node is not None))


def _item(look: Look, element: Element, href: str, address: Address, *, page_nofollow: bool) -> dict[str, Any]:
    rel = tokens(element.attrs.get("rel", ""))
    return {
        "href": href[:MAX_URL],
        "url": address.url[:MAX_URL],
        "text": accessible_name(look.reading, element) or (None if _is_kept_from_readers(element) else ""),
        "rel": sorted(set(rel)),
        "internal": look.site.is_internal(address),
        "scheme": address.scheme,
        "host_class": look.site.host_class(address),
        "status": None,
        "redirects": 0,
        "final_url": None,
        "fragment": address.fragment or None,
        "fragment_ok": None,
        "followed": not page_nofollow and not _NOT_FOLLOWED & set(rel),
        "has_credentials": has_credentials(address),
    }


def _repeat(reading: Reading, item: dict[str, Any], element: Element, *, page_nofollow: bool) -> None:
    """Take in another link with the same address: of the names, the missing one is the one to tell."""
    rel = tokens(element.attrs.get("rel", ""))
    if rel:
        item["rel"] = sorted({*item["rel"], *rel})
    if item["text"] != "":
        name, kept = accessible_name(reading, element), _is_kept_from_readers(element)
        item["text"] = item["text"] or name or None if name or kept else ""
    item["followed"] = item["followed"] or (not page_nofollow and not _NOT_FOLLOWED & set(rel))


def _is_kept_from_readers(element: Element) -> bool:
    return element.attrs.get("aria-hidden") == "true" or bool(element.flags & HIDDEN)
