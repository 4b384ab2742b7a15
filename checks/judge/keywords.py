"""Whether each keyword of a policy can apply to the fact that it stands beside.

In: one place in a policy's schema, with its fact. Out: the problems of the keywords there. JSON Schema lets a keyword
pass every value of another type, so `minLength` on a number would judge nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from checks.judge.problems import Problem
from checks.judge.shape import Fact, json_types
from checks.judge.source import escaped
from checks.judge.vocabulary import APPLIES_TO_TYPE, NEEDS, WHOLE_MAP
from checks.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.judge.walk import Place


def keyword_problems(place: Place) -> Iterator[Problem]:
    """Yield what is wrong with the keywords at one place of a policy's schema."""
    yield from _of_other_types(place)
    yield from _that_do_nothing(place)
    yield from _types(place)
    yield from _values(place)
    yield from _patterns(place)


def _of_other_types(place: Place) -> Iterator[Problem]:
    for keyword in place.schema:
        wanted = APPLIES_TO_TYPE.get(keyword)
        if wanted and wanted not in place.fact.types and not (wanted == "number" and "integer" in place.fact.types):
            what = f"`{keyword}` cannot apply to {_name(place)}, which is {_kinds(place.fact)}"
            yield Problem(what, f"{place.pointer}/{keyword}", f"`{keyword}` judges {_article(wanted)} only.")


def _that_do_nothing(place: Place) -> Iterator[Problem]:
    for keyword, others in NEEDS.items():
        if keyword in place.schema and not any(other in place.schema for other in others):
            needed = " or ".join(f"`{other}`" for other in others)
            yield Problem(f"`{keyword}` does nothing without {needed} beside it", f"{place.pointer}/{keyword}")
    if not place.name and not place.in_list:
        for keyword in WHOLE_MAP:
            if keyword in place.schema:
                what = f"`{keyword}` at the top level would read every fact there is"
                yield Problem(what, f"{place.pointer}/{keyword}", "Name the facts that the rule is about.")


def _types(place: Place) -> Iterator[Problem]:
    declared = place.schema.get("type", ())
    wanted = {declared} if isinstance(declared, str) else set(declared)
    if wanted and not wanted & place.fact.types:
        what = f"{_name(place)} is {_kinds(place.fact)} and never {_kinds_of(wanted)}"
        yield Problem(what, f"{place.pointer}/type")


def _values(place: Place) -> Iterator[Problem]:
    if "const" in place.schema:
        yield from _value(place, place.schema["const"], f"{place.pointer}/const")
    for index, value in enumerate(place.schema.get("enum", ())):
        yield from _value(place, value, f"{place.pointer}/enum/{index}")


def _value(place: Place, value: Any, pointer: str) -> Iterator[Problem]:
    if place.fact.allows(value):
        return
    if not json_types(value) & place.fact.types:
        yield Problem(f"{_name(place)} is {_kinds(place.fact)} and never {value!r}", pointer)
        return
    choices = [str(choice) for choice in place.fact.choices()]
    remedy = f"It is one of: {', '.join(choices)}."
    yield Problem(f"{_name(place)} is never {value!r}{nearest(str(value), choices)}", pointer, remedy)


def _patterns(place: Place) -> Iterator[Problem]:
    named = [(place.schema["pattern"], "pattern")] if "pattern" in place.schema else []
    named += [
        (pattern, f"patternProperties/{escaped(pattern)}") for pattern in place.schema.get("patternProperties", ())
    ]
    for pattern, segment in named:
        try:
            jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
        except jsonschema_rs.ValidationError:
            remedy = "Patterns run in linear time: no look-around, no back-references, no unbalanced brackets."
            yield Problem(f"the pattern `{pattern}` cannot be used", f"{place.pointer}/{segment}", remedy)


def _name(place: Place) -> str:
    if place.name:
        return f"`{place.name}`"
    return "the list's member" if place.in_list else "the document"


def _kinds(fact: Fact) -> str:
    return _kinds_of(set(fact.types) - ({"integer"} if "number" in fact.types else set()))


def _kinds_of(types: set[str]) -> str:
    return " or ".join(_article(each) for each in sorted(types, key=lambda each: (each == "null", each)))


def _article(kind: str) -> str:
    named = {"null": "nothing (null)", "object": "an object", "array": "a list", "integer": "a whole number"}
    return named.get(kind, f"a {'text' if kind == 'string' else kind}")
