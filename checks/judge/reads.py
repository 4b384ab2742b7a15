"""Which facts a policy reads, known from its schema alone: through every applicator and `$ref`.

In: a schema and its definitions. Out: the groups it needs, and the paths of the facts that it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checks.judge.vocabulary import ALWAYS_THERE
from checks.judge.walk import IN_PLACE, IN_PLACE_LISTS


def groups(schema: Any, defs: Mapping[str, Any]) -> frozenset[str]:
    """Return the groups of facts (top-level properties) that must have been measured before `schema` can judge."""
    return frozenset(path[0] for path in paths(schema, defs)) - ALWAYS_THERE


def subject(schema: Any, defs: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the path of the first fact that `schema` limits; of one that is always there only if there is no other."""
    found = list(paths(schema, defs))
    deepest = [path for path in found if not any(other != path and other[: len(path)] == path for other in found)]
    return next((path for path in deepest if path[0] not in ALWAYS_THERE), next(iter(deepest), ()))


def paths(schema: Any, defs: Mapping[str, Any], seen: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of each fact that `schema` names, outer ones before inner ones; lists are not gone into."""
    if not isinstance(schema, Mapping):
        return
    for name, part in schema.get("properties", {}).items():
        yield (name,)
        yield from ((name, *path) for path in paths(part, defs, seen))
    for name in schema.get("required", ()):
        yield (name,)
    for name, others in schema.get("dependentRequired", {}).items():
        yield from ((each,) for each in (name, *others))
    for name, part in schema.get("dependentSchemas", {}).items():
        yield (name,)
        yield from paths(part, defs, seen)
    for part in _same_fact(schema):
        yield from paths(part, defs, seen)
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    if name in defs and name not in seen:
        yield from paths(defs[name], defs, (*seen, name))


def _same_fact(schema: Mapping[str, Any]) -> Iterator[Any]:
    for keyword in IN_PLACE:
        if keyword in schema:
            yield schema[keyword]
    for keyword in IN_PLACE_LISTS:
        yield from schema.get(keyword, ())
