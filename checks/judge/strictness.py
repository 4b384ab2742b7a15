"""Is this document a policy that can be judged, and that can fail? JSON Schema by itself would pass typos in silence.

In: a policy's document and the shape of what it reads. Out: every `Problem` with it; none means it is accepted.
The checks go from the outside in, and a later one runs only where the earlier ones found nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import jsonschema
import jsonschema_rs
from jsonschema.exceptions import SchemaError, best_match
from jsonschema.validators import Draft202012Validator

from checks import shapes
from checks.judge import selftest
from checks.judge.examples import strange_facts
from checks.judge.keywords import keyword_problems
from checks.judge.policy import Policy, schema_of
from checks.judge.problems import Problem
from checks.judge.shape import Fact
from checks.judge.source import escaped
from checks.judge.templates import OF_THE_FINDING, PATH, paths
from checks.judge.vocabulary import DATED_SETS, MISSING, SETS, UNCHECKABLE
from checks.judge.walk import Place, places
from checks.nearest import nearest

ShapeOf = Callable[[str], Mapping[str, Any]]

_LONGEST: Final = 300


def problems(policy_id: str, document: Any, shape_of: ShapeOf = shapes.load) -> list[Problem]:
    """Return what is wrong with `document` as the policy `policy_id`; an empty list accepts it."""
    if not isinstance(document, Mapping):
        return [Problem("a policy is an object", remedy="Write its keys and values between { and }.")]
    found = [*_as_a_file(document), *_sets(document)]
    if found:
        return found
    found = list(_as_a_schema(document))
    if found:
        return found
    try:
        shape = Fact.of(shape_of(document["x-reads"]), shape_of(document["x-reads"]))
    except FileNotFoundError:
        reads = document["x-reads"]
        return [Problem(f"no facts of kind `{reads}` are collected yet", "/x-reads", "There are: `page`, `site`.")]
    found = [*_against_facts(document, shape), *strange_facts(document, shape)]
    return found or list(_that_do_not_hold(Policy.of(policy_id, document, ""), shape))


@cache
def _file_validator() -> Draft202012Validator:
    return Draft202012Validator(shapes.load("policy"))


@cache
def _fast_file_validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(shapes.load("policy"))


def _surely(is_valid: Callable[[Any], bool], instance: Any) -> bool:
    """Say whether the fast validator takes it: hundreds of policies are read at each start, and the slow one explains.

    False where it cannot say: YAML knows values, such as dates, that JSON does not.
    """
    try:
        return is_valid(instance)
    except ValueError:
        return False


def _as_a_file(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield where `document` is not of the published shape: unknown keys, missing ones, wrong values."""
    if _surely(_fast_file_validator().is_valid, document):
        return
    for error in _file_validator().iter_errors(document):
        pointer = "".join(f"/{escaped(str(step))}" for step in error.absolute_path)
        if error.validator == "additionalProperties":
            known = frozenset(error.schema["properties"])
            for key in sorted(set(error.instance) - known):
                yield _unknown(key, known, f"{pointer}/{escaped(key)}")
        elif error.validator == "required":
            for key in (each for each in error.validator_value if each not in error.instance):
                yield Problem(f"`{key}` is missing", pointer, MISSING[key])
            return
        elif error.validator == "anyOf":
            # Which of the ways was meant is not known; what they are is.
            yield Problem(f"it can't be {str(error.instance)[:60]}", pointer, error.schema.get("description", ""))
        else:
            yield Problem(_said(best_match([error]) or error), pointer)


def _unknown(key: str, known: frozenset[str], pointer: str) -> Problem:
    if key in UNCHECKABLE:
        return Problem(f"a policy may not use `{key}`: {UNCHECKABLE[key]}", pointer)
    kind = "key" if key.startswith("x-") else "keyword"
    close = nearest(key, known)
    nested = kind == "key" and pointer.count("/") > 1 and not close
    return Problem(
        f"unknown {kind} `{key}`{close}", pointer, "Keys of the policy stand at its top level." if nested else ""
    )


