"""What is known of a statement or a review while it is verified, applied and told.

In: values. Out: frozen records, and their way to JSON and back: the run folder keeps them, so that a replay needs
neither keys nor ssh-keygen. Pure.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from checks.signoff.excluded import Excluded
from checks.signoff.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from checks.signoff.people import Authority, Person

APPLIED: Final = "applied"
PARTLY: Final = "partly-applied"
UNUSED: Final = "unused"
"""Nothing is wrong with it; and, in the end, nothing was found that it is about."""
EXPIRED: Final = "expired"
REVOKED: Final = "revoked"
NOT_YET: Final = "not-yet-valid"
WRONG_CONTEXT: Final = "wrong-context"
BAD_SIGNATURE: Final = "bad-signature"
UNKNOWN_SIGNER: Final = "unknown-signer"
SELF_APPROVAL: Final = "self-approval"
INSUFFICIENT: Final = "insufficient-roles"
WORSE: Final = "worse-than-signed"
POLICY_CHANGED: Final = "policy-changed"
NOT_OVERRIDABLE: Final = "not-overridable"
MALFORMED: Final = "malformed"
WOULD_APPLY: Final = "would-apply"
"""On a desk only, where nobody can be known to be excluded."""

LEAD: Final = "lead"
ARBITER: Final = "arbiter"


@dataclass(frozen=True, slots=True)
class StatementFiles:
    """What belongs to one statement, as found."""

    id: str
    """By the name of its file."""
    statement: bytes
    signatures: tuple[bytes, ...]
    pages: bytes | None
    where: str
    """As messages name it."""
    trusted: bool
    """Whether it stands at the ref whose rules decide."""


@dataclass(frozen=True, slots=True)
class Context:
    """The change that is judged, as far as it is known."""

    repository_id: int | None
    repository: str
    site_id: str
    base_branch: str
    commit: str | None
    tree: str | None
    site_digest: str | None
    excluded: Excluded = field(default_factory=Excluded)
    known: bool = True
    """False on a desk."""
    taken_away: frozenset[str] = frozenset()
    """Ids of sign-offs of the base that the change takes away: it is judged as if they were gone."""
    newest: datetime | None = None
    """The date of the newest commit of the base: a clock that is behind it would revive what has ended."""


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Somebody whose signature counts."""

    person: str
    name: str
    roles: tuple[str, ...]
    fingerprint: str
    """Of the key; for a review, what tells the account from every other."""
    level: str = ""
    """`lead` or `arbiter`, where the person is one."""
    after: int = 0
    """Days of disagreement after which that counts."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A statement or a review, and whether it counts."""

    statement: Statement | None
    """None where it can't be read."""
    id: str
    where: str
    outcome: str
    """UNUSED where nothing is wrong with it, else the first reason why it does not count."""
    why: str
    """One sentence; empty where nothing is wrong."""
    signers: tuple[SignedBy, ...] = ()
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Digest of a list of pages -> the list."""
    trusted: bool = False
    """Whether it stands at the ref whose rules decide."""

    def to_document(self) -> dict[str, Any]:
        """Return it as the run folder keeps it: with it a verdict is reached again without keys or ssh-keygen."""
        return {
            "statement": self.statement.to_document() if self.statement else None,
            "id": self.id,
            "where": self.where,
            "outcome": self.outcome,
            "why": self.why,
            "signers": [asdict(one) for one in self.signers],
            "pages": {digest: list(pages) for digest, pages in self.pages.items()},
            "trusted": self.trusted,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Verified:
        """Return what `to_document` has written."""
        stated = document["statement"]
        signers = (SignedBy(**{**one, "roles": tuple(one["roles"])}) for one in document["signers"])
        read = {
            "statement": Statement.of(stated) if stated else None,
            "signers": tuple(signers),
            "pages": {digest: tuple(pages) for digest, pages in document["pages"].items()},
        }
        return cls(**{**document, **read})


def signed_by(person: Person, fingerprint: str, authority: Authority) -> SignedBy:
    """Return `person` as one who signed with this key or account."""
    plain = SignedBy(person.id, person.name, person.roles, fingerprint)
    for level, step in ((ARBITER, authority.escalation.arbiter), (LEAD, authority.escalation.lead)):
        if step and person.id in step.people:
            return replace(plain, level=level, after=step.after)
    return plain
