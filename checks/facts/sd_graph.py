"""The typed things of a page as one graph, whatever they were written in.

In: what a JSON-LD block holds, or the same made of microdata or RDFa. Out: a `Graph`, filled by `add`: every thing with
the property that it stands under, and ways to ask for what a thing says. Nothing here recurses or raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Said = dict[str, Any]

VOCABULARY = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
ROOTS = frozenset({"", "@graph", "mainEntity"})
"""Properties whose things stand for themselves; all others are parts or mentions of another thing."""
_MOST = 1000
_MENTION = frozenset({"@context", "@id", "@type", "name", "url"})
_SAYS_NOTHING: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Node:
    """One typed thing."""

    format: str
    block: int
    types: tuple[str, ...]
    under: str
    """The property that it is the value of; empty for a thing by itself."""
    said: Said
    own_vocabulary: bool
    """Whether its names are those of schema.org and of nothing else."""

    @property
    def is_root(self) -> bool:
        """Whether it stands for itself, and is no mere mention of a thing that is told of elsewhere."""
        return self.under in ROOTS and not ("@id" in self.said and self.said.keys() <= _MENTION)


@dataclass(slots=True)
class Things:
    """The things of a page, at most 1,000 of them."""

    nodes: list[Node] = field(default_factory=list)
    by_id: dict[str, Said] = field(default_factory=dict)

    def add(self, said: Said, kind: str, block: int, under: str, *, own_vocabulary: bool) -> None:
        """Take in a thing, where it has a type."""
        types = type_names(said.get("@type"))
        if not types or len(self.nodes) >= _MOST:
            return
        # Types of other vocabularies keep their address or their prefix.
        own_vocabulary = own_vocabulary and all(name.isalnum() for name in types)
        self.nodes.append(Node(kind, block, tuple(types), under, said, own_vocabulary))
        name = said.get("@id")
        if isinstance(name, str) and len(said) > len(self.by_id.get(name, ())):
            self.by_id[name] = said

    def values(self, said: Mapping[str, Any], name: str) -> list[Any]:
        """Return what a thing says under a name: lists opened, references followed, what says nothing left out."""
        found, todo = [], [said.get(name, said.get(f"schema:{name}"))]
        while todo:
            value = todo.pop()
            if isinstance(value, list):
                todo.extend(reversed(value))
            elif isinstance(value, dict) and "@value" in value:
                todo.append(value["@value"])
            elif isinstance(value, dict) and isinstance(value.get("@list"), list):
                todo.extend(reversed(value["@list"]))
            elif value not in _SAYS_NOTHING:
                found.append(self._resolved(value))
        return found

    def texts(self, said: Mapping[str, Any], name: str) -> list[str]:
        """Return what a thing says under a name in words, or what the things there are called."""
        found = []
        for value in self.values(said, name):
            one = next(iter(self.values(value, "name")), None) if isinstance(value, dict) else value
            if isinstance(one, (str, int, float)) and not isinstance(one, bool):
                found.append(str(one).strip())
        return found

    def has(self, said: Mapping[str, Any], path: str) -> bool:
        """Whether a thing says something under `a`, `a.b`, or one of `a|b.c`; see `data/rich_results.json`."""
        return any(self._follows(said, one) for one in path.split("|"))

    def _follows(self, said: Mapping[str, Any], path: str) -> bool:
        level: list[Any] = [said]
        for step in path.split("."):
            name = step.removesuffix("?")
            # A text stands for all that could be said of it: `author: "Edith"` needs no name.
            things = [one for one in level if isinstance(one, dict)]
            if len(things) < len(level):
                return True
            level = [value for one in things for value in self.values(one, name)]
            if not level:
                return step.endswith("?")
        return True

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and value.keys() <= {"@id", "@type"}:
            return self.by_id.get(value["@id"], value)
        return value


def type_names(value: Any) -> list[str]:
    """Return the names of types, without the vocabulary's address."""
    names = value if isinstance(value, list) else [value]
    return [clip(VOCABULARY.sub("", name), 200) for name in names if isinstance(name, str) and name.strip()]


@lru_cache(maxsize=2048)
def kinds(name: str) -> tuple[str, ...]:
    """Return a type and everything that it is a kind of, the nearest first."""
    parents = reference("schema_org")["types"]
    found, todo = [], [name]
    while todo:
        one = todo.pop(0)
        if one not in found:
            found.append(one)
            todo.extend(parents.get(one, "").split())
    return tuple(found)


def nodes_of(things: Things, *names: str) -> Iterator[Node]:
    """Give the things of one of the types, or of a kind of it."""
    wanted = set(names)
    return (node for node in things.nodes if any(wanted & set(kinds(name)) for name in node.types))
