"""The log of the sign-offs, and figures from it: what a policy is worth, and where the two sides keep meeting.

In: past statements (what git kept of them), verdicts of saved runs. Out: entries in order of time, and figures. Pure.
Nothing here was verified: a log tells what was written, `sign-off verify` whether it counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from checks.signoff.statement import REVOKE, FindingEntry, WeakeningEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from checks.signoff.statement import CauseEntry, Statement

NO_OWNER: Final = "unknown"
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Logged:
    """One statement, as the log has it."""

    id: str
    when: datetime
    """When its file was committed; of a review, when it was submitted."""
    by: str
    """Who committed it, as git says; of a review, who wrote it."""
    statement: Statement


@dataclass(frozen=True, slots=True)
class Figures:
    """What the log comes to."""

    statements: int
    revoked: int
    hours_by_owner: Mapping[str, float]
    """Owner -> the median of the hours from request to signature."""
    by_policy: Mapping[str, int]
    """Policy -> how many exceptions were signed."""
    repeats: Mapping[str, int]
    """What was signed for more than once, named by policy and page or cause -> how often."""
    applied: Mapping[str, int]
    """Id of a statement -> in how many of the saved runs it applied."""
    decided_by: Mapping[str, int]
    """A lead or an arbiter -> how many statements they decided in the saved runs, where owners did not agree."""

    def to_document(self) -> dict[str, Any]:
        """Return the figures as JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def figures(
    log: Sequence[Logged], owner_by_policy: Mapping[str, Sequence[str]], verdicts: Iterable[Mapping[str, Any]]
) -> Figures:
    """Return what the log comes to; `verdicts` are the verdict.json of saved runs.

    A statement that went and came back, or lies in two places, is one.
    """
    known = {one.id: one for one in log}
    accepted = [one.statement for one in known.values() if one.statement.action != REVOKE]
    revoked = {name for one in known.values() if one.statement.action == REVOKE for name in one.statement.revokes}
    policies, repeats, applied = Counter[str](), Counter[str](), Counter[str]()
    waited: dict[str, list[timedelta]] = {}
    decided: set[tuple[str, str]] = set()
    for said in accepted:
        policies.update(_policy(entry) for entry in said.entries)
        repeats.update(_name(entry) for entry in said.entries)
        # A review is its own request: how long somebody waited for it, nobody knows.
        asked = () if said.of_review else said.entries
        for owner in sorted({owner for entry in asked for owner in _owners(entry, owner_by_policy)}):
            waited.setdefault(owner, []).append(said.issued_at - said.requested_at)
    for verdict in verdicts:
        told = verdict.get("sign_offs", ())
        applied.update(one["id"] for one in told if one.get("applied"))
        decided.update((name, one["id"]) for one in told for name in one.get("decided_by", ()))
    return Figures(
        statements=len(accepted),
        revoked=len(revoked),
        hours_by_owner={owner: _hours(times) for owner, times in sorted(waited.items())},
        by_policy=dict(policies.most_common()),
        repeats={name: times for name, times in repeats.most_common() if times > 1},
        applied=dict(applied.most_common()),
        decided_by=dict(Counter(name for name, _ in sorted(decided)).most_common()),
    )


def told(log: Sequence[Logged], found: Figures) -> Iterator[str]:
    """Give the log and the figures as plain lines, not yet escaped."""
    for one in sorted(log, key=lambda each: each.when):
        said = one.statement
        what = f"revokes {', '.join(said.revokes)}" if said.action == REVOKE else _names(said)
        yield f"{one.when:%Y-%m-%d %H:%M} {one.id} {said.requested_by} -> {one.by} until {said.until}"
        yield f"  {what}"
        yield f"  {said.reason_code}: {said.reason}"
    yield ""
    yield f"{found.statements} signed, {found.revoked} taken back"
    yield from _table("hours from request to signature, by owner (median)", found.hours_by_owner)
    yield from _table("exceptions by policy", found.by_policy)
    yield from _table("signed for more than once", found.repeats)
    yield from _table("applied in saved runs", found.applied)
    yield from _table("decided where owners did not agree, in saved runs", found.decided_by)


def _table(title: str, values: Mapping[str, float]) -> Iterator[str]:
    if values:
        yield ""
        yield f"{title}:"
        yield from (f"  {value:>6g}  {name}" for name, value in values.items())


def _names(said: Statement) -> str:
    names = [_name(entry) for entry in said.entries]
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _policy(entry: FindingEntry | CauseEntry | WeakeningEntry) -> str:
    return "weaker rules" if isinstance(entry, WeakeningEntry) else entry.policy_id


def _name(entry: FindingEntry | CauseEntry | WeakeningEntry) -> str:
    """Return what tells an entry from others over time, in words: the policy, and the page or the cause."""
    if isinstance(entry, WeakeningEntry):
        return entry.title
    if isinstance(entry, FindingEntry):
        return f"{entry.policy_id} on {entry.url_path or 'the site'}"
    return f"{entry.policy_id} on {entry.pages} pages ({entry.cause})"


def _owners(entry: FindingEntry | CauseEntry | WeakeningEntry, known: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if isinstance(entry, WeakeningEntry):
        return (entry.owner,)
    return known.get(entry.policy_id, (NO_OWNER,))


def _hours(times: Sequence[timedelta]) -> float:
    return round(median(time / timedelta(hours=1) for time in times), 1)
