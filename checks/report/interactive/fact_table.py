"""What the workbench knows of each fact that a rule can be about: its types, what it means, which values it can have.

In: the shape of a kind of document. Out: one short record for each fact, by its path; `[]` is each member of a list,
and `*` each member of a map. So the browser needs no schema to tell what can be asked of a fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.judge.examples import lenient
from checks.judge.shape import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEEPEST: Final = 8
_LIMITS: Final = frozenset(
    {"type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
    | {"minLength", "maxLength", "pattern"}
)
"""Keywords of a shape that say which values a fact can have, without what it holds."""


def fact_table(shape: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every fact of documents of this shape."""
    return dict(_below(Fact.of(shape, shape), "", 0))


def _below(fact: Fact, path: str, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    if path:
        yield path, _record(fact)
    if depth > _DEEPEST:  # a shape that refers to itself ends somewhere
        return
    for name in sorted(fact.names):
        if inner := fact.property(name):
            yield from _below(inner, f"{path}.{name}" if path else name, depth + 1)
    if path and (values := fact.property("*")) and "*" not in fact.names:
        yield from _below(values, f"{path}.*", depth + 1)
    if member := fact.member():
        yield from _below(member, f"{path}[]", depth + 1)


def _record(fact: Fact) -> dict[str, Any]:
    nodes = [lenient({key: node[key] for key in node if key in _LIMITS}) for node in fact.nodes]
    record: dict[str, Any] = {"types": sorted(fact.types), "says": fact.says, "values": nodes}
    if choices := fact.choices():
        record["choices"] = choices
    if fact.identity:
        record["identity"] = fact.identity
    if fact.names:
        record["names"] = sorted(fact.names)
    return record
