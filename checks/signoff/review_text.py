"""The text by which a review signs: what is offered to be pasted, and what is read back.

In: what can be signed for in a run, the text of a review. Out: lines; what was understood, or why nothing was. Pure.
Each line ends with a seal: a digest over everything that is accepted but the worst value, which stands before it. So a
code, which is only a place in a list, can't come to mean something else, and a text holds without the run that it came
from. Whatever is not understood makes the whole text void: nobody signs by half.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HEADER: Final = "gonogo sign-off for "
FINDING: Final = "findings"
CAUSE: Final = "causes"
WEAKENING: Final = "weakenings"
KIND: Final = "accepted-risk"
"""The kind of reason where none is named: the one that claims least."""
SHORTEST_REASON: Final = 20
_NOT_SEALED: Final = frozenset({"measured", "not_worse_than", "title"})
"""The first and the last decide nothing; the worst value is for the reviewer to say."""
_PREFIX: Final = 10
_SEAL: Final = 32
_HEADER: Final = re.compile(r"gonogo sign-off for (?P<site>\S{1,300})")
_LINE: Final = re.compile(
    r"(?P<code>[A-Z]-[0-9]{1,6}) (?P<name>[0-9a-f]{10})(?: on [0-9]{1,6} pages?)?"
    r"(?: worst (?P<worst>-?[0-9]{1,18}(?:\.[0-9]{1,25})?))? seal (?P<seal>[0-9a-f]{32})"
)
_SAID: Final = re.compile(r"(?P<key>kind|until|reason):(?P<value>.*)")
_SHOWN: Final = 60  # characters of a line that is not understood
_PROBLEMS: Final = 10


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


@dataclass(frozen=True, slots=True)
class Understood:
    """What the text of a review says."""

    entries: tuple[tuple[Offer, Mapping[str, Any]], ...]
    """What is accepted, with the entry as the reviewer bounds it."""
    kind: str
    reason: str
    until: date | None
    unknown: tuple[str, ...] = ()
    """Codes of lines that name nothing that was found; only in a text that was accepted before."""
    problems: tuple[str, ...] = ()
    """Why it is void; empty where it is not."""


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
    return f"{offer.code} {_short(offer)}{on}{worst} seal {offer.seal}"


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


def parse(body: str, offered: Sequence[Offer], site_id: str, *, settled: bool = False) -> Understood | None:
    """Return what a review says about a site; None where it says nothing of it.

    `settled` is a text that was accepted before: what it names and is not found any more may have been mended.
    """
    blocks = _blocks(body, site_id)
    if not blocks:
        return None
    reading = _Reading({one.seal: one for one in offered}, settled=settled)
    if len(blocks) > 1:
        reading.problems.append(f"it says `{HEADER.strip()}` twice for this site")
    for number, text in blocks[0]:
        reading.take(number, text)
    return reading.understood()


class _Reading:
    """The lines of one text, as they are read."""

    def __init__(self, by_seal: Mapping[str, Offer], *, settled: bool) -> None:
        self.problems: list[str] = []
        self._by_seal = by_seal
        self._settled = settled
        self._entries: dict[str, tuple[Offer, Mapping[str, Any]]] = {}
        self._seals: set[str] = set()
        self._unknown: list[str] = []
        self._said: dict[str, str] = {}

    def take(self, number: int, text: str) -> None:
        if found := _LINE.fullmatch(text):
            self._accept(found)
        elif found := _SAID.fullmatch(text):
            if found["key"] in self._said:
                self.problems.append(f"`{found['key']}:` stands there twice")
            self._said[found["key"]] = found["value"].strip()
        else:
            self.problems.append(f"line {number} can't be understood: {text[:_SHOWN]!r}")

    def _accept(self, found: re.Match[str]) -> None:
        code, sealed, worst = found["code"], found["seal"], found["worst"]
        offer = self._by_seal.get(sealed)
        if sealed in self._seals:
            self.problems.append(f"{code} stands there twice")
        self._seals.add(sealed)
        if offer is None or _short(offer) != found["name"]:
            if self._settled:
                self._unknown.append(code)
            else:
                self.problems.append(f"{code} is not among what can be signed for now; paste the newest text")
        elif (offer.bound is None) != (worst is None):
            said = "has no number, so no worst value can be said" if worst else "has a number; say the worst value"
            self.problems.append(f"{code} {said}")
        else:
            bound = {} if worst is None else {"not_worse_than": float(worst) if "." in worst else int(worst)}
            self._entries[sealed] = (offer, {**offer.entry, **bound})

    def understood(self) -> Understood:
        if not self._seals:
            self.problems.append("it names nothing; paste the lines of what it is to accept")
        until = _day(self._said.get("until", ""))
        if until is None:
            self.problems.append("it has no last day, such as `until: 2026-12-31`")
        reason = self._said.get("reason", "")
        if len(reason) < SHORTEST_REASON:
            self.problems.append(f"it has no reason of at least {SHORTEST_REASON} characters, on the line of `reason:`")
        return Understood(
            entries=() if self.problems else tuple(self._entries.values()),
            kind=self._said.get("kind") or KIND,
            reason=reason,
            until=until,
            unknown=tuple(self._unknown),
            problems=tuple(self.problems[:_PROBLEMS]),
        )


def _blocks(body: str, site_id: str) -> list[list[tuple[int, str]]]:
    """Return the lines of each part about a site, with their numbers; it ends at an empty line, or at a fence."""
    blocks: list[list[tuple[int, str]]] = []
    current: list[tuple[int, str]] | None = None
    for number, text in enumerate(re.split(r"\r\n|\r|\n", body), start=1):
        plain = text.strip(" \t")
        if header := _HEADER.fullmatch(plain):
            current = [] if header["site"] == site_id else None
            if current is not None:
                blocks.append(current)
        elif not plain or plain.startswith("```"):
            current = None
        elif current is not None:
            current.append((number, plain))
    return blocks


def _place(choice: Choosable) -> tuple[str, str, str, str, str]:
    entry = choice.entry
    name = str(entry.get("fingerprint") or entry.get("cause"))
    return choice.kind, str(entry.get("policy_id", "")), name, str(entry.get("severity", "")), choice.owners[0]


def _short(offer: Offer) -> str:
    return offer.name.rpartition(":")[2][:_PREFIX]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
