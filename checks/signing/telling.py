"""Sign-offs in words: what is about to be signed, and the checklist that it is chosen from.

In: choices, requests. Out: lines for a terminal. Words that came from a page, a policy or a file pass through the
terminal's escaping here, once; what prints them adds nothing.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from checks.report.escape import terminal
from checks.report.words import clip, count, listed, place, short_json
from checks.signing import choosing
from checks.signing.choosing import CAUSE, FINDING, WEAKENING
from checks.signoff.bounds import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from checks.judge.policy import Policy
    from checks.signing.choosing import Choice
    from checks.signing.terms import Said

_NAMED: Final = 5
"""How many pages of a cause are named; a file beside the sign-off lists all of them."""


def checklist(offered: Sequence[Choice]) -> Iterator[str]:
    """Give the numbered list that people choose from, by owner; `offered` is `in_order`."""
    width = len(str(len(offered)))
    numbered = enumerate(offered, 1)
    for owners, group in groupby(numbered, key=lambda each: _heading(each[1])):
        yield ""
        yield f"{terminal(owners)}:"
        for position, one in group:
            mark = " -".rjust(width + 1) if one.refused else f"{position:>{width}}."
            first, *others = _lines(one)
            yield f"  {mark} {terminal(first)}"
            yield from (f"  {' ' * width}  {terminal(line)}" for line in others)


def in_order(offered: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choices in the order in which the checklist shows them: what nobody can sign for is last."""
    return tuple(sorted(offered, key=lambda one: (bool(one.refused), one.by.groups)))


def exactly(chosen: Iterable[Choice], policies: Mapping[str, Policy]) -> Iterator[str]:
    """Give, for each thing that is about to be signed, what it is, where, what was measured and how far it may go."""
    for position, one in enumerate(chosen, 1):
        yield ""
        yield from _exactly(position, one, policies.get(one.shown.get("policy", "")))


def terms(said: Said, context: Mapping[str, Any]) -> Iterator[str]:
    """Give what holds for all of it: why, until when, and for which site."""
    where = context["site_id"] or "a site whose address is not known"
    branch = context["base_branch"] or "?"
    numbered = f" (number {context['repository_id']})" if context["repository_id"] else ""
    repository = (context["repository"] or "no repository") + numbered
    yield f"  for      {terminal(where)}, {terminal(repository)}, branch {terminal(branch)}"
    yield f"  why      {terminal(said.reason_code or '?')}: {terminal(said.reason or '?')}"
    if said.ticket:
        yield f"  ticket   {terminal(said.ticket)}"
    yield f"  until    {said.until or '?'}, that day included (UTC)"


def _exactly(position: int, one: Choice, policy: Policy | None) -> Iterator[str]:
    if one.kind == WEAKENING:
        yield f"{position}. A rule becomes weaker: {terminal(one.shown['said'])}"
        yield f"   file     {terminal(one.shown['file'])} ({terminal(one.shown['what'])})"
        before, after = (clip(one.shown[key], 200) or "nothing" for key in ("before", "after"))
        yield f"   change   {terminal(before)} -> {terminal(after)}"
        yield f"   must be signed by {terminal(one.by.words)}"
        return
    shown = one.shown
    yield f"{position}. {terminal(policy.title if policy else shown['title'])}"
    yield f"   rule     {terminal(shown['policy'])} ({terminal(shown['severity'])})"
    yield f"   what     {terminal(clip(shown['what'], 300))}"
    yield f"   message  {terminal(clip(shown['message'], 400))}"
    if said := _measured(shown):
        yield f"   value    {terminal(said)}"
    yield from _where(one)
    yield f"   worst    {_worst(one)}"
    yield f"   must be signed by {terminal(one.by.words)}"
    yield f"   code     {terminal(choosing.code(one))}"


def _measured(shown: Mapping[str, Any]) -> str:
    """Return what was found and what is allowed, also where the message says it: it is what somebody signs for."""
    pairs = (("found", shown.get("value")), ("limit", shown.get("limit")))
    return listed(*(f"{name} {short_json(value)}" for name, value in pairs if value is not None))


def _worst(one: Choice) -> str:
    bound = one.entry.get("not_worse_than")
    if bound is None:
        return "this has no number: nobody can say that it must not become worse"
    found = number(one.shown.get("value"))
    more = f", where {found:g} was found" if one.kind == FINDING and found is not None and found != bound else ""
    return f"{bound:g}{more}; anything worse blocks again"


def _where(one: Choice) -> Iterator[str]:
    if one.kind != CAUSE:
        yield f"   page     {terminal(place(one.shown))}"
        return
    yield f"   pages    {count(len(one.pages), 'page')}, and no other:"
    for page in one.pages[:_NAMED]:
        yield f"            {terminal(page)}"
    if len(one.pages) > _NAMED:
        yield f"            and {len(one.pages) - _NAMED:,} more, all in the list beside the sign-off"


def _heading(one: Choice) -> str:
    return "nobody can sign for" if one.refused else one.by.words


def _lines(one: Choice) -> Iterator[str]:
    """Give what it is, what was found, and why nobody can sign for it where that is so."""
    if one.kind == WEAKENING:
        yield f"A rule becomes weaker: {one.shown['said']}"
    else:
        where = count(len(one.pages), "page") if one.kind == CAUSE else place(one.shown)
        yield f"{one.shown['title']} - {where}"
        # A label, so that no words of a page look like an entry of the list.
        yield f"found: {clip(one.shown['message'], 160)}"
    if one.refused:
        yield f"can't be signed: {one.refused}"
