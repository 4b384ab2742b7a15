"""The sign-offs of a run, as its folder keeps them: verified once, applied again and again.

In: what verification said, or the document of it in a run folder. Out: that document, and what applies it to findings.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from checks.signoff import asked
from checks.signoff.applying import Applying
from checks.signoff.verified import Verified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from checks.judge.policy import Policy

Document = dict[str, Any]
NONE: Final[Document] = {"known": False, "now": None, "verified": [], "requests": [], "offer": {}}


def to_document(
    found: Sequence[Verified], now: datetime, *, known: bool, requests: Sequence[Document], offer: Document
) -> Document:
    """Return sign-offs.json.

    `known` says whether it is known who made the change, without which nothing applies; `requests` are those that
    nobody has answered; `offer` is the text that a review can say to sign.
    """
    return {
        "known": known,
        "now": now.astimezone(UTC).isoformat(timespec="seconds"),
        "verified": [one.to_document() for one in found],
        "requests": [asked.to_document(one) for one in requests],
        "offer": offer,
    }


def applying(document: Mapping[str, Any], policies: Mapping[str, Policy], today: date) -> Applying:
    """Return what applies the sign-offs of a run; `today` is the day of a run that kept none."""
    found = [Verified.from_document(one) for one in document["verified"]]
    said = document["now"]
    now = datetime.fromisoformat(said) if said else datetime.combine(today, time(), UTC)
    return Applying(found, policies, now, desk=not document["known"])
