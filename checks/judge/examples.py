"""Whether the examples of a policy speak of facts that exist, with values that such facts can have.

In: a policy's document and the shape of what it reads. Out: the problems of its examples.
They are parts of documents, so nothing is required of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from jsonschema.exceptions import best_match
from jsonschema.validators import Draft202012Validator

from checks.judge.evaluate import validator
from checks.judge.problems import Problem
from checks.judge.source import escaped
from checks.nearest import nearest

if TYPE_CHECKING:
    from checks.judge.shape import Fact

DEMANDS: Final = frozenset({"required", "minItems", "minProperties", "dependentRequired"})
NAMES: Final = frozenset({"properties", "patternProperties", "$defs"})
"""Keywords whose members are named by documents, so that a fact may be called `required`."""

_ready: dict[int, tuple[Any, Any, Draft202012Validator]] = {}


def strange_facts(document: Mapping[str, Any], shape: Fact) -> Iterator[Problem]:
    """Yield what no document of this shape could hold, in the examples and counterexamples of a policy."""
    fast, explains = _validators(shape)
    for key in ("examples", "x-counterexamples"):
        for index, example in enumerate(document[key]):
            if not fast.is_valid(example):
                yield from (_problem(error, f"/{key}/{index}") for error in explains.iter_errors(example))


def is_strange(part: Mapping[str, Any], shape: Fact) -> bool:
    """Say whether no document of this shape could hold `part`."""
    fast, _ = _validators(shape)
    return not fast.is_valid(part)


def lenient(schema: Any, *, names: bool = False) -> Any:
    """Return `schema` without what it requires; `names` says that its keys are names, not keywords."""
    if isinstance(schema, list):
        return [lenient(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {
        key: lenient(value, names=not names and key in NAMES)
        for key, value in schema.items()
        if names or key not in DEMANDS
    }


def _validators(shape: Fact) -> tuple[Any, Draft202012Validator]:
    """Return the quick and the explaining validator; kept, for a shape is large and policies are many."""
    key = id(shape.root)
    if key not in _ready or _ready[key][0] is not shape.root:
        partial = lenient(shape.root)
        _ready[key] = (shape.root, validator(partial), Draft202012Validator(partial))
    _, fast, explains = _ready[key]
    return fast, explains


def _problem(error: Any, pointer: str) -> Problem:
    deepest = best_match([error]) or error
    at = pointer + "".join(f"/{escaped(str(step))}" for step in deepest.absolute_path)
    if deepest.validator == "additionalProperties" and deepest.validator_value is False:
        known = frozenset(deepest.schema.get("properties", {}))
        name = next(iter(sorted(set(deepest.instance) - known)))
        path = [*(step for step in deepest.absolute_path if isinstance(step, str)), name]
        return Problem(f"no fact `{'.'.join(path)}`{nearest(name, known, path[:-1])}", f"{at}/{escaped(name)}")
    return Problem(f"not what the fact can be: {str(deepest.message)[:200]}", at)
