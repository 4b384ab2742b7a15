"""What somebody wants changed about a policy, as the JSON Merge Patch that changes it.

In: a policy's document, keywords with new values, keys with new values. Out: the patch, or a `UserError` where it is
not clear what is meant. The nested place of a keyword is found in the policy's own schema: nobody has to write it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from checks.errors import UserError
from checks.judge.policy import schema_of

LIMITS: Final = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains")
"""Keywords that a number can be given for."""
_MAPS: Final = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_HOLDERS: Final = frozenset({"items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"})
_LISTS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a keyword stands in a policy."""

    steps: tuple[str, ...]
    """Keys from the outside in, the keyword last."""
    fact: str
    """The dotted fact that it limits."""
    value: Any
    in_list: bool
    """Whether it stands within a list of schemas, which a merge patch can only replace as a whole."""


def limit_patch(
    policy_id: str, document: Mapping[str, Any], keyword: str, value: Any, fact: str = ""
) -> dict[str, Any]:
    """Return the patch that gives `keyword` this value where the policy has it; `fact` says which where it has several.

    Raises UserError where the policy has none, several that may be meant, or one that no merge patch reaches.
    """
    places = [place for place in places_of(document) if place.steps[-1] == keyword]
    named = [place for place in places if place.fact == fact] if fact else places
    if not named:
        raise _none(policy_id, document, keyword, fact)
    if len(named) > 1:
        remedy = f"Say which with --fact: {', '.join(sorted({place.fact for place in named}))}."
        if len({place.fact for place in named}) == 1:
            remedy = "Write the change in gonogo.yaml by hand: gonogo policy show prints the policy."
        raise UserError(f"it has `{keyword}` in {len(named)} places", where=policy_id, remedy=remedy)
    [place] = named
    if place.in_list:
        what = f"its `{keyword}` of {place.fact} stands in a list of rules, which a change can only replace as a whole"
        raise UserError(what, where=policy_id, remedy="Drop the policy, and write your own: gonogo policy new.")
    return nested(place.steps, value)


def nested(steps: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Return an object that holds `value` at a path of keys."""
    for step in reversed(steps):
        value = {step: value}
    found: dict[str, Any] = value
    return found


def places_of(document: Mapping[str, Any]) -> Iterator[Place]:
    """Yield every limit in a policy, with the fact that it is about."""
    yield from _places(schema_of(document), (), (), in_list=False)


def _places(schema: Any, steps: tuple[str, ...], fact: tuple[str, ...], *, in_list: bool) -> Iterator[Place]:
    if not isinstance(schema, Mapping):
        return
    for key, value in schema.items():
        at = (*steps, key)
        if key in LIMITS:
            yield Place(at, ".".join(fact), value, in_list)
        elif key in _MAPS:
            for name, part in value.items():
                yield from _places(part, (*at, name), (*fact, name), in_list=in_list)
        elif key in _HOLDERS:
            yield from _places(value, at, fact, in_list=in_list)
        elif key in _LISTS:
            for index, part in enumerate(value):
                yield from _places(part, (*at, str(index)), fact, in_list=True)


def _none(policy_id: str, document: Mapping[str, Any], keyword: str, fact: str) -> UserError:
    has = [f"{place.steps[-1]} {place.value} of {place.fact}" for place in places_of(document)]
    of = f" of `{fact}`" if fact else ""
    remedy = f"It has: {'; '.join(has)}." if has else "It has no limit that is a number."
    return UserError(f"it has no `{keyword}`{of}", where=policy_id, remedy=remedy)
