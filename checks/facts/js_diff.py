"""What scripts change in what a page says about itself: the delivered document against the rendered one.

In: the twins of the page document. Out: the group `js_diff`. Both are written as text, so that people can compare them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX = 500


def js_diff(raw: Mapping[str, Any], rendered: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the fields that differ, sorted by name."""
    before, after = _fields(raw), _fields(rendered)
    return [
        {"field": field, "raw": clip(before[field], _MAX), "rendered": clip(after[field], _MAX)}
        for field in sorted(before)
        if before[field] != after[field]
    ]


def _fields(document: Mapping[str, Any]) -> dict[str, str]:
    alternates = (f"{entry['lang']} {entry['url'] or entry['href']}" for entry in document["hreflang"]["entries"])
    links = document["links"]
    return {
        "title": document["title"]["text"] or "",
        "description": document["description"]["text"] or "",
        "canonical": " ".join(document["canonical"]["values"]),
        "robots": ", ".join(document["robots"]["directives"]),
        "hreflang": ", ".join(alternates),
        "h1": " | ".join(document["headings"]["h1"]),
        "structured_data": ", ".join(document["structured_data"]["types"]),
        "lang": document["lang"]["html"] or "",
        "links": f"{links['count']} links, {links['internal']} of them internal",
    }
