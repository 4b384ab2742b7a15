"""The statement that a request becomes when somebody signs, and the one that takes another back: the bytes to sign.

In: a request that was compared with its run, what people said. Out: bytes. Pure.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from checks.signing import terms
from checks.signing.choosing import CAUSE, Choice
from checks.signoff.pages import pages_to_bytes
from checks.signoff.statement import REVOKE, SCHEMA, to_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.signing.terms import Said

TERMS: Final = frozenset({"reason_code", "reason", "ticket", "until"})
"""What a request may say, and whoever signs may say otherwise."""


def statement(asked: Mapping[str, Any], said: Said, nonce: str, now: datetime) -> bytes:
    """Return the statement that the request `asked` becomes: the bytes to sign.

    Raises UserError as `terms.complain` does, and for what is not of the shape `sign-off`.
    """
    terms.complain(said, now.date())
    document = {key: value for key, value in asked.items() if key not in TERMS}
    return to_bytes(
        {
            **document,
            "schema": SCHEMA,
            "nonce": nonce,
            "reason_code": said.reason_code,
            "reason": said.reason,
            **({"ticket": said.ticket} if said.ticket else {}),
            "issued_at": stamp(now),
            "not_after": f"{said.until}T23:59:59Z",
        }
    )


def revocation(of: Mapping[str, Any], revoked: str, said: Said, by: str, nonce: str, now: datetime) -> bytes:
    """Return a statement that takes back the statement or the key called `revoked`: the bytes to sign.

    `of` is the statement that is taken back, or any other of the same project: it says for which site this counts.
    Raises UserError as `statement` does.
    """
    kept = ("context", "report_digest", "policy_set_digest", "tool_version")
    asked = {
        **{key: of[key] for key in kept},
        "action": REVOKE,
        "request_id": f"revoke-{nonce[:8]}",
        "binding": {"level": "finding"},
        "revokes": [revoked],
        "requested_by": by,
        "requested_at": stamp(now),
    }
    return statement(asked, said, nonce, now)


def pages_of(chosen: Sequence[Choice]) -> bytes | None:
    """Return the bytes of the lists of pages that go with `chosen`; None where no cause is among them."""
    lists = sorted({one.pages for one in chosen if one.kind == CAUSE})
    return pages_to_bytes(*lists) if lists else None


def stamp(now: datetime) -> str:
    """Return a moment as statements write it."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
