"""A finding: one place where a policy failed, and the line of findings.jsonl that it becomes.

In: values. Out: a frozen `Finding`, its document, and shortened values (what came from a page may be long).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

LONGEST_TEXT: Final = 200
LONGEST_WHAT: Final = 500
MOST_MEMBERS: Final = 8
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


class Missing(Enum):
    """The absence of a value, which null is not."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a policy failed; fields as in the published shape `finding`."""

    policy: str
    title: str
    severity: str
    owner: str
    reads: str
    page: str | None
    """Path on the production origin; None for the site."""
    what: str
    value: Any
    """What was measured, or MISSING."""
    limit: Any
    """What is allowed, or MISSING."""
    message: str
    fix: str
    reference: tuple[str, ...]
    fingerprint: str
    cause: str
    state: str
    blocking: bool
    launch_blocker: bool
    pointer: str
    proposed: bool
    sign_off: Mapping[str, Any] | None = None
    """Who signed for it, why, and until when; None where nobody has."""
    worth: Mapping[str, float] | None = None
    """Clicks and conversions a month of its page, or of the address that failed; None where nobody knows any."""
    since: Mapping[str, Any] | None = None
    """The day since which it is known to be there, and what follows from that; None where no day is known."""
    former: Mapping[str, str] | None = None
    """Page and fingerprint that it had before its page moved; None where it did not."""

    @property
    def called(self) -> dict[str, str]:
        """The fingerprints that it goes by, each with its page then: the one before the page moved comes last."""
        former = {self.former["fingerprint"]: self.former["page"]} if self.former else {}
        return {self.fingerprint: self.page or "", **former}

    def to_document(self) -> dict[str, Any]:
        """Return the line of findings.jsonl; what is absent is left out."""
        document = {name: getattr(self, name) for name in self.__slots__}
        document["reference"] = list(self.reference)
        for absent in ("page", "sign_off", "worth", "since", "former"):
            if document[absent] is None:
                del document[absent]
        return {name: value for name, value in document.items() if value is not MISSING}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Finding:
        """Return the finding that a line of findings.jsonl tells of."""
        absent = {"page": None, "value": MISSING, "limit": MISSING}
        return cls(**{**absent, **document, "reference": tuple(document["reference"])})


def fingerprint(policy: str, page: str | None, what: str) -> str:
    """Return the identity of a finding: a digest of these three, and of nothing else."""
    return "v1:" + _digest([policy, page or "", what])[:32]


def cause(policy: str, key: str) -> str:
    """Return what findings of one policy have in common on all pages where the same thing is at fault."""
    return "c1:" + _digest([policy, key])[:16]


def clipped(value: Any, depth: int = 3) -> Any:
    """Return `value`, with long texts cut, long lists and objects shortened and deep ones left out."""
    match value:
        case str() if len(value) > LONGEST_TEXT:
            return value[: LONGEST_TEXT - 1] + "…"
        case list() | tuple():
            if not depth:
                return f"{len(value)} members"
            shown = [clipped(member, depth - 1) for member in value[:MOST_MEMBERS]]
            rest = len(value) - len(shown)
            return [*shown, f"and {rest} more"] if rest else shown
        case Mapping():
            if not depth:
                return f"{len(value)} members"
            return {clipped(key): clipped(value[key], depth - 1) for key in list(value)[: 2 * MOST_MEMBERS]}
        case _:
            return value


def identified(text: str) -> str:
    """Return the name of what failed, with a digest in place of the rest where it is very long."""
    if len(text) <= LONGEST_WHAT:
        return text
    return f"{text[: LONGEST_WHAT - 20]}…{_digest(text)[:16]}"


def _digest(value: Any) -> str:
    return hashlib.sha256(_ENCODE(value).encode("utf-8", "replace")).hexdigest()
