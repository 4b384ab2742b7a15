"""The group `html` of a page document: doctype and mode, where its head ends, how deep and how large it is.

In: the readings of both looks, and what the browser said. Out: the group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.markup_errors import markup_errors
from checks.facts.reading import HEAD, SVG
from checks.facts.source import read_source
from checks.facts.texts import tokens

if TYPE_CHECKING:
    from checks.facts.reading import Element, Reading
    from checks.facts.visit import InPage

_IN_HEAD = ("description", "robots", "googlebot", "bingbot")


def html_group(delivered: Reading, rendered: Reading, in_page: InPage | None) -> dict[str, Any]:
    """Return the group; `in_page` is None where no browser ran."""
    source = read_source(delivered.source)
    mode = source.compat_mode
    if in_page is not None and in_page.compat_mode == "BackCompat":
        mode = "quirks"
    elif in_page is not None and mode == "quirks":
        mode = "no-quirks"
    misplaced = {name: one.tag for one in delivered.all("title", "meta", "link") if (name := _belongs_in_head(one))}
    return {
        "doctype": source.doctype,
        "compat_mode": mode,
        "head_count": source.head_count,
        "body_count": source.body_count,
        "head_closed_early_by": source.head_closed_early_by,
        "head_closed_early_text": source.head_closed_early_text,
        "metas_in_body": [{"tag": misplaced[name], "name": name} for name in sorted(misplaced)],
        "errors": markup_errors(delivered.source),
        "elements": rendered.elements,
        "depth": rendered.depth,
        "max_children": rendered.max_children,
    }


def _belongs_in_head(element: Element) -> str | None:
    """Name what an element in the body declares, where it only works in the head."""
    if element.flags & (HEAD | SVG):
        return None
    if element.tag == "title":
        return "title"
    if element.tag == "meta":
        name = element.attrs.get("name", "").strip().lower()
        return name if name in _IN_HEAD else None
    rel = tokens(element.attrs.get("rel", ""))
    if "canonical" in rel:
        return "canonical"
    return "hreflang" if "alternate" in rel and "hreflang" in element.attrs else None
