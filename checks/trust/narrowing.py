"""Whether one JSON Schema is provably as strict as another: every document that it accepts satisfies the other.

In: two schemas of policies, each with its `$defs`. Out: True where that is proven, False where it is not known. Pure.
It must never say True wrongly, for what it proves needs nobody's sign-off; where it is too simple to see the proof, an
owner looks at the change. Each keyword of the wider schema is looked for in the narrower one (JSON Schema 2020-12).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from math import inf
from typing import Any, Final

from checks.trust.bounds import BOUND_NAMES, within

Schema = Mapping[str, Any]

NOTES: Final = frozenset({"$schema", "$comment", "$defs", "title", "description", "examples"})
"""Keywords that judge nothing where they stand."""
_MAPS: Final = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
"""Keywords that hold schemas by names of the author's own, which may look like keywords."""
_VALUES: Final = frozenset({"const", "enum", "required", "dependentRequired", "type", "$ref", "pattern"})
"""Keywords that hold no schemas."""
MOST_CHARACTERS: Final = 20_000_000
"""Schemas may be hostile, and refer to themselves: after so much has been compared, nothing is proven."""
DEEPEST: Final = 70


def implies(narrow: Any, wide: Any, narrow_defs: Schema | None = None, wide_defs: Schema | None = None) -> bool:
    """Say whether every document that satisfies `narrow` is proven to satisfy `wide`."""
    before, after = _stripped_map(wide_defs or {}), _stripped_map(narrow_defs or {})
    same = _text(before) == _text(after)
    return _Proof(after, before, [MOST_CHARACTERS], same_defs=same).holds(stripped(narrow), stripped(wide))


def stripped(schema: Any) -> Any:
    """Return `schema` without what judges nothing; facts and definitions keep their names, whatever these are."""
    if not isinstance(schema, Mapping):
        return [stripped(each) for each in schema] if isinstance(schema, list) else schema
    return {
        key: value if key in _VALUES else _stripped_map(value) if key in _MAPS else stripped(value)
        for key, value in schema.items()
        if key not in NOTES
    }


def _stripped_map(schemas: Any) -> Any:
    return {name: stripped(each) for name, each in schemas.items()} if isinstance(schemas, Mapping) else schemas


class _Proof:
    """Compares two schemas that may refer to definitions of their own; all of them are stripped."""

    def __init__(
        self, narrow_defs: Schema, wide_defs: Schema, left: list[int], depth: int = 0, *, same_defs: bool
    ) -> None:
        self.narrow_defs, self.wide_defs, self.same_defs = narrow_defs, wide_defs, same_defs
        self.left = left
        """Characters that may still be compared, shared with the proofs within this one."""
        self.depth = depth

    def holds(self, narrow: Any, wide: Any) -> bool:
        """Say whether `narrow` is proven to be at least as strict as `wide`."""
        if narrow is False or wide is True:
            return True
        narrow = {} if narrow is True else narrow
        if self.same(narrow, wide):
            return True
        if self.left[0] < 0 or self.depth > DEEPEST or not isinstance(narrow, dict) or not isinstance(wide, dict):
            return False
        self.depth += 1
        bounded = within(narrow, wide)
        rest = [key for key in wide if key not in BOUND_NAMES]
        proven = bounded and all(_PROOF_BY_KEYWORD.get(key, _equal_only)(self, key, narrow, wide) for key in rest)
        self.depth -= 1
        return proven

    def same(self, narrow: Any, wide: Any) -> bool:
        """Say whether the two mean the same because they are the same."""
        one, other = _text(narrow), _text(wide)
        self.left[0] -= len(one) + len(other)
        return one == other and (self.same_defs or "$ref" not in one)

    def turned(self) -> _Proof:
        """Return the proof of the other direction."""
        return _Proof(self.wide_defs, self.narrow_defs, self.left, self.depth, same_defs=self.same_defs)


def _text(value: Any) -> str:
    """Values are compared as text, for in Python true equals 1."""
    return json.dumps(value, sort_keys=True)


