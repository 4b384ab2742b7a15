"""What rich results ask of structured data: properties, names that exist, types that still have a result.

In: the things of a page. Out: lists of the group `structured_data`. What is asked lies in `data/rich_results.json`,
the vocabulary in `data/schema_org.json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.sd_graph import VOCABULARY, kinds
from checks.facts.texts import clip, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.facts.sd_graph import Node, Things

_RICH = reference("rich_results")
_NESTED = frozenset(_RICH["nested"])
_VOCABULARY = reference("schema_org")
_TYPES = frozenset(_VOCABULARY["types"])
_PROPERTIES = frozenset(_VOCABULARY["properties"].split())
_MEMBERS = frozenset(_VOCABULARY["members"].split()) | _TYPES | _PROPERTIES
_CONSTRAINTS = ("-input", "-output")
_MOST = 50


def problems(things: Things) -> list[dict[str, Any]]:
    """Return what rich results miss, each property of a type once; nothing is asked of parts and mentions."""
    found: dict[str, dict[str, Any]] = {}
    for node in things.nodes:
        for level, path in _asked(node):
            if not things.has(node.said, path):
                name, wanted = node.types[0], path.replace("?", "").replace("|", " or ")
                key = f"{name} {wanted}"
                entry = {"key": key, "type": name, "property": wanted, "level": level, "format": node.format}
                found.setdefault(key, entry)
    return [found[key] for key in sorted(found)]


def _asked(node: Node) -> Iterator[tuple[str, str]]:
    """Give (level, path) of what is asked of a thing, for the nearest of its kinds of which something is."""
    for level, table in (("error", _RICH["required"]), ("warning", _RICH["recommended"])):
        for name in node.types:
            kind = next((one for one in kinds(name) if one in table), None)
            if kind is not None and (kind in _NESTED if not node.is_root else True):
                yield from ((level, path) for path in table[kind])


def retired(things: Things) -> list[dict[str, Any]]:
    """Return the types whose result search engines do not show any more; a HowTo inside a recipe is none of them."""
    table: Mapping[str, str] = _RICH["retired"]
    found = {
        name: {"type": name, "since": table[name]}
        for node in things.nodes
        for name in node.types
        if name in table and (node.is_root or name == "SearchAction")
    }
    return [found[name] for name in sorted(found)]


def missing_expected(things: Things, page_type: str | None) -> list[dict[str, str]]:
    """Return the types that a page of this type should have, and has not."""
    present = {kind for node in things.nodes for name in node.types for kind in kinds(name)}
    return [{"type": name} for name in _RICH["expected"].get(page_type, ()) if name not in present]


def unknown_terms(things: Things) -> list[dict[str, str]]:
    """Return the types, properties and values under schema.org's address that schema.org does not have."""
    found = set[tuple[str, str]]()
    for node in things.nodes:
        if not node.own_vocabulary:
            continue
        found.update(("type", name) for name in node.types if name.isalnum() and name not in _TYPES)
        for name, value in node.said.items():
            plain = VOCABULARY.sub("", name)
            word = next((plain.removesuffix(end) for end in _CONSTRAINTS if plain.endswith(end)), plain)
            if word.isalnum() and word not in _PROPERTIES:
                found.add(("property", plain))
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str) and name not in {"@type", "@context"} and _is_unknown_member(one):
                    found.add(("value", one))
    shown = [(kind, clip(well_formed(term), 200)) for kind, term in sorted(found)][:_MOST]
    return [{"key": f"{kind} {term}", "kind": kind, "term": term} for kind, term in shown]


def _is_unknown_member(value: str) -> bool:
    name = VOCABULARY.sub("", value)
    return name != value and name.isalnum() and name not in _MEMBERS
