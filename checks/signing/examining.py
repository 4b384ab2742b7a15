"""Sign-offs looked at on a desk: whose they are, what they cover, how long still, and what the gate would say.

In: the statements of a folder, the rules that decide, the moment. Out: lines for a terminal, escaped here, once.
On a desk nobody knows who made a change, so nobody is excluded here; the gate does that.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from checks.report.escape import terminal
from checks.report.words import clip, count
from checks.signoff.statement import REVOKE, FindingEntry, WeakeningEntry
from checks.signoff.verified import APPLIED, PARTLY, UNUSED, WOULD_APPLY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from checks.signoff.statement import CauseEntry, Statement
    from checks.signoff.verified import Verified

GOOD: Final = frozenset({APPLIED, PARTLY, UNUSED, WOULD_APPLY})
"""Outcomes in which nothing is wrong with the statement itself."""
_WORDS: Final = {UNUSED: "good (who made the change, and what a run finds, only the gate knows)"}
SOON: Final = timedelta(days=14)
_SHOWN: Final = 10


def told(one: Verified, now: datetime) -> Iterator[str]:
    """Give the lines about one statement."""
    said = one.statement
    yield f"{terminal(one.id)}  {terminal(_WORDS.get(one.outcome, one.outcome))}" + (
        f": {terminal(one.why)}" if one.why else ""
    )
    if said is None:
        yield f"  in       {terminal(one.where)}"
        return
    by = ", ".join(f"{signer.name} ({', '.join(signer.roles) or 'no role'})" for signer in one.signers)
    yield f"  by       {terminal(by) or 'nobody who may sign'}"
    yield f"  why      {terminal(said.reason_code)}: {terminal(said.reason)}"
    yield f"  until    {said.until}, {_left(said, now)}"
    if said.action == REVOKE:
        yield from (f"  revokes  {terminal(name)}" for name in said.revokes)
    yield from (f"  for      {terminal(_entry(entry))}" for entry in said.entries[:_SHOWN])
    if len(said.entries) > _SHOWN:
        yield f"           and {len(said.entries) - _SHOWN} more"


def asked(document: Mapping[str, object]) -> str:
    """Return one line about an open request."""
    entries = sum(len(members) for members in (document[key] for key in _LISTS) if isinstance(members, list))
    by, when = str(document["requested_by"]), str(document["requested_at"])
    return f"{terminal(str(document['request_id']))}  asked for by {terminal(by)} on {terminal(when)}: " + count(
        entries, "thing"
    )


_LISTS: Final = ("findings", "causes", "weakenings")


def _left(said: Statement, now: datetime) -> str:
    left = said.not_after - now
    if left < timedelta():
        return "which is over"
    days = (said.not_after.date() - now.date()).days
    told_days = f"{count(days, 'day')} left" if days else "the last day is today"
    return f"{told_days} - ends soon" if left <= SOON else told_days


def _entry(entry: FindingEntry | CauseEntry | WeakeningEntry) -> str:
    title = clip(entry.title, 120)
    if isinstance(entry, WeakeningEntry):
        return f"a weaker rule ({entry.owner}): {title}"
    bound = "" if entry.not_worse_than is None else f", not worse than {entry.not_worse_than:g}"
    where = (entry.url_path or "the site") if isinstance(entry, FindingEntry) else count(entry.pages, "page")
    return f"{entry.policy_id} on {where}{bound}: {title}"
