"""What one look says: the facts that the delivered and the rendered document both have.

In: a look. Out: its `Twin`: the groups that `raw` repeats, and what was gathered on the way to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.facts import content, head
from checks.facts.canonical import canonical, declared, hreflang
from checks.facts.links import link_counts, links
from checks.facts.robots import robots
from checks.facts.structured_data import read_graph, structured_data

if TYPE_CHECKING:
    from checks.facts.look import Look
    from checks.facts.structured_data import Graph

Document = dict[str, Any]

_WHOLE = ("title", "description", "lang", "meta", "headings", "robots", "hreflang")
_PARTS = {
    "canonical": ("count", "values", "url"),
    "structured_data": ("types", "blocks", "syntax_errors"),
    "social": ("og", "twitter"),
    "links": ("count", "internal", "external"),
}


@dataclass(frozen=True, slots=True)
class Twin:
    """A look and what it says."""

    look: Look
    facts: Document
    words: content.Words
    graph: Graph


def twin(look: Look, *, alone: bool = True) -> Twin:
    """Read one look with every extractor that both looks pass through.

    `alone` is False for a delivered document that a rendered one stands beside: then its links are only counted.
    """
    reading = look.reading
    directives = robots(look)
    declarations = declared(look)
    graph = read_graph(look)
    facts = {
        "title": head.title(reading),
        "description": head.description(reading),
        "lang": head.lang(reading),
        "meta": head.meta(reading),
        "headings": content.headings(reading),
        "robots": directives,
        "canonical": canonical(look, declarations),
        "hreflang": hreflang(look, declarations),
        "structured_data": structured_data(look, graph),
        "social": head.social(look),
        "links": links(look, page_nofollow=directives["nofollow"]) if alone else link_counts(look),
    }
    return Twin(look, facts, content.words(reading), graph)


def as_raw(delivered: Twin) -> Document:
    """Return the group `raw`: what the delivered document says by itself."""
    facts = delivered.facts
    return {
        **{name: facts[name] for name in _WHOLE},
        **{name: {key: facts[name][key] for key in keys} for name, keys in _PARTS.items()},
        "text": {"words": delivered.words.words, "main_words": delivered.words.main_words},
    }
