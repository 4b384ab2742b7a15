"""The shape of a document, asked by path: which facts there are, of which types, and what identifies a list's members.

In: a JSON Schema from `checks/shapes`. Out: `Fact`, the part of it that a path leads to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

TYPES: Final = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
_UNION: Final = ("anyOf", "oneOf")

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """What the shape says about one place in a document: one schema or several, any of which may hold."""

    root: Schema
    """The whole shape, for its own `$ref`s."""
    nodes: tuple[Schema, ...]

    @classmethod
    def of(cls, root: Schema, *schemas: Any) -> Fact:
        """Return the fact that `schemas` (parts of `root`, any of which may hold) describe."""
        return cls(root, tuple(node for schema in schemas for node in _alternatives(root, schema)))

    @cached_property
    def types(self) -> frozenset[str]:
        """The JSON types that the fact can have; `number` includes `integer`."""
        types: set[str] = set()
        for node in self.nodes:
            types |= _types(node)
        return frozenset(types | {"integer"}) if "number" in types else frozenset(types)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the members that an object has; a map may have others, too."""
        return frozenset(name for node in self.nodes for name in node.get("properties", {}))

    @cached_property
    def says(self) -> str:
        """What the shape says it means; empty where it says nothing."""
        return next((str(node["description"]) for node in self.nodes if "description" in node), "")

    @cached_property
    def identity(self) -> str | None:
        """Which member's value identifies a member of this list; None where the shape names none."""
        return next((str(node["x-identity"]) for node in self.nodes if "x-identity" in node), None)

    @cached_property
    def _known(self) -> dict[str | None, Fact | None]:
        """What was asked before: names of members, and None for the member of a list."""
        return {}

    def property(self, name: str) -> Fact | None:
        """Return the fact called `name` in this object; None where there is none."""
        if name not in self._known:
            self._known[name] = self._property(name)
        return self._known[name]

    def member(self) -> Fact | None:
        """Return what every member of this list is; None where it is no list."""
        if None not in self._known:
            found = [node["items"] for node in self.nodes if isinstance(node.get("items"), Mapping)]
            self._known[None] = Fact.of(self.root, *found) if found else None
        return self._known[None]

    def _property(self, name: str) -> Fact | None:
        found = [node["properties"][name] for node in self.nodes if name in node.get("properties", {})]
        if not found:
            found = [node["additionalProperties"] for node in self.nodes if _is_map(node)]
        return Fact.of(self.root, *found) if found else None

    def values(self) -> Fact:
        """Return what the values of this object are, whatever their names."""
        named = [schema for node in self.nodes for schema in node.get("properties", {}).values()]
        return Fact.of(self.root, *named, *(node["additionalProperties"] for node in self.nodes if _is_map(node)))

    def at(self, path: tuple[str, ...]) -> Fact | None:
        """Return the fact at a path of names; it does not lead into lists."""
        fact: Fact | None = self
        for name in path:
            fact = fact.property(name) if fact else None
        return fact

    def allows(self, value: Any) -> bool:
        """Say whether the fact can ever be `value`: its type, and its own list of values where it has one."""
        kinds = json_types(value)
        return any(kinds & _types(node) and (not _choices(node) or value in _choices(node)) for node in self.nodes)

    def choices(self) -> list[Any]:
        """Return the values that the fact can have, where the shape lists them."""
        return [value for node in self.nodes for value in _choices(node)]


def json_types(value: Any) -> frozenset[str]:
    """Return the names that JSON Schema has for the type of `value`; a whole number is `integer` and `number`."""
    match value:
        case None:
            return frozenset({"null"})
        case bool():
            return frozenset({"boolean"})
        case int():
            return frozenset({"integer", "number"})
        case float():
            return frozenset({"integer", "number"}) if value.is_integer() else frozenset({"number"})
        case str():
            return frozenset({"string"})
        case list():
            return frozenset({"array"})
        case _:
            return frozenset({"object"})


def _alternatives(root: Schema, schema: Any, depth: int = 0) -> Iterator[Schema]:
    """Yield the schemas, any of which may hold, with `$ref`, `allOf`, `anyOf` and `oneOf` resolved."""
    if not isinstance(schema, Mapping) or depth > 20:  # noqa: PLR2004  # a shape that refers to itself ends somewhere
        return
    rest = {key: value for key, value in schema.items() if key not in {"$ref", "allOf", *_UNION}}
    if "$ref" in schema:
        for node in _alternatives(root, _resolved(root, schema["$ref"]), depth + 1):
            yield {**node, **rest}
        return
    for part in schema.get("allOf", ()):
        rest = {**next(_alternatives(root, part, depth + 1), {}), **rest}
    unions = [part for keyword in _UNION for part in schema.get(keyword, ())]
    if not unions:
        yield rest
    for part in unions:
        for node in _alternatives(root, part, depth + 1):
            yield {**rest, **node}


def _resolved(root: Schema, ref: str) -> Any:
    node: Any = root
    for segment in ref.removeprefix("#").split("/")[1:]:
        node = node[segment]
    return node


def _types(node: Schema) -> frozenset[str]:
    declared = node.get("type")
    if declared is not None:
        types = frozenset([declared] if isinstance(declared, str) else declared)
        return types | {"integer"} if "number" in types else types
    if _choices(node):
        return frozenset(kind for value in _choices(node) for kind in json_types(value))
    if "properties" in node:
        return frozenset({"object"})
    return frozenset({"array"}) if "items" in node else TYPES


def _choices(node: Schema) -> list[Any]:
    if "const" in node:
        return [node["const"]]
    return list(node.get("enum", ()))


def _is_map(node: Schema) -> bool:
    return isinstance(node.get("additionalProperties"), Mapping)
