"""What is meant to be unusual about some addresses, and what is not looked at: each with a reason and a last day.

In: nothing. Out: `Exclusion`, `Expectation`. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Addresses that are not measured. Void after its last day."""

    page: str
    why: str
    owner: str
    until: date
    """The last day, inclusive, in UTC."""

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        return {"page": self.page, "why": self.why, "owner": self.owner, "until": self.until.isoformat()}


@dataclass(frozen=True, slots=True)
class Expectation(Exclusion):
    """What is meant to be unusual about some addresses. Void after its last day."""

    noindex: bool
    status: int | None
    orphan: bool

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        said = {"noindex": self.noindex or None, "status": self.status, "orphan": self.orphan or None}
        # Not super(): a class with slots is made anew by its decorator, and super() would look for the first one.
        return Exclusion.to_document(self) | {key: value for key, value in said.items() if value is not None}
