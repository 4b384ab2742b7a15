"""The examples of a policy that a project changed: those that its new limits make untrue are replaced.

In: the changed document. Out: the document with examples that hold and counterexamples that fail again, where some
can be found. Examples were written for the shipped limits; who moves a limit should not have to write them again,
and the policy must still be able to fail.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from checks.judge import selftest
from checks.judge.policy import Policy
from checks.judge.shape import Fact
from checks.judge.strictness import ShapeOf, problems

STRETCHES: Final = (10, 1000, 100_000, 0)
"""What the numbers of an example are multiplied by, to find one on the other side of a limit."""


def refitted(policy_id: str, document: Any, patch: Mapping[str, Any], shape_of: ShapeOf) -> Any:
    """Return `document` with examples that fit it; what `patch` itself gives as examples is left as it is."""
    wrong = problems(policy_id, document, shape_of)
    if not wrong or any(not _is_of_example(problem.pointer) for problem in wrong):
        return document
    changed = dict(document)
    shape = Fact.of(shape_of(document["x-reads"]), shape_of(document["x-reads"]))
    for key in ("examples", "x-counterexamples"):
        if key not in patch:
            changed[key] = _that_hold(policy_id, document, key, shape) or document[key]
    return changed


def _is_of_example(pointer: str) -> bool:
    return pointer.startswith(("/examples/", "/x-counterexamples/"))


def _that_hold(policy_id: str, document: Mapping[str, Any], key: str, shape: Fact) -> list[Any]:
    """Return the examples under `key` that do what they are there for; where none does, a stretched one that does."""
    candidates = [[example for example in document[key] if _holds(policy_id, document, key, example, shape)]]
    stretched = (_stretched(example, factor) for factor in STRETCHES for example in document[key])
    candidates.append([next((each for each in stretched if _holds(policy_id, document, key, each, shape)), None)])
    return next((found for found in candidates if found and found != [None]), [])


def _holds(policy_id: str, document: Mapping[str, Any], key: str, example: Any, shape: Fact) -> bool:
    policy = Policy.of(policy_id, {**document, key: [example]}, "")
    return all(result.holds for result in selftest.run(policy, shape) if result.pointer == f"/{key}/0")


def _stretched(value: Any, factor: int) -> Any:
    match value:
        case bool():
            return value
        case int() | float():
            return value * factor
        case list():
            return [_stretched(member, factor) for member in value]
        case Mapping():
            return {name: _stretched(member, factor) for name, member in value.items()}
        case _:
            return value
