"""What policies come to on the documents of a run: counted, with some pages of each outcome to look at.

In: policies, and documents of facts one at a time. Out: a `Trial` for each policy. Nothing but counts and the first few
pages is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from checks import shapes
from checks.judge import reads
from checks.judge.evaluate import CANNOT_TELL, FAILED, INAPPLICABLE, PASSED, Judge, outcomes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from checks.judge.evaluate import Outcome, Shapes
    from checks.judge.policy import Policy
    from checks.judge.shape import Fact

OUTCOMES: Final = (FAILED, PASSED, CANNOT_TELL, INAPPLICABLE)
"""In the order in which they are told."""
PLACES: Final = frozenset({"path", "url"})
"""Facts that say where a document stands."""
SHOWN: Final = 5
"""How many pages of each outcome are kept."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One document, and what a policy came to on it."""

    path: str
    outcome: str
    said: tuple[str, ...]
    """The messages of its findings; for `cannot-tell`, the groups of facts that were not measured."""


@dataclass(slots=True)
class Trial:
    """What one policy came to on all documents of a run."""

    policy: Policy
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    findings: int = 0
    shown: dict[str, list[Tried]] = field(default_factory=lambda: {outcome: [] for outcome in OUTCOMES})

    @property
    def applied(self) -> int:
        """How many documents it was about; those count that it cannot tell of."""
        return sum(self.counts.values()) - self.counts[INAPPLICABLE]

    def take(self, path: str, outcome: Outcome) -> Tried:
        """Count what it came to on the document at `path`, and return it for those who show every one."""
        self.counts[outcome.outcome] += 1
        self.findings += len(outcome.findings)
        said = tuple(finding.message for finding in outcome.findings) or tuple(sorted(outcome.lacked))
        tried = Tried(path, outcome.outcome, said)
        if len(self.shown[outcome.outcome]) < SHOWN:
            self.shown[outcome.outcome].append(tried)
        return tried


def trials(
    policies: Iterable[Policy],
    documents: Iterable[Mapping[str, Any]],
    look: Callable[[Policy, Tried], None] = lambda _policy, _tried: None,
    shape_of: Shapes = shapes.load,
) -> list[Trial]:
    """Judge `documents` by `policies`, in the order of both; `look` is shown every document as it is judged."""
    judge = Judge(policies, shape_of)
    by_id = {tally.policy.id: Trial(tally.policy) for tally in judge.tallies}
    for document in documents:
        for outcome in judge.each(document):
            look(outcome.policy, by_id[outcome.policy.id].take(document["path"], outcome))
    return list(by_id.values())


def cannot_fail(policy: Policy, document: Mapping[str, Any], shape: Fact) -> bool:
    """Say whether no counterexample of `policy` makes a real document fail that it is laid over.

    Where the document stands stays as it is, unless the rule itself is about that.
    """
    ruled = {path[0] for path in reads.paths(policy.schema, policy.definitions)}
    for counterexample in policy.counterexamples:
        wrong = {name: value for name, value in counterexample.items() if name not in PLACES or name in ruled}
        if outcomes(policy, [_laid_over(document, wrong)], shape)[0][0] == FAILED:
            return False
    return True


def _laid_over(document: Any, part: Any) -> Any:
    """Return `document` with what `part` says instead; null is a value here, and takes nothing out."""
    if not isinstance(part, Mapping) or not isinstance(document, Mapping):
        return part
    return {**document, **{name: _laid_over(document.get(name), value) for name, value in part.items()}}
