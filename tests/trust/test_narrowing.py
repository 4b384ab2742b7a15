"""What is called at least as strict is: nothing that failed before may pass."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.trust.narrowing import implies

Schema = dict[str, Any]
NUMBERS = [half / 2 for half in range(-2, 26)]


def about(**limits: Any) -> Schema:
    return {"properties": {"title": {"properties": {"length": limits}}}}


TIGHTER: dict[str, tuple[Any, Any]] = {
    "a higher minimum": (about(minimum=12), about(minimum=10)),
    "a lower maximum": (about(maximum=50), about(maximum=60)),
    "from maximum to exclusiveMaximum": (about(exclusiveMaximum=60), about(maximum=60)),
    "another limit beside": (about(maximum=60, minimum=1), about(maximum=60)),
    "one more required": ({"required": ["a", "b"]}, {"required": ["a"]}),
    "one less allowed": ({"properties": {"a": {"enum": [1, 2]}}}, {"properties": {"a": {"enum": [1, 2, 3]}}}),
    "one value of several": ({"properties": {"a": {"const": 2}}}, {"properties": {"a": {"enum": [1, 2, 3]}}}),
    "one fact more": ({"properties": {"a": {}, "b": {"const": 1}}}, {"properties": {"a": {}}}),
    "a narrower type": ({"properties": {"a": {"type": "integer"}}}, {"properties": {"a": {"type": "number"}}}),
    "shorter lists": ({"properties": {"a": {"maxItems": 0}}}, {"properties": {"a": {"maxItems": 3}}}),
    "one choice less": ({"anyOf": [{"required": ["a"]}]}, {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}),
    "one condition more": ({"allOf": [about(minimum=1), about(maximum=5)]}, {"allOf": [about(maximum=6)]}),
    "more is forbidden": ({"not": about(minimum=5)}, {"not": about(minimum=7)}),
    "a stricter consequence": (
        {"if": {"required": ["a"]}, "then": {"required": ["b", "c"]}},
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
    ),
    "a condition that is met more often": (
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"if": {"required": ["a", "c"]}, "then": {"required": ["b"]}},
    ),
    "other words": ({"title": "x", "$comment": "y", **about(maximum=60)}, {"description": "z", **about(maximum=60)}),
    "a condition instead of none": (about(maximum=60), True),
    "nothing passes": (False, about(maximum=60)),
}
NOT_PROVEN: dict[str, tuple[Any, Any]] = {
    "a lower minimum": (about(minimum=8), about(minimum=10)),
    "from exclusiveMaximum to maximum": (about(maximum=60), about(exclusiveMaximum=60)),
    "a limit less": (about(), about(minimum=10)),
    "another fact": ({"properties": {"text": {"const": 1}}}, {"properties": {"title": {"const": 1}}}),
    "one less required": ({"required": ["a"]}, {"required": ["a", "b"]}),
    "one more allowed": ({"properties": {"a": {"enum": [1, 2]}}}, {"properties": {"a": {"enum": [1]}}}),
    "true where 1 was": ({"properties": {"a": {"const": True}}}, {"properties": {"a": {"const": 1}}}),
    "a wider type": ({"properties": {"a": {"type": "number"}}}, {"properties": {"a": {"type": "integer"}}}),
    "another pattern": ({"properties": {"a": {"pattern": "^a"}}}, {"properties": {"a": {"pattern": "^ab"}}}),
    "less is forbidden": ({"not": about(minimum=7)}, {"not": about(minimum=5)}),
    "one choice more": ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"anyOf": [{"required": ["a"]}]}),
    "a condition that is met less often": (
        {"if": {"required": ["a", "c"]}, "then": {"required": ["b"]}},
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
    ),
    "a name that is no longer among the others": (
        {"properties": {"x": {}}, "additionalProperties": {"const": 1}},
        {"additionalProperties": {"const": 1}},
    ),
    "a first member that is no longer among the others": (
        {"prefixItems": [{}], "items": {"const": 1}},
        {"items": {"const": 1}},
    ),
    "fewer that match": ({"contains": {"const": 1}}, {"contains": {"const": 1}, "minContains": 2}),
    "a fact that is called as a note is": ({"properties": {"title": {}}}, {"properties": {"title": {"const": 1}}}),
}


@pytest.mark.parametrize(("narrow", "wide"), TIGHTER.values(), ids=TIGHTER)
def test_what_is_provably_as_strict_is_seen(narrow: Any, wide: Any) -> None:
    assert implies(narrow, wide)


@pytest.mark.parametrize(("narrow", "wide"), NOT_PROVEN.values(), ids=NOT_PROVEN)
def test_what_may_let_more_pass_is_not_called_as_strict(narrow: Any, wide: Any) -> None:
    assert not implies(narrow, wide)


def test_definitions_are_followed_where_they_are_used() -> None:
    rule = {"properties": {"a": {"$ref": "#/$defs/limit"}}}
    assert implies(rule, rule, {"limit": {"maximum": 4}}, {"limit": {"maximum": 5}})
    assert not implies(rule, rule, {"limit": {"maximum": 6}}, {"limit": {"maximum": 5}})
    assert not implies({"not": rule}, {"not": rule}, {"limit": {"maximum": 4}}, {"limit": {"maximum": 5}})


def test_a_definition_that_refers_to_itself_ends() -> None:
    rule = {"$ref": "#/$defs/a"}
    assert not implies(rule, rule, {"a": {"items": rule, "maxItems": 1}}, {"a": {"items": rule, "maxItems": 2}})


def test_a_schema_that_would_take_for_ever_to_compare_is_not_proven() -> None:
    def nested(depth: int, limit: int) -> Schema:
        inner = nested(depth - 1, limit) if depth else {"maximum": limit}
        return {"allOf": [inner, copy.deepcopy(inner)]}

    assert not implies(nested(9, 7), nested(9, 5))


LIMITS = st.dictionaries(
    st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]), st.integers(0, 10), max_size=4
)


@given(before=LIMITS, after=LIMITS)
def test_a_change_of_numbers_is_weaker_just_where_something_passes_that_failed(before: Schema, after: Schema) -> None:
    old, new = (jsonschema_rs.Draft202012Validator(about(**limits)) for limits in (before, after))
    documents = [{"title": {"length": number}} for number in NUMBERS]
    weaker = any(new.is_valid(document) and not old.is_valid(document) for document in documents)
    assert implies(about(**after), about(**before)) is not weaker


LEAVES: st.SearchStrategy[Any] = st.one_of(
    LIMITS,
    st.fixed_dictionaries({"enum": st.lists(st.sampled_from([0, 1, 2, True, "a", None]), min_size=1, max_size=3)}),
    st.fixed_dictionaries({"type": st.sampled_from(["integer", "number", "string", "boolean", "array", "object"])}),
    st.fixed_dictionaries({"required": st.lists(st.sampled_from("ab"), min_size=1, unique=True)}),
    st.booleans(),
)
SCHEMAS: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"properties": st.dictionaries(st.sampled_from("ab"), inner, min_size=1)}),
        st.fixed_dictionaries({"properties": st.dictionaries(st.just("a"), inner), "additionalProperties": inner}),
        st.fixed_dictionaries({"items": inner, "minItems": st.integers(0, 2)}),
        st.fixed_dictionaries({"prefixItems": st.lists(inner, min_size=1, max_size=2), "items": inner}),
        st.fixed_dictionaries({"contains": inner, "minContains": st.integers(0, 2), "maxContains": st.integers(0, 2)}),
        st.fixed_dictionaries(
            {"propertyNames": st.just({"const": "a"}), "dependentSchemas": st.fixed_dictionaries({"a": inner})}
        ),
        st.builds(
            lambda key, members: {key: members},
            st.sampled_from(["allOf", "anyOf", "oneOf"]),
            st.lists(inner, min_size=1, max_size=2),
        ),
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"if": inner, "then": inner}),
        st.fixed_dictionaries({"if": inner, "then": inner, "else": inner}),
    ),
    max_leaves=5,
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-1, 11), st.just(2.5), st.sampled_from(["a", "b"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Any, Any]:
    """Return a schema and the same one with a part of it replaced: two that have nothing in common prove little."""
    before: Any = draw(SCHEMAS)
    after = copy.deepcopy(before)
    place: Any = after
    while isinstance(place, dict) and place:
        key = draw(st.sampled_from(sorted(place)))
        inner = place[key]
        if isinstance(inner, list) and inner and isinstance(inner[0], dict | bool) and draw(st.booleans()):
            inner[0] = draw(SCHEMAS)
            break
        if not isinstance(inner, dict) or not inner or draw(st.booleans()):
            if isinstance(inner, dict) and key in {"properties", "dependentSchemas"}:
                place[key] = {name: draw(SCHEMAS) for name in inner}
            elif isinstance(inner, dict):
                place[key] = draw(SCHEMAS)
            elif isinstance(inner, int) and not isinstance(inner, bool):
                place[key] = draw(st.integers(0, 10))
            break
        place = inner
    return before, after


@given(edited(), st.lists(VALUES, min_size=5, max_size=20))
def test_nothing_that_failed_passes_what_is_called_as_strict(pair: tuple[Any, Any], documents: list[Any]) -> None:
    before, after = pair
    if implies(after, before):
        old, new = (jsonschema_rs.Draft202012Validator(schema) for schema in (before, after))
        assert [each for each in documents if new.is_valid(each) and not old.is_valid(each)] == []
    if implies(before, after):
        old, new = (jsonschema_rs.Draft202012Validator(schema) for schema in (before, after))
        assert [each for each in documents if old.is_valid(each) and not new.is_valid(each)] == []
