"""Files that are looked for at a fixed place, and what was promised beside the pages, as the preview answers them.

In: the preview, what the project has promised, the day. Out: the group `wellknown` of the site document.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from checks.facts.feeds import feed_problems
from checks.facts.nesting import too_deep
from checks.facts.reference import reference
from checks.facts.urls import parse
from checks.facts.wellknown import llms_txt, security_txt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from checks.collect.preview import Preview
    from checks.settings.duties import Duties

_FEED = re.compile(r"(?:^|/)(?:(?:feed|rss|atom|index)\.xml|[^/]+\.(?:rss|atom))$", re.IGNORECASE)
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})
_PROOF = re.compile("|".join(reference("ownership")["files"]))
_MOST_FEEDS, _LARGEST = 500, 20 << 20


def wellknown(preview: Preview, duties: Duties, today: date) -> dict[str, Any]:
    """Return the group `wellknown`."""
    security = _text(preview, "/.well-known/security.txt")
    llms = _text(preview, f"{preview.base}llms.txt")
    base = f"{preview.origin}{preview.base}llms.txt"
    return {
        "security_txt": None if security is None else security_txt(*security, today),
        "llms_txt": None if llms is None else llms_txt(*llms, base, lambda url: _status(preview, url)),
        "required": [_answered(preview, path) for path in sorted(duties.required_files)],
        "legal": [{"name": name, **_answered(preview, path)} for name, path in sorted(duties.legal.items())],
        "service_workers": [_answered(preview, path) for path in sorted(duties.service_workers)],
        "feeds": list(_feeds(preview, today)),
        "proofs": sorted(f"{preview.base}{name}" for name in preview.files.sizes if _PROOF.search(name)),
    }


def _text(preview: Preview, path: str) -> tuple[str, str | None] | None:
    """Return text and media type of a file that answers; None where there is none."""
    served = preview.served(preview.origin + path)
    if served.file is None or served.status != HTTPStatus.OK or served.hops or served.content_type == "text/html":
        return None
    return served.file.read_bytes()[:_LARGEST].decode("utf-8", "replace"), served.content_type


def _status(preview: Preview, url: str) -> int | None:
    if not preview.is_own(url):
        return None
    served = preview.served(url)
    return served.status if served.is_known else None


def _answered(preview: Preview, path: str) -> dict[str, Any]:
    served = preview.served(preview.origin + path)
    return {"path": path, "status": served.status if served.is_known else None, "content_type": served.content_type}


def _feeds(preview: Preview, today: date) -> Iterator[dict[str, Any]]:
    """Give the feeds where something is wrong: by the names that generators give them, and those of the home page."""
    named = (name for name, size in preview.files.sizes.items() if _FEED.search(name) and size < _LARGEST)
    linked = frozenset(_linked_feeds(preview))
    for path in sorted({*linked, *(f"{preview.base}{name}" for name in named)})[:_MOST_FEEDS]:
        served = preview.served(preview.origin + path)
        if not served.is_known:
            continue
        if served.status != HTTPStatus.OK or served.size > _LARGEST:
            problems = [f"it answers with status {served.status}"] if path in linked and served.size <= _LARGEST else []
        else:
            problems = feed_problems(served.body(), preview.origin + path, today) or []
        if problems:
            yield {"path": path, "problems": problems}


def _linked_feeds(preview: Preview) -> Iterator[str]:
    """Give the paths of the feeds that the home page declares."""
    home = preview.served(preview.origin + preview.base)
    if not home.is_known or home.status != HTTPStatus.OK or too_deep(body := home.body()):
        return
    for node in LexborHTMLParser(body).css("link[rel~=alternate]"):
        if (node.attributes.get("type") or "").strip().lower() in _FEED_TYPES:
            address = parse(node.attributes.get("href") or "", home.url)
            if address is not None and preview.is_own(address.url):
                yield preview.path_of(address.url.partition("#")[0])
