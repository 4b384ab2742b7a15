"""A new policy from five answers: which fact, what must hold, how bad, whose, why.

In: the answers, and the documents of a run. Out: the policy as one document that the strict loader accepts, its
examples taken from the run: a page that passes and one that fails. Where all pages pass, or all fail, the other
example is a real page with the fact changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from checks import shapes
from checks.errors import UserError
from checks.judge.address import applies_to, place_of
from checks.judge.demands import demand, looked_for
from checks.judge.evaluate import FAILED, INAPPLICABLE, PASSED, Judge
from checks.judge.excerpt import excerpt, turned
from checks.judge.policy import Policy
from checks.judge.shape import Fact
from checks.judge.vocabulary import ALWAYS_THERE
from checks.nearest import nearest

Document = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
KINDS: Final = ("page", "site", "change", "lighthouse")
_VERBS: Final = frozenset({"is", "contains", "does", "matches"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody wants to hold."""

    fact: str
    """Its dotted path, as `gonogo facts` shows it; `site.` or `lighthouse.` before it where pages have it, too."""
    must: str
    severity: str
    owner: str
    why: str
    pages: str = ""
    """Which pages it is about, as people write it; empty for all."""
    title: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """The fact that a policy is about."""

    reads: str
    path: tuple[str, ...]
    fact: Fact
    shape: Fact


def subject(name: str) -> Subject:
    """Return the fact called `name`. Raises UserError where there is none, with the nearest one."""
    path = tuple(name.strip().removesuffix("[]").replace("[]", "").split("."))
    kinds = [path[0]] if path[0] in KINDS else KINDS
    path = path[1:] if path[0] in KINDS and len(path) > 1 else path
    missing: list[tuple[int, UserError]] = []
    for kind in kinds:
        shape = Fact.of(shapes.load(kind), shapes.load(kind))
        found = _walked(shape, path)
        if isinstance(found, Fact):
            return Subject(kind, path, found, shape)
        missing.append(found)
    raise max(missing, key=lambda one: one[0])[1]


def draft(answers: Answers, documents: Callable[[str], Iterable[Mapping[str, Any]]]) -> Document:
    """Return the policy; `documents` gives those of a kind. Raises UserError where no page of the run can show it."""
    about = subject(answers.fact)
    if about.path[0] in ALWAYS_THERE - {"path", "url", "config", "expect"}:
        remedy = "Choose a fact of the page or the site."
        raise UserError(f"`{answers.fact}` is in every document", where="which fact", remedy=remedy)
    if answers.pages and about.reads == "site":
        remedy = "Leave the pages out."
        raise UserError("a rule about the site is about no single pages", where="which pages", remedy=remedy)
    document = _document(answers, about)
    policy = Policy.of("", document, "")
    found = _first_of_each(policy, documents(about.reads))
    word = looked_for(answers.must)
    good, bad = (_example(policy, found, about, wanted, word) for wanted in (PASSED, FAILED))
    return {**document, "examples": [good], "x-counterexamples": [bad]}


def _walked(shape: Fact, path: tuple[str, ...]) -> Fact | tuple[int, UserError]:
    fact = shape
    for depth, name in enumerate(path):
        holder = fact.member() or fact if "object" not in fact.types else fact
        found = holder.property(name)
        if found is None:
            close = nearest(name, holder.names, path[:depth])
            listed = ", ".join(sorted(holder.names)[:40])
            remedy = f"There are: {listed}." if listed else "`gonogo facts PAGE` shows the facts of a page."
            return depth, UserError(f"no fact `{'.'.join(path)}`{close}", where="which fact", remedy=remedy)
        fact = found
    return fact


def _document(answers: Answers, about: Subject) -> Document:
    name = ".".join(about.path)
    must = " ".join(answers.must.split())
    must = must if must.split(" ")[0].lower() in _VERBS else f"is {must}"
    place = place_of(answers.pages) if answers.pages else None
    where = f" {place.said}" if place and place.said else ""
    title = answers.title or f"{name} {must}{where}"
    scope = applies_to(place) if place else None
    return {
        "$schema": DIALECT,
        "title": title,
        "description": answers.why,
        "x-reads": about.reads,
        "x-severity": answers.severity,
        "x-owner": answers.owner,
        "x-fix": answers.fix or f"Mend it so that this holds: {name} {must}.",
        **({"x-applies-to": scope} if scope else {}),
        **_nested(about.shape, about.path, demand(answers.must, about.fact)),
        "examples": [],
        "x-counterexamples": [],
    }


def _nested(fact: Fact | None, path: tuple[str, ...], inner: Document) -> Document:
    if not path:
        return inner
    if fact is not None and "object" not in fact.types and fact.member() is not None:
        return {"items": _nested(fact.member(), path, inner)}
    return {"properties": {path[0]: _nested(fact.property(path[0]) if fact else None, path[1:], inner)}}


def _first_of_each(policy: Policy, documents: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the first document that passes and the first that fails."""
    judge, found = Judge([policy]), dict[str, Mapping[str, Any]]()
    for document in documents:
        for outcome in judge.each(document):
            found.setdefault(outcome.outcome, document)
        if PASSED in found and FAILED in found:
            break
    return found


def _example(
    policy: Policy, found: Mapping[str, Mapping[str, Any]], about: Subject, wanted: str, word: str
) -> Document:
    other = FAILED if wanted == PASSED else PASSED
    if wanted in found:
        return excerpt(policy, found[wanted], about.shape)
    if other not in found:
        raise _nothing_to_show(found)
    changed = turned(policy, excerpt(policy, found[other], about.shape), about.path, about.shape, wanted, word)
    if changed is None:
        says = "fail" if wanted == FAILED else "hold"
        remedy = "Say something else that must hold, or write the file by hand: policies/README.md says how."
        raise UserError(f"no value was found with which it would {says}", where="what must hold", remedy=remedy)
    return changed


def _nothing_to_show(found: Mapping[str, Mapping[str, Any]]) -> UserError:
    if set(found) - {INAPPLICABLE}:
        remedy = "Run `gonogo check` with a browser, so that it is measured."
        return UserError("the run did not measure this fact", where="which fact", remedy=remedy)
    remedy = "Name pages that the run has: `coverage.jsonl` in the run folder lists every address."
    return UserError("the rule is about no page of the run", where="which pages", remedy=remedy)
