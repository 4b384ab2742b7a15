"""The shipped policies: all are accepted, and two engines give the same answer on whatever a page may be."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema.validators import Draft202012Validator, extend

from checks import shapes
from checks.judge import policies
from checks.judge.evaluate import FAILED, outcomes, validator
from checks.judge.policy import Policy
from checks.judge.shape import Fact

SHIPPED = policies.load([], ["strict", "advice"], {})


@cache
def matches(pattern: str) -> Any:
    """Return the test of `pattern` by the engine that judges; Python's own differs on digits and `$`."""
    return jsonschema_rs.Draft202012Validator(
        {"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions()
    ).is_valid


def by_pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, str) and not matches(pattern)(instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def by_pattern_properties(engine: Any, patterns: Mapping[str, Any], instance: Any, _: Any) -> Iterator[Any]:
    for pattern, schema in patterns.items():
        for name in (name for name in (instance if isinstance(instance, dict) else ()) if matches(pattern)(name)):
            yield from engine.descend(instance[name], schema, path=name, schema_path=pattern)


SECOND: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": by_pattern, "patternProperties": by_pattern_properties}
)

INTERESTING: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        1,
        -1,
        199,
        200,
        299,
        300,
        404,
        0.5,
        1.0,
        2.5,
        10**7,
        "",
        " ",
        "a",
        "noindex",
        "٣",
        "é\n",
        [],
        {},
    ]
)


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every part of `document`."""
    if isinstance(document, dict | list):
        for key in document if isinstance(document, dict) else range(len(document)):
            yield (*path, key)
            yield from places(document[key], (*path, key))


@st.composite
def mutated(draw: st.DrawFn, policy: Policy) -> Any:
    """Return an example or counterexample of `policy`, changed in a few places to what fits or does not.

    The path stays: it is the name of the document, which the gate gives and no page.
    """
    document = copy.deepcopy(dict(draw(st.sampled_from([*policy.examples, *policy.counterexamples]))))
    for _ in range(draw(st.integers(0, 3))):
        changeable = sorted(set(places(document)) - {("path",)}, key=str)
        if not changeable:
            break
        path = draw(st.sampled_from(changeable))
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        how = draw(st.sampled_from(["value", "value", "remove", "double", "other"]))
        if how == "remove":
            del holder[path[-1]]
        elif how == "double" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[path[-1]]))
        elif how == "other":
            others = [each for key in (policy.examples, policy.counterexamples) for each in key]
            holder[path[-1]] = copy.deepcopy(value_at(draw(st.sampled_from(others)), path))
        else:
            holder[path[-1]] = draw(INTERESTING | fitting(policy.reads, path))
    return document


def value_at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        known = isinstance(document, dict) and step in document
        listed = isinstance(document, list) and isinstance(step, int) and step < len(document)
        if not (known or listed):
            return None
        document = document[step]
    return document


def fitting(kind: str, path: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Return values of the types that the shape has at `path`."""
    fact: Fact | None = Fact.of(shapes.load(kind), shapes.load(kind))
    for step in path:
        if fact is not None:
            fact = fact.member() if isinstance(step, int) else fact.property(step)
    if fact is None:
        return st.none()
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "null": st.none(),
        "boolean": st.booleans(),
        "integer": st.integers(-1, 10**6),
        "number": st.floats(0, 5, allow_nan=False) | st.integers(0, 5000),
        "string": st.text(max_size=8)
        | st.sampled_from(["https:", "production", "width=device-width", "en-GB", "utf-8"]),
        "array": st.just([]),
        "object": st.just({}),
    }
    values = [by_type[name] for name in sorted(fact.types)]
    return st.one_of(*values, st.sampled_from(fact.choices() or [None]))


def test_every_shipped_policy_is_accepted() -> None:
    assert len(SHIPPED) >= 40


@pytest.mark.parametrize("policy", SHIPPED, ids=lambda policy: policy.id)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_two_engines_agree_on_it(policy: Policy, data: st.DataObject) -> None:
    document = data.draw(mutated(policy))
    for schema in (policy.schema, {**(policy.applies_to or {}), "$defs": policy.definitions}):
        assert validator(schema).is_valid(document) == SECOND(schema).is_valid(document)


@pytest.mark.parametrize("policy", SHIPPED, ids=lambda policy: policy.id)
@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_fails_is_told_as_findings_that_can_be_published(policy: Policy, data: st.DataObject) -> None:
    shape = Fact.of(shapes.load(policy.reads), shapes.load(policy.reads))
    ((outcome, findings),) = outcomes(policy, [data.draw(mutated(policy))], shape)
    assert (outcome == FAILED) == bool(findings)
    for finding in findings:
        assert published().is_valid(finding.to_document()), finding


@cache
def published() -> Any:
    return validator(shapes.load("finding"))