def _sets(document: Mapping[str, Any]) -> Iterator[Problem]:
    known = frozenset({*SETS, *DATED_SETS})
    named = document.get("x-set", ())
    for index, name in enumerate(named if isinstance(named, list) else ()):
        if isinstance(name, str) and name not in known:
            yield Problem(f"no set `{name}`{nearest(name, known)}", f"/x-set/{index}", f"There are: {_listed(known)}.")


def _as_a_schema(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield where a keyword has a value that JSON Schema does not know; patterns are tried later."""
    for pointer, schema in (("", schema_of(document)), ("/x-applies-to", document.get("x-applies-to", {}))):
        if _surely(jsonschema_rs.meta.is_valid, schema):
            continue
        try:
            Draft202012Validator.check_schema(schema, format_checker=jsonschema.FormatChecker(formats=()))
        except SchemaError as error:
            place = "".join(f"/{escaped(str(step))}" for step in error.absolute_path)
            yield Problem(_said(error), pointer + place)


def _against_facts(document: Mapping[str, Any], shape: Fact) -> Iterator[Problem]:
    """Yield facts that do not exist, keywords that cannot apply to theirs, and messages that speak of no fact."""
    schema, defs = schema_of(document), document.get("$defs", {})
    walked = [*places(schema, defs, shape, ""), *places(document.get("x-applies-to"), defs, shape, "/x-applies-to")]
    told: set[tuple[str, str]] = set()
    members: list[Fact] = []
    for each in walked:
        if isinstance(each, Place):
            member = each.fact.member()
            members += (
                [member] if member and {"items", "contains", "maxItems", "prefixItems"} & set(each.schema) else []
            )
        for problem in [each] if isinstance(each, Problem) else keyword_problems(each):
            if (problem.pointer, problem.what) not in told:  # a definition may be used twice
                told.add((problem.pointer, problem.what))
                yield problem
    for name in defs:
        if not any(isinstance(each, Place) and name in each.seen for each in walked):
            yield Problem(f"nothing refers to the definition `{name}`", f"/$defs/{escaped(name)}", "Take it out.")
    yield from _what(document, shape)
    yield from _message(document, shape, members)


def _what(document: Mapping[str, Any], shape: Fact) -> Iterator[Problem]:
    if "x-what" in document:
        segments = tuple(document["x-what"].split("/")[1:])
        if shape.at(segments) is None:
            yield _no_fact(segments, shape, "/x-what", "x-what names a fact of the document, as `/title/text`.")


def _message(document: Mapping[str, Any], shape: Fact, members: list[Fact]) -> Iterator[Problem]:
    for text in paths(document.get("x-message", "")):
        if not PATH.fullmatch(text):
            yield Problem(
                f"`{{{text}}}` names no fact", "/x-message", "Between braces stands a fact, as {title.length}."
            )
            continue
        path = tuple(text.split("."))
        if text not in OF_THE_FINDING and all(fact.at(path) is None for fact in (*members, shape)):
            yield _no_fact(path, shape, "/x-message", "Facts of a list's member stand without the list: {href}.")


def _no_fact(path: tuple[str, ...], shape: Fact, pointer: str, remedy: str) -> Problem:
    """Return the problem of a path that leads nowhere, with the nearest name at the step where it goes wrong."""
    known = next((size for size in range(len(path), 0, -1) if shape.at(path[:size])), 0)
    holder = shape.at(path[:known]) or shape
    close = nearest(path[known], holder.names, path[:known])
    return Problem(f"no fact `{'.'.join(path)}`{close}", pointer, remedy)


def _that_do_not_hold(policy: Policy, shape: Fact) -> Iterator[Problem]:
    """Yield the examples that fail, and the counterexamples that pass or that the policy does not apply to."""
    for result in selftest.run(policy, shape):
        if result.holds:
            continue
        if result.pointer.startswith("/examples"):
            why = "; ".join(result.said)[:_LONGEST]
            yield Problem(f"an example does not hold: {why}", result.pointer, "Mend the example, or the rule.")
        else:
            remedy = "Mend it, or the rule: a policy must be able to fail."
            yield Problem(f"a counterexample is {result.outcome}, where it must fail", result.pointer, remedy)


def _said(error: Any) -> str:
    text = str(error.message)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
