"""A review of a pull request as a signature: who it is by, whether it still stands, and what it accepts.

In: reviews as the forge tells them (shape `context`), what can be signed for in this run, who may sign, the time that
counts. Out: a `Verified` for each, as for a statement that was signed with a key. Pure.
Nothing is stored that somebody could change: each run asks the forge again, and reads the text again. So a review that
is dismissed or edited signs for nothing from then on, in the merge queue and on the base branch too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from checks.signoff import statement
from checks.signoff import verified as outcomes
from checks.signoff.excluded import excluded
from checks.signoff.offers import CAUSE, FINDING, WEAKENING
from checks.signoff.review_text import Understood, parse
from checks.signoff.statement import MalformedError, Statement
from checks.signoff.verification import time_problem, without_excluded
from checks.signoff.verified import Context, SignedBy, Verified, signed_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from checks.signoff.offers import Offer
    from checks.signoff.people import Authority, Person

APPROVED: Final = "APPROVED"
DISMISSED: Final = "DISMISSED"
_STANDS: Final = frozenset({"same", "same-change"})
"""How the commit of a review may stand to the head of its pull request."""
_LASTS: Final = frozenset({outcomes.UNUSED, outcomes.EXPIRED, outcomes.REVOKED})
"""Outcomes that are told of reviews of other pull requests; what never counted there is nobody's business here."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The run whose findings were offered to be signed."""

    report_digest: str
    """SHA-256 of findings.jsonl."""
    policy_set_digest: str
    tool_version: str


@dataclass(frozen=True, slots=True)
class _Verifying:
    """What all reviews of a run are held against."""

    offered: Sequence[Offer]
    about: Context
    authority: Authority | None
    run: Judged
    now: datetime


def verified(
    reviews: Sequence[Mapping[str, Any]],
    offered: Sequence[Offer],
    about: Context,
    authority: Authority | None,
    run: Judged,
    now: datetime,
) -> tuple[Verified, ...]:
    """Return what each review that says something of this site is worth at the time `now`.

    `reviews` are of the shape `context`; `authority` is that of the trusted ref. Nothing raises into a pass.
    """
    all_of_it = _Verifying(offered, about, authority, run, now)
    told = ((review, _verified(review, all_of_it)) for review in reviews)
    return tuple(one for review, one in told if one is not None and (one.outcome in _LASTS or not review["settled"]))


def record(review: Mapping[str, Any], said: Understood, person: Person, about: Context, run: Judged) -> dict[str, Any]:
    """Return the statement that a review makes, as a document of the shape `sign-off`.

    It names the review and the person; two reviews make two statements, and the same review always the same.
    """
    mark = f"{about.repository_id} {review['pull_request']} {review['id']} {review['body_digest']}"
    entries: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in (FINDING, CAUSE, WEAKENING)}
    for offer, entry in said.entries:
        entries[offer.kind].append(entry)
    return {
        "schema": statement.SCHEMA,
        "action": statement.OVERRIDE,
        "request_id": f"{statement.REVIEW}{review['pull_request']}-{review['id']}",
        "nonce": hashlib.sha256(mark.encode()).hexdigest()[:32],
        "context": {
            "repository_id": about.repository_id,
            "repository": about.repository,
            "site_id": about.site_id,
            "base_branch": about.base_branch,
        },
        "report_digest": run.report_digest,
        "policy_set_digest": run.policy_set_digest,
        "tool_version": run.tool_version,
        "binding": {"level": "finding"},
        **entries,
        "reason_code": said.kind,
        "reason": said.reason,
        "requested_by": person.id,
        "requested_at": review["submitted_at"],
        "issued_at": review["submitted_at"],
        "not_after": f"{said.until}T23:59:59Z",
    }


def _verified(review: Mapping[str, Any], against: _Verifying) -> Verified | None:
    said = parse(review["body"], against.offered, against.about.site_id, settled=review["settled"])
    if said is None:
        return None
    name = f"review-{review['pull_request']}-{review['id']}"
    where = f"review {review['id']} of pull request {review['pull_request']}"
    plain = Verified(None, name, where, outcomes.UNUSED, "", trusted=False)
    person = _person(review["user_id"], against.authority)
    if person is None or against.authority is None:
        why = f"GitHub account {review['user_id']} is none of the people who may sign"
        return replace(plain, outcome=outcomes.UNKNOWN_SIGNER, why=why)
    signer = signed_by(person, f"github:{review['user_id']}", against.authority)
    if why := _own(review, signer, against):
        return replace(plain, outcome=outcomes.SELF_APPROVAL, why=why)
    if problem := _void(review):
        return replace(plain, outcome=problem[0], why=problem[1])
    if said.problems:
        return replace(plain, outcome=outcomes.MALFORMED, why="; ".join(said.problems))
    if not said.entries:
        return _idle(plain, said, signer, against.now)
    try:
        document = record(review, said, person, against.about, against.run)
        data = statement.to_bytes(document)
    except MalformedError as error:
        return replace(plain, outcome=outcomes.MALFORMED, why=error.what)
    stated = Statement.of(document)
    pages = {str(entry["pages_digest"]): offer.pages for offer, entry in said.entries if offer.kind == CAUSE}
    told = replace(plain, statement=stated, id=statement.id_of(data), signers=(signer,), pages=pages)
    ended = _ended(review) or time_problem(stated, against.now)
    return replace(told, outcome=ended[0], why=ended[1]) if ended else told


def _person(user: int, authority: Authority | None) -> Person | None:
    return next((one for one in authority.people if one.github == user), None) if authority else None


def _own(review: Mapping[str, Any], signer: SignedBy, against: _Verifying) -> str:
    """Return why somebody can't sign: who made the change that is judged, or the one that was reviewed."""
    if not against.about.known or against.authority is None:
        return ""
    reviewed = excluded(against.authority.people, review["emails"], review["github_ids"])
    for made_by in (against.about.excluded, reviewed):
        left, why = without_excluded((signer,), made_by)
        if not left:
            return why
    return ""


def _void(review: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return outcome and reason where a review never was a signature, or is none for this."""
    if review["state"] not in {APPROVED, DISMISSED}:
        return outcomes.BAD_SIGNATURE, "only a review that approves is a signature"
    if review["edited"]:
        return outcomes.BAD_SIGNATURE, "its text was edited after it was submitted; a new review says it anew"
    if review["state"] == APPROVED and review["head"] not in _STANDS:
        return outcomes.WRONG_CONTEXT, "it is about an older commit, and the change is another since"
    return None


def _ended(review: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return outcome and reason where a review was a signature, and was taken back."""
    if review["state"] == DISMISSED:
        return outcomes.REVOKED, "the review was dismissed"
    if review["superseded"]:
        return outcomes.REVOKED, "the same person has asked for changes later"
    return None


def _idle(plain: Verified, said: Understood, signer: SignedBy, now: datetime) -> Verified | None:
    """Return a text of which nothing is found any more; None where its last day is over."""
    if said.until is None or said.until < now.date():
        return None
    return replace(plain, why=f"nothing was found of {', '.join(said.unknown[:10])}", signers=(signer,))
