"""What a review can sign for, as lines to be pasted into it.

In: what can be signed for in a run. Out: `Offer`s, and their lines. Pure. Each line ends with a seal: a digest over
everything that is accepted but the worst value, which stands before it. So a code, which is only a place in a list,
can't come to mean something else, and a text holds without the run that it came from. What a review then says is read
in review_text.py.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

HEADER: Final = "gonogo sign-off for "
FINDING: Final = "findings"
CAUSE: Final = "causes"
WEAKENING: Final = "weakenings"
KIND: Final = "accepted-risk"
"""The kind of reason where none is named: the one that claims least."""
_NOT_SEALED: Final = frozenset({"measured", "not_worse_than", "title"})
"""The first and the last decide nothing; the worst value is for the reviewer to say."""
_PREFIX: Final = 10
_SEAL: Final = 32


class Choosable(Protocol):
    """One thing that can be signed for in a run."""

    @property
    def kind(self) -> str:
        """The member of a statement that it goes into."""

    @property
    def entry(self) -> Mapping[str, Any]:
        """What a statement says of it."""

    @property
    def owners(self) -> tuple[str, ...]:
        """Who must sign, each of them."""

    @property
    def refused(self) -> str:
        """Why nobody can; empty where somebody can."""

    @property
    def pages(self) -> tuple[str, ...]:
        """Of a cause: all its pages, sorted."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that a review can sign for."""

    code: str
    """The first letter of its owner, and its place among what blocks."""
    seal: str
    kind: str
    entry: Mapping[str, Any]
    pages: tuple[str, ...]

    @property
    def name(self) -> str:
        """The fingerprint, or the cause."""
        return str(self.entry["cause" if self.kind == CAUSE else "fingerprint"])

    @property
    def bound(self) -> float | None:
        """The worst value that there is; None where there is no number."""
        found: float | None = self.entry.get("not_worse_than")
        return found


def offers(choices: Iterable[Choosable], site_id: str, base_branch: str) -> tuple[Offer, ...]:
    """Return what a review can sign for, in an order that is the same for the same findings."""
    signable = sorted((one for one in choices if not one.refused), key=_place)
    return tuple(
        Offer(f"{one.owners[0][:1].upper()}-{number}", seal(one, site_id, base_branch), one.kind, one.entry, one.pages)
        for number, one in enumerate(signable, start=1)
    )


def seal(choice: Choosable, site_id: str, base_branch: str) -> str:
    """Return a digest over what is accepted, and for which site and branch; two causes on other pages differ."""
    sealed = {key: value for key, value in choice.entry.items() if key not in _NOT_SEALED}
    text = json.dumps([choice.kind, site_id, base_branch, sealed], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_SEAL]


def line(offer: Offer) -> str:
    """Return the line by which a review accepts one thing: code, name, number of pages, worst value, seal."""
    many = len(offer.pages)
    on = f" on {many} {'page' if many == 1 else 'pages'}" if offer.kind == CAUSE else ""
    worst = "" if offer.bound is None else f" worst {format(Decimal(repr(offer.bound)), 'f')}"
    return f"{offer.code} {short(offer)}{on}{worst} seal {offer.seal}"


def to_paste(offered: Sequence[Offer], site_id: str, until: date) -> dict[str, Any]:
    """Return the text to paste in parts, and the codes by name: the member `offer` of verdict.json.

    It is void as it stands, for nobody else can say the reason. Empty where there is nothing to sign for, or where the
    site has no address that could be named.
    """
    if not offered or not site_id:
        return {}
    codes: dict[str, str] = {}
    for one in offered:
        codes[one.name] = f"{codes[one.name]} {one.code}" if one.name in codes else one.code
    return {
        "head": [f"{HEADER}{site_id}"],
        "lines": [line(one) for one in offered],
        "foot": [f"kind: {KIND}", f"until: {until.isoformat()}", "reason:"],
        "codes": codes,
    }


def _place(choice: Choosable) -> tuple[str, str, str, str, str]:
    entry = choice.entry
    name = str(entry.get("fingerprint") or entry.get("cause"))
    return choice.kind, str(entry.get("policy_id", "")), name, str(entry.get("severity", "")), choice.owners[0]


def short(offer: Offer) -> str:
    """Return what a line calls it by: the beginning of its fingerprint, or of its cause."""
    return offer.name.rpartition(":")[2][:_PREFIX]
