"""A policy must be able to fail: its examples and counterexamples, run.

In: a policy and the shape of what it reads. Out: one result for each example and counterexample.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks import shapes
from checks.judge.evaluate import FAILED, INAPPLICABLE, outcomes
from checks.judge.shape import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.judge.policy import Policy


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What one example, or counterexample, came to."""

    policy: str
    pointer: str
    """Where it stands in the policy: `/examples/0` or `/x-counterexamples/0`."""
    outcome: str
    holds: bool
    """Whether the outcome is the one that it is there to show."""
    said: tuple[str, ...]
    """The messages of its findings, or why it does not hold."""


def run(policy: Policy, shape: Fact | None = None) -> list[ExampleResult]:
    """Judge the examples and the counterexamples of `policy`; without `shape`, by the published one."""
    published = shapes.load(policy.reads) if shape is None else {}
    return list(_results(policy, shape or Fact.of(published, published)))


def _results(policy: Policy, shape: Fact) -> Iterator[ExampleResult]:
    judged = outcomes(policy, policy.examples, shape)
    some_applies = any(outcome != INAPPLICABLE for outcome, _ in judged)
    for index, (outcome, findings) in enumerate(judged):
        said = tuple(finding.message for finding in findings)
        holds = outcome != FAILED and some_applies
        why = () if some_applies else ("the policy applies to none of its examples",)
        yield ExampleResult(policy.id, f"/examples/{index}", outcome, holds, said or why)
    for index, (outcome, findings) in enumerate(outcomes(policy, policy.counterexamples, shape)):
        said = tuple(finding.message for finding in findings)
        pointer = f"/x-counterexamples/{index}"
        yield ExampleResult(policy.id, pointer, outcome, outcome == FAILED, said)