def _equal_only(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    return key in narrow and proof.same({key: narrow[key]}, {key: wide[key]})


def _choices(_: _Proof, __: str, narrow: Schema, wide: Schema) -> bool:
    """`enum` and `const`: every value that is left is one of those before."""
    if not {"enum", "const"} & set(narrow):
        return False
    before, after = _values(wide), _values(narrow)
    return after <= before


def _values(schema: Schema) -> set[str]:
    allowed = {_text(value) for value in schema.get("enum", [schema.get("const")])}
    return allowed & {_text(schema["const"])} if "const" in schema else allowed


def _types(_: _Proof, __: str, narrow: Schema, wide: Schema) -> bool:
    before, after = ({*_listed(side.get("type"))} for side in (wide, narrow))
    before |= {"integer"} if "number" in before else set()
    return bool(after) and after <= before


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _required(_: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    return set(wide[key]) <= set(narrow.get(key, ()))


def _dependent(_: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    have = narrow.get(key, {})
    return all(set(names) <= set(have.get(name, ())) for name, names in wide[key].items())


def _inner(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    return proof.holds(narrow.get(key, True), wide[key])


def _each(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    """`properties` and its like: what is said of each name is at least as strict."""
    have = narrow.get(key, {})
    return all(proof.holds(have.get(name, True), schema) for name, schema in wide[key].items())


def _others(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    """`additionalProperties`: also what is now named, and so no longer among the others, must be as strict."""
    before = wide.get("properties", {})
    named = [schema for name, schema in narrow.get("properties", {}).items() if name not in before]
    patterns = set(narrow.get("patternProperties", {})) - set(wide.get("patternProperties", {}))
    return (
        not patterns
        and proof.holds(narrow.get(key, True), wide[key])
        and all(proof.holds(schema, wide[key]) for schema in named)
    )


def _members(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    """`items`: what follows the first members, of which there must be as many."""
    as_many = len(narrow.get("prefixItems", ())) == len(wide.get("prefixItems", ()))
    return as_many and proof.holds(narrow.get(key, True), wide[key])


def _first_members(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    have = narrow.get(key, ())
    return len(have) == len(wide[key]) and all(map(proof.holds, have, wide[key]))


def _contains(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    """`contains`, with `minContains` (1 where it is left out) and `maxContains`."""
    if key not in narrow or not proof.holds(narrow[key], wide[key]):
        return False
    most = "maxContains" not in wide or (
        proof.same(narrow[key], wide[key]) and narrow.get("maxContains", inf) <= wide["maxContains"]
    )
    return most and bool(narrow.get("minContains", 1) >= wide.get("minContains", 1))


def _elsewhere(*_: Any) -> bool:
    """What is judged together with another keyword of the table."""
    return True


def _unique(_: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    return wide[key] is False or narrow.get(key) is True


def _all_of(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    """Each of the wider ones follows from one of the narrower ones, or from what stands beside them."""
    beside = {name: value for name, value in narrow.items() if name != key}
    have = [*narrow.get(key, ()), beside]
    return all(any(proof.holds(one, schema) for one in have) for schema in wide[key])


def _any_of(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    return key in narrow and all(any(proof.holds(one, schema) for schema in wide[key]) for one in narrow[key])


def _not(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    return key in narrow and proof.turned().holds(wide[key], narrow[key])


def _condition(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    """`if`, `then` and `else`: under a condition that is the same, or under one that is met more often."""
    if key not in narrow or not proof.holds(narrow.get("then", True), wide.get("then", True)):
        return False
    if proof.same(narrow[key], wide[key]):
        return proof.holds(narrow.get("else", True), wide.get("else", True))
    return "else" not in wide and proof.turned().holds(wide[key], narrow[key])


def _reference(proof: _Proof, key: str, narrow: Schema, wide: Schema) -> bool:
    if key not in narrow:
        return False
    before, after = (
        defs.get(str(side[key]).removeprefix("#/$defs/"))
        for defs, side in ((proof.wide_defs, wide), (proof.narrow_defs, narrow))
    )
    return before is not None and after is not None and proof.holds(after, before)


_PROOF_BY_KEYWORD: Final[dict[str, Callable[[_Proof, str, Schema, Schema], bool]]] = {
    "$ref": _reference,
    "type": _types,
    "enum": _choices,
    "const": _choices,
    "required": _required,
    "dependentRequired": _dependent,
    "properties": _each,
    "patternProperties": _each,
    "dependentSchemas": _each,
    "additionalProperties": _others,
    "propertyNames": _inner,
    "items": _members,
    "prefixItems": _first_members,
    "contains": _contains,
    "minContains": _elsewhere,
    "maxContains": _elsewhere,
    "uniqueItems": _unique,
    "allOf": _all_of,
    "anyOf": _any_of,
    "not": _not,
    "if": _condition,
    "then": _elsewhere,
    "else": _elsewhere,
}
"""Keyword of the wider schema -> what proves it; for every other one only that it stands in the narrower one, too."""
