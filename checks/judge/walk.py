"""The way through a policy's schema: every part of it, through every applicator and `$ref`, beside the fact it judges.

In: a schema, its `$defs` and the shape of the documents. Out: a `Place` for each part, and a `Problem` for each name
that leads to no fact or to no definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from checks.judge.problems import Problem
from checks.judge.shape import Fact, Schema
from checks.judge.source import escaped
from checks.nearest import nearest

IN_PLACE: Final = ("not", "if", "then", "else")
IN_PLACE_LISTS: Final = ("allOf", "anyOf", "oneOf")
OF_MEMBERS: Final = ("items", "contains")
OF_VALUES: Final = ("additionalProperties",)


@dataclass(frozen=True, slots=True)
class Place:
    """One part of a policy's schema, and what it judges."""

    schema: Schema
    pointer: str
    """JSON Pointer to this part, in the policy."""
    fact: Fact
    name: str
    """The fact's dotted path from the document or from the member of a list; empty for these themselves."""
    in_list: bool = False
    """Whether the path begins at a member of a list."""
    seen: tuple[str, ...] = ()
    """The definitions that led here, so that one that refers to itself is found."""


def places(schema: Any, defs: Schema, fact: Fact, pointer: str) -> Iterator[Place | Problem]:
    """Yield every part of `schema` with the fact it judges, from the outside in."""
    if isinstance(schema, Mapping):
        yield from _from(Place(schema, pointer, fact, ""), defs)


def _from(place: Place, defs: Schema) -> Iterator[Place | Problem]:
    yield place
    for child in _children(place, defs):
        if isinstance(child, Problem):
            yield child
        elif isinstance(child.schema, Mapping):
            yield from _from(child, defs)


def _children(place: Place, defs: Schema) -> Iterator[Place | Problem]:
    yield from _same_fact(place)
    yield from _referred(place, defs)
    yield from _named(place)
    yield from _members(place)
    yield from _of_map(place)


def _same_fact(place: Place) -> Iterator[Place]:
    for keyword in IN_PLACE:
        if keyword in place.schema:
            yield _step(place, place.schema[keyword], keyword)
    for keyword in IN_PLACE_LISTS:
        for index, part in enumerate(place.schema.get(keyword, ())):
            yield _step(place, part, keyword, str(index))


def _referred(place: Place, defs: Schema) -> Iterator[Place | Problem]:
    ref = place.schema.get("$ref")
    if ref is None:
        return
    name = str(ref).removeprefix("#/$defs/")
    at = f"{place.pointer}/$ref"
    if name not in defs:
        yield Problem(f"no definition `{name}`{nearest(name, defs)}", at, "Definitions stand in `$defs`.")
    elif name in place.seen:
        yield Problem(
            f"the definition `{name}` refers to itself", at, "Facts are not nested without end; write it out."
        )
    else:
        yield replace(place, schema=defs[name], pointer=f"/$defs/{escaped(name)}", seen=(*place.seen, name))


def _named(place: Place) -> Iterator[Place | Problem]:
    """Go into the facts that `properties`, `required` and their like name."""
    for name, schema in place.schema.get("properties", {}).items():
        yield from _property(place, name, schema, "properties", name)
    for keyword in ("dependentSchemas", "dependentRequired"):
        for name, part in place.schema.get(keyword, {}).items():
            yield from _property(place, name, True, keyword, name)  # noqa: FBT003  # the schema that says nothing
            if keyword == "dependentSchemas":
                yield _step(place, part, keyword, name)
            else:
                for index, other in enumerate(part):
                    yield from _property(place, other, True, keyword, name, str(index))  # noqa: FBT003
    for index, name in enumerate(place.schema.get("required", ())):
        yield from _property(place, name, True, "required", str(index))  # noqa: FBT003


def _property(place: Place, name: str, schema: Any, *segments: str) -> Iterator[Place | Problem]:
    if "object" not in place.fact.types:
        return  # told as a keyword that cannot apply
    full = f"{place.name}.{name}" if place.name else name
    fact = place.fact.property(name)
    if fact is None:
        close = nearest(name, place.fact.names, [place.name] if place.name else [])
        remedy = "" if close else f"There are: {_listed(place.fact.names)}."
        yield Problem(f"no fact `{full}`{close}", _pointer(place, *segments), remedy)
        return
    yield replace(place, schema=schema, fact=fact, name=full, pointer=_pointer(place, *segments))


def _members(place: Place) -> Iterator[Place]:
    if "array" not in place.fact.types:
        return  # told as a keyword that cannot apply
    member = place.fact.member() or Fact.of(place.fact.root, {})
    for keyword in OF_MEMBERS:
        if keyword in place.schema:
            yield replace(_step(place, place.schema[keyword], keyword), fact=member, name="", in_list=True)
    for index, part in enumerate(place.schema.get("prefixItems", ())):
        yield replace(_step(place, part, "prefixItems", str(index)), fact=member, name="", in_list=True)


def _of_map(place: Place) -> Iterator[Place]:
    values = place.fact.values()
    for keyword in OF_VALUES:
        if keyword in place.schema:
            yield replace(_step(place, place.schema[keyword], keyword), fact=values, name=f"{place.name}.*")
    for pattern, part in place.schema.get("patternProperties", {}).items():
        yield replace(_step(place, part, "patternProperties", pattern), fact=values, name=f"{place.name}.*")
    if "propertyNames" in place.schema:
        names = Fact.of(place.fact.root, {"type": "string"})
        yield replace(_step(place, place.schema["propertyNames"], "propertyNames"), fact=names, name=f"{place.name}.*")


def _step(place: Place, schema: Any, *segments: str) -> Place:
    return replace(place, schema=schema, pointer=_pointer(place, *segments))


def _pointer(place: Place, *segments: str) -> str:
    return "/".join([place.pointer, *map(escaped, segments)])


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "none"
