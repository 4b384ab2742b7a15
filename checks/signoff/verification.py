"""Is a statement what it says, and who signed it? Steps 3 to 9 of the order of verification; 10 and 11 are `applying`.

In: the files of statements, the change that is judged, who may sign, and the time that counts. Out: a `Verified` for
each: its people, or the first reason why it does not count. Nothing raises into a pass.
A statement is what was signed, by people who may, for this site, repository and branch, and in time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from checks.errors import CannotMeasureError, UserError
from checks.signoff import revoking, signatures, statement, verified
from checks.signoff.statement import MalformedError
from checks.signoff.verified import Context, SignedBy, StatementFiles, Verified, signed_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from checks.judge.policy import Policy
    from checks.signoff.excluded import Excluded
    from checks.signoff.people import Authority
    from checks.signoff.statement import Statement

__all__ = [
    "Context",
    "SignedBy",
    "StatementFiles",
    "Verified",
    "context_problem",
    "signed_by",
    "time_problem",
    "verify_all",
    "without_excluded",
]

CLOCKS_DIFFER: Final = timedelta(minutes=5)
MOST: Final = 500
"""Statements that are looked at: each costs a process or more."""


def verify_all(
    found: Sequence[StatementFiles],
    about: Context,
    authority: Authority | None,
    policies: Mapping[str, Policy],
    now: datetime,
) -> tuple[Verified, ...]:
    """Return what each statement is worth at the time `now`; the same statement found twice is one.

    `authority` and `policies` (by id) are those of the trusted ref. Raises MalformedError for a malformed statement
    there, UserError for more statements than are read, CannotMeasureError without ssh-keygen or with a clock that is
    behind the newest commit.
    """
    _check_clock(about, now)
    files = _merged(found)
    if len(files) > MOST:
        remedy = "Take away those whose last day is long over."
        raise UserError(
            f"there are {len(files)} sign-offs; at most {MOST} are read", where=files[0].where, remedy=remedy
        )
    read = [_signed(one, about, authority, now) for one in files]
    taken_back = revoking.Revocations(read, policies)
    return tuple(_in_force(one, about, taken_back, now) for one in read)


def without_excluded(signers: Sequence[SignedBy], excluded: Excluded) -> tuple[tuple[SignedBy, ...], str]:
    """Return who of `signers` did not make the change; and where nobody is left, why."""
    if excluded.unknown_authors:
        named = ", ".join(excluded.unknown_authors[:3])
        return (), f"who made the change is not known among the people ({named}), so it may be whoever signed"
    left = tuple(one for one in signers if one.person not in excluded.people)
    gone = [f"{one.name} ({excluded.why.get(one.person, 'known')})" for one in signers if one not in left]
    return left, f"it is signed by who made the change: {', '.join(dict.fromkeys(gone))}" if gone and not left else ""


def context_problem(signed: statement.SignedContext, about: Context) -> str:
    """Return in what a statement is for something else; nothing where it is for this."""
    if signed.site_id != about.site_id:
        return f"it is for the site {signed.site_id or 'without a name'}, and this is {about.site_id or 'one without'}"
    if not about.known:
        return ""
    if signed.repository_id != about.repository_id:
        return f"it is for the repository {signed.repository} ({signed.repository_id}), which this is not"
    if about.repository_id is None and (not signed.repository or signed.repository != about.repository):
        return f"it is for the repository {signed.repository or 'without a name'}, which this is not"
    if signed.base_branch != about.base_branch:
        return f"it is for the branch {signed.base_branch}, and this is for {about.base_branch or 'none'}"
    return ""


def time_problem(stated: Statement, now: datetime) -> tuple[str, str] | None:
    """Return the outcome and why where the time is not right; the last second of the last day still is."""
    if stated.issued_at > now + CLOCKS_DIFFER:
        return (
            verified.NOT_YET,
            f"it says that it was written at {stated.issued_at:%Y-%m-%dT%H:%M:%SZ}, which is to come",
        )
    if now.replace(microsecond=0) > stated.not_after:
        return verified.EXPIRED, f"its last day was {stated.until}"
    return None


def _check_clock(about: Context, now: datetime) -> None:
    if now.tzinfo is None or now.utcoffset() != timedelta(0):
        raise TypeError("the time that counts is in UTC")
    if about.newest and now + CLOCKS_DIFFER < about.newest:
        what = f"the clock says {now:%Y-%m-%d %H:%M}, and the base has a commit of {about.newest:%Y-%m-%d %H:%M}"
        remedy = "Set the clock: it decides which sign-offs have ended."
        raise CannotMeasureError(what, where="clock", remedy=remedy)


def _merged(found: Sequence[StatementFiles]) -> list[StatementFiles]:
    """Return each statement once, with all its signatures; what the trusted ref says of it comes first."""
    merged: dict[tuple[str, bytes], StatementFiles] = {}
    for one in sorted(found, key=lambda each: not each.trusted):
        known = merged.get((one.id, one.statement))
        if known is None:
            merged[one.id, one.statement] = one
            continue
        all_signatures = tuple(dict.fromkeys((*known.signatures, *one.signatures)))
        merged[one.id, one.statement] = replace(known, signatures=all_signatures, pages=known.pages or one.pages)
    return sorted(merged.values(), key=lambda each: each.id)


def _signed(files: StatementFiles, about: Context, authority: Authority | None, now: datetime) -> Verified:
    """Take steps 3 to 6: it can be read, it is for this, and these people signed it."""
    nothing = Verified(None, files.id, files.where, verified.MALFORMED, "", trusted=files.trusted)
    try:
        stated = _stated(files)
        pages = _pages(stated, files)
    except MalformedError as error:
        if files.trusted:
            raise
        return replace(nothing, why=str(error.what))
    told = replace(nothing, statement=stated, pages=pages)
    if problem := context_problem(stated.context, about):
        return replace(told, outcome=verified.WRONG_CONTEXT, why=problem)
    outcome, why, signers = signatures.signers_of(files, authority, now)
    told = replace(told, outcome=outcome, why=why, signers=signers)
    if outcome != verified.UNUSED or stated.action == statement.REVOKE:
        return told
    left, problem = without_excluded(signers, about.excluded)
    return replace(told, outcome=verified.UNUSED if left else verified.SELF_APPROVAL, why=problem, signers=left)


def _in_force(told: Verified, about: Context, taken_back: revoking.Revocations, now: datetime) -> Verified:
    """Take steps 7 to 9: it is in time, nobody took it back, and what it is bound to is the same."""
    stated = told.statement
    if taken_back.takes(told):
        return replace(told, outcome=verified.APPLIED)
    if stated is None or told.outcome != verified.UNUSED or stated.action == statement.REVOKE:
        return told
    if problem := time_problem(stated, now):
        return replace(told, outcome=problem[0], why=problem[1])
    if told.id in about.taken_away:
        return replace(told, outcome=verified.REVOKED, why="the change takes it away, or some of its signatures")
    left = taken_back.left(told)
    if isinstance(left, str):
        return replace(told, outcome=verified.REVOKED, why=left)
    for name in ("commit", "tree", "site_digest"):
        wanted, here = getattr(stated.binding, name), getattr(about, name)
        if wanted is not None and wanted != here and (about.known or here is not None):
            return replace(told, outcome=verified.WRONG_CONTEXT, why=f"it is bound to another {name.replace('_', ' ')}")
    return replace(told, signers=left)


def _stated(files: StatementFiles) -> Statement:
    if statement.id_of(files.statement) != files.id:
        remedy = "`gonogo sign-off approve` names the files; one that was changed is no sign-off any more."
        what = "the name of the file is not the id of what it holds"
        raise MalformedError(what, where=files.where, remedy=remedy)
    return statement.parse(files.statement, files.where)


def _pages(stated: Statement, files: StatementFiles) -> dict[str, tuple[str, ...]]:
    """Return the lists of pages that the statement names by their digests."""
    if not stated.causes:
        return {}
    try:
        lists = statement.pages_by_digest(files.pages or b"")
    except ValueError as error:
        raise MalformedError(f"its list of pages can't be read: {error}", where=files.where) from error
    wanted = {one.pages_digest: one.pages for one in stated.causes}
    if {digest: len(pages) for digest, pages in lists.items()} != wanted:
        raise MalformedError("its list of pages is missing, or is not the one that was signed", where=files.where)
    return lists
