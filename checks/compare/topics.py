"""The table of what is compared: topic -> what is made of the values before and after.

In: what `compared.py` keeps of a page on either side. Out: the groups of a `change` document. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.compare import measures, search_topics, visit_topics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Document = dict[str, Any]

TOPICS: Final[dict[str, Callable[[Any, Any], Document]]] = {
    "status": search_topics.status,
    "indexability": search_topics.indexability,
    "canonical": search_topics.canonical,
    "title": measures.text,
    "description": measures.text,
    "h1": measures.text,
    "headings": search_topics.headings,
    "text": search_topics.main_text,
    "words": search_topics.words,
    "served_text": search_topics.served_text,
    "lang": search_topics.lang,
    "robots": search_topics.robots,
    "hreflang": search_topics.hreflang,
    "structured_data": search_topics.structured_data,
    "social": search_topics.social,
    "verification": search_topics.verification,
    "links": visit_topics.links,
    "images": visit_topics.images,
    "weight": visit_topics.weight,
    "scripts": visit_topics.weight,
    "requests": visit_topics.weight,
    "third_parties": visit_topics.third_parties,
    "headers": visit_topics.headers,
    "csp": visit_topics.csp,
    "cookies": visit_topics.cookies,
    "analytics": visit_topics.analytics,
    "forms": visit_topics.forms,
    "console": visit_topics.console,
    "a11y": visit_topics.a11y,
}
"""Each is a group of the `change` document of a page that stayed."""


_COSTS: Final = frozenset({"weight", "scripts", "requests"})
"""What a page costs: a date in a footer compresses differently, and makes it no other page."""


def groups(before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    """Return a group for each topic that was measured on both sides."""
    return {name: of(before[name], after[name]) for name, of in TOPICS.items() if name in before and name in after}


def differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Return whether the page is another one: by any topic that was measured on both sides, but for what it costs."""
    return any(before[name] != after[name] for name in _both(before, after) - _COSTS)


def cost_differs(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Return whether the page costs more or less."""
    return any(before[name] != after[name] for name in _both(before, after) & _COSTS)


def _both(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for name in TOPICS if name in before and name in after)
