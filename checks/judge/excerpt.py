"""Examples from real documents: what a policy reads of one, and the same changed so that it comes to another end.

In: a policy, a document of facts, its shape. Out: parts of documents for `examples` and `x-counterexamples`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from checks.judge import reads
from checks.judge.evaluate import outcomes
from checks.judge.examples import is_strange
from checks.judge.templates import looked_up

if TYPE_CHECKING:
    from checks.judge.policy import Policy
    from checks.judge.shape import Fact

Document = dict[str, Any]
_SIZES: Final = ((2, 80), (4, 300), (12, 2000))
"""How many members of lists and how many characters of texts are kept: the first that come to the same end."""
_NUMBERS: Final = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
_COUNTS: Final = frozenset({"minItems", "maxItems", "minLength", "maxLength"})


def excerpt(policy: Policy, document: Mapping[str, Any], shape: Fact) -> Document:
    """Return what `policy` reads of `document`, as short as it can be with the same outcome."""
    paths = {*reads.paths(policy.schema, policy.definitions), *reads.paths(policy.applies_to, policy.definitions)}
    deepest = [path for path in paths if not any(other != path and other[: len(path)] == path for other in paths)]
    whole = _parts(document, sorted({*deepest, ("path",)} if policy.reads != "site" else deepest))
    wanted = outcome_of(policy, whole, shape)
    short = (_cut(whole, *sizes) for sizes in _SIZES)
    return next((each for each in short if outcome_of(policy, each, shape) == wanted), whole)


def outcome_of(policy: Policy, document: Document, shape: Fact) -> str:
    """Return what a part of a document comes to."""
    [(outcome, _)] = outcomes(policy, [document], shape)
    return outcome


def turned(
    policy: Policy, document: Document, path: tuple[str, ...], shape: Fact, wanted: str, word: str = ""
) -> Document | None:
    """Return `document` with the fact at `path` changed so that it comes to `wanted`; None where no change was found.

    A path may lead into a list: then its first member is changed, or one is added. `word` is a text that the rule looks
    for where no keyword of its schema holds it as it is.
    """
    there = looked_up(path, document)
    longer = [f"{there if isinstance(there, str) else ''} {word}".strip()] if word else []
    for value in (*longer, *_candidates(policy.schema, _at(shape, path))):
        changed: Document = _with(document, path, value, shape)
        if not is_strange(changed, shape) and outcome_of(policy, changed, shape) == wanted:
            return changed
    return None


def _parts(document: Mapping[str, Any], paths: list[tuple[str, ...]]) -> Document:
    part: Document = {}
    for path in paths:
        source: Any = document
        target = part
        for name in path[:-1]:
            source = source.get(name) if isinstance(source, Mapping) else None
            if isinstance(source, Mapping):
                target = target.setdefault(name, {})
        if isinstance(source, Mapping) and path[-1] in source:
            target[path[-1]] = source[path[-1]]
    return part


def _cut(value: Any, members: int, characters: int, name: str = "") -> Any:
    match value:
        case Mapping():
            return {key: _cut(each, members, characters, key) for key, each in value.items()}
        case list():
            return [_cut(each, members, characters) for each in value[:members]]
        case str() if name != "path":
            return value[:characters]
        case _:
            return value


def _at(shape: Fact, path: tuple[str, ...]) -> Fact | None:
    fact: Fact | None = shape
    for name in path:
        if fact is not None and "array" in fact.types and "object" not in fact.types:
            fact = fact.member()
        fact = fact.property(name) if fact else None
    return fact


def _with(value: Any, path: tuple[str, ...], new: Any, shape: Fact | None) -> Any:
    if not path:
        return new
    if shape is not None and "array" in shape.types and "object" not in shape.types:
        members = list(value) if isinstance(value, list) and value else [_sample(shape.member(), shape.identity)]
        return [_with(members[0], path, new, shape.member()), *members[1:]]
    holder = dict(value) if isinstance(value, Mapping) else {}
    inner = shape.property(path[0]) if shape else None
    return {**holder, path[0]: _with(holder.get(path[0]), path[1:], new, inner)}


def _sample(member: Fact | None, identity: str | None) -> Any:
    if member is None or "object" not in member.types:
        return "example" if member is None or "string" in member.types else 1
    named = member.property(identity) if identity else None
    if identity is None or named is None:
        return {}
    choices = named.choices()
    return {identity: choices[0] if choices else "example" if "string" in named.types else 1}


def _candidates(schema: Any, fact: Fact | None) -> Iterator[Any]:
    """Yield values that may lie on one side or the other of what `schema` asks for."""
    if fact is None:
        return
    said = list(_said(schema))
    numbers = [value for key, value in said if key in _NUMBERS | _COUNTS]
    constants = [value for key, value in said if key not in _NUMBERS | _COUNTS]
    values: list[Any] = [*constants, *fact.choices(), *(number + step for number in numbers for step in (-1, 0, 1))]
    values += [f"{value} or another" for value in constants if isinstance(value, str)]
    sizes = [min(max(0, int(number) + step), 10_000) for number in numbers for step in (-1, 0, 1)]
    values += [None, True, False, "", 0, 1, "example", *("x" * size for size in sizes)]
    if "array" in fact.types:
        member = _sample(fact.member(), fact.identity)
        named = [
            {fact.identity: value} if isinstance(member, Mapping) and fact.identity else value for value in constants
        ]
        values += [[], [member], *([value] for value in named), *([member] * size for size in sizes if size <= 100)]  # noqa: PLR2004
    for value in values:
        if fact.allows(value):
            yield value


def _said(schema: Any) -> Iterator[tuple[str, Any]]:
    """Yield the limits and constants that stand anywhere in `schema`."""
    if isinstance(schema, list):
        for part in schema:
            yield from _said(part)
    if not isinstance(schema, Mapping):
        return
    for key, value in schema.items():
        if (key in _NUMBERS | _COUNTS and isinstance(value, int | float)) or key == "const":
            yield key, value
        elif key == "enum" and isinstance(value, list):
            yield from ((key, each) for each in value)
        else:
            yield from _said(value)
