"""What people say with a sign-off: what kind of reason, why, until when.

In: words. Out: a frozen `Said`, or an error that says what is missing. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from checks.errors import UserError
from checks.nearest import nearest
from checks.signoff.statement import LONGEST_DAYS

REASON_CODES: Final = {
    "false-positive": "the rule is wrong about this page",
    "accepted-risk": "we know it, and launch with it",
    "fix-scheduled": "it is being mended, and will be by the last day",
    "external-dependency": "somebody else has to mend it",
    "campaign-deadline": "the campaign starts before it can be mended",
    "not-applicable": "the rule does not speak about this case",
}
"""Every reason code -> what it says."""
SHORTEST_REASON: Final = 20
LONGEST_REASON: Final = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """What people say with a sign-off; what is None is still to be said."""

    reason_code: str | None = None
    reason: str | None = None
    until: date | None = None
    """The last day, inclusive, in UTC."""
    ticket: str | None = None

    def over(self, earlier: Said) -> Said:
        """Return this, and of `earlier` what this leaves open."""
        return Said(
            self.reason_code or earlier.reason_code,
            self.reason or earlier.reason,
            self.until or earlier.until,
            self.ticket or earlier.ticket,
        )


def complain(said: Said, today: date) -> None:
    """Raise UserError for what is missing before it can be signed, or can't be said so."""
    if said.reason_code not in REASON_CODES:
        what = f"`{said.reason_code}` is no kind of reason" if said.reason_code else "no kind of reason is given"
        hint = nearest(said.reason_code or "", REASON_CODES)
        raise UserError(what + hint, where="--reason-code", remedy=f"There are: {', '.join(REASON_CODES)}.")
    if not SHORTEST_REASON <= len((said.reason or "").strip()) <= LONGEST_REASON:
        what = f"the reason has {len((said.reason or '').strip())} characters"
        remedy = f"Say in {SHORTEST_REASON} to {LONGEST_REASON} characters why this may go live."
        raise UserError(what, where="--reason", remedy=remedy)
    if said.until is None or not today <= said.until <= today + timedelta(days=LONGEST_DAYS):
        what = f"{said.until} is over, or more than {LONGEST_DAYS} days away" if said.until else "no last day is given"
        raise UserError(what, where="--until", remedy="Name the last day on which this may stay, such as 2026-12-31.")


def day(text: str) -> date:
    """Return the day that somebody typed. Raises UserError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        remedy = "Write it as 2026-12-31: year, month, day. It counts until midnight UTC."
        raise UserError(f"there is no day `{text}`", where="--until", remedy=remedy) from None
