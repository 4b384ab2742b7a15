"""Policies x documents -> outcomes and findings. Streamed: nothing but tallies is kept from one document to the next.

In: policies, and documents of facts one at a time. Out: the findings of each, and a tally of the four outcomes
(`inapplicable`, `passed`, `cannot-tell`, `failed`) for every policy.
jsonschema-rs judges: a yes costs less than a microsecond, and only a no is looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from checks import shapes
from checks.judge import reads
from checks.judge.failures import Failure, Reader
from checks.judge.finding import Finding, cause, clipped, fingerprint
from checks.judge.shape import Fact
from checks.judge.wording import message

if TYPE_CHECKING:
    from checks.judge.policy import Policy

INAPPLICABLE: Final = "inapplicable"
PASSED: Final = "passed"
CANNOT_TELL: Final = "cannot-tell"
FAILED: Final = "failed"

Shapes = Callable[[str], Mapping[str, Any]]
"""Kind of document -> its shape."""


@dataclass(slots=True)
class Tally:
    """How often one policy came to which outcome, and the groups of facts that it lacked."""

    policy: Policy
    inapplicable: int = 0
    passed: int = 0
    cannot_tell: int = 0
    failed: int = 0
    represented: int = 0
    """Documents that lack what it reads because their page was read and not rendered: no outcome at all."""
    unanswered: int = 0
    """Those of them that are pages and that it certainly applies to."""
    lacked: set[str] = field(default_factory=set)

    @property
    def applied(self) -> int:
        """How many documents it was judged on."""
        return self.passed + self.failed

    def count(self, outcome: str) -> None:
        """Count one outcome."""
        match outcome:
            case "inapplicable":
                self.inapplicable += 1
            case "passed":
                self.passed += 1
            case "failed":
                self.failed += 1
            case _:
                self.cannot_tell += 1


class Judge:
    """Judges documents by policies, one after the other."""

    def __init__(self, policies: Iterable[Policy], shape_of: Shapes = shapes.load) -> None:
        self.tallies: tuple[Tally, ...] = tuple(Tally(policy) for policy in policies)
        judging = {tally.policy.reads for tally in self.tallies}
        facts = {kind: Fact.of(shape_of(kind), shape_of(kind)) for kind in judging}
        self._by_kind: dict[str, list[_Judging]] = {kind: [] for kind in judging}
        for tally in self.tallies:
            kind = tally.policy.reads
            self._by_kind[kind].append(_Judging.of(tally, facts[kind]))

    def document(self, document: Mapping[str, Any], *, represented: bool = False) -> list[Finding]:
        """Judge one document by every policy that reads its `kind`; return what failed.

        Of a page that was read and not rendered (`represented`), what only a browser can say is asked of others.
        """
        findings: list[Finding] = []
        measured = frozenset(document["measured"])
        for judging in self._by_kind.get(document["kind"], ()):
            outcome, lacked = judging.outcome(document, measured)
            if represented and outcome == CANNOT_TELL:
                judging.tally.represented += 1
                judging.tally.unanswered += document["kind"] == "page" and judging.needs_to_apply <= measured
                continue
            judging.tally.count(outcome)
            judging.tally.lacked |= lacked
            if outcome == FAILED:
                findings.extend(judging.findings(document))
        return findings

    def judged(self, document: Mapping[str, Any]) -> Judged:
        """Judge one document as `document` does, and count nothing yet."""
        measured, outcomes, lacking = frozenset(document["measured"]), [], {}
        findings: list[Finding] = []
        for number, judging in enumerate(self._by_kind.get(document["kind"], ())):
            outcome, lacked = judging.outcome(document, measured)
            outcomes.append(outcome)
            if lacked:
                lacking[number] = sorted(lacked)
            if outcome == FAILED:
                findings.extend(judging.findings(document))
        return Judged(tuple(outcomes), lacking, tuple(findings))

    def count(self, kind: str, judged: Judged) -> None:
        """Count what `judged` said of a document of this kind; nothing else of the document is needed."""
        for number, (judging, outcome) in enumerate(zip(self._by_kind.get(kind, ()), judged.outcomes, strict=True)):
            judging.tally.count(outcome)
            judging.tally.lacked |= set(judged.lacked.get(number, ()))

    def each(self, document: Mapping[str, Any]) -> Iterator[Outcome]:
        """Yield what every policy that reads its `kind` comes to, whatever it is; counted as in `document`."""
        measured = frozenset(document["measured"])
        for judging in self._by_kind.get(document["kind"], ()):
            outcome, lacked = judging.outcome(document, measured)
            judging.tally.count(outcome)
            judging.tally.lacked |= lacked
            found = judging.findings(document) if outcome == FAILED else []
            yield Outcome(judging.tally.policy, outcome, lacked, tuple(found))


@dataclass(frozen=True, slots=True)
class Judged:
    """What all policies that read its kind came to on one document, in their order."""

    outcomes: tuple[str, ...]
    lacked: Mapping[int, Sequence[str]]
    """Number of the policy -> the groups of facts that it needs and nobody measured."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one policy came to on one document."""

    policy: Policy
    outcome: str
    lacked: frozenset[str]
    """The groups of facts that it needs and nobody measured."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Judging:
    """One policy, made ready to judge."""

    tally: Tally
    reader: Reader
    holds: jsonschema_rs.Draft202012Validator
    applies: jsonschema_rs.Draft202012Validator | None
    needs: frozenset[str]
    needs_to_apply: frozenset[str]

    @classmethod
    def of(cls, tally: Tally, shape: Fact) -> _Judging:
        policy = tally.policy
        defs = policy.definitions
        applies = None if policy.applies_to is None else validator({**policy.applies_to, "$defs": defs})
        return cls(
            tally=tally,
            reader=Reader(policy, shape),
            holds=validator(policy.schema),
            applies=applies,
            needs=reads.groups(policy.schema, defs),
            needs_to_apply=reads.groups(policy.applies_to, defs),
        )

    def outcome(self, document: Any, measured: frozenset[str]) -> tuple[str, frozenset[str]]:
        """Return the outcome, and the groups that were needed and not measured."""
        if not self.needs_to_apply <= measured:
            return CANNOT_TELL, self.needs_to_apply - measured
        if self.applies is not None and not self.applies.is_valid(document):
            return INAPPLICABLE, _NOTHING
        if not self.needs <= measured:
            return CANNOT_TELL, self.needs - measured
        return (PASSED if self.holds.is_valid(document) else FAILED), _NOTHING

    def findings(self, document: Mapping[str, Any]) -> list[Finding]:
        """Return the findings of a document that failed: one for each thing, however many limits it broke."""
        found: dict[str, Finding] = {}
        for error in self.holds.iter_errors(document):
            for failure in self.reader.failures(error, document):
                if failure.what not in found:
                    found[failure.what] = _finding(self.reader, failure, document)
        return list(found.values())


_NOTHING: Final[frozenset[str]] = frozenset()


def validator(schema: Any) -> jsonschema_rs.Draft202012Validator:
    """Return the engine for `schema`: patterns in linear time, nothing fetched.

    Raises jsonschema_rs.ValidationError for a schema that is none.
    """
    return jsonschema_rs.Draft202012Validator(schema, pattern_options=jsonschema_rs.RegexOptions(), offline=True)


def outcomes(policy: Policy, documents: Sequence[Mapping[str, Any]], shape: Fact) -> list[tuple[str, list[Finding]]]:
    """Judge parts of documents, as examples are: everything counts as measured, and what they lack as not there."""
    judging = _Judging.of(Tally(policy), shape)
    everything = judging.needs | judging.needs_to_apply
    results: list[tuple[str, list[Finding]]] = []
    for document in documents:
        outcome, _ = judging.outcome(document, everything)
        results.append((outcome, judging.findings(document) if outcome == FAILED else []))
    return results


def _finding(reader: Reader, failure: Failure, document: Mapping[str, Any]) -> Finding:
    policy = reader.policy
    page = None if policy.reads == "site" else document.get("path", "/")
    return Finding(
        policy=policy.id,
        title=policy.title,
        severity=policy.severity,
        owner=policy.owner,
        reads=policy.reads,
        page=page,
        what=failure.what,
        value=clipped(failure.value),
        limit=clipped(failure.limit),
        message=message(policy, failure, document, reader.shape),
        fix=policy.fix,
        reference=policy.references,
        fingerprint=fingerprint(policy.id, page, failure.what),
        cause=cause(policy.id, failure.key),
        state="new",
        blocking=policy.blocks,
        launch_blocker=policy.launch_blocker,
        pointer=failure.pointer,
        proposed=policy.proposed,
    )
