"""The text by which a review signs: what is read of it.

In: the text of a review, what could be signed for. Out: what was understood, or why nothing was. Pure. Whatever is not
understood makes the whole text void: nobody signs by half. What is offered to be pasted is made in offers.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from checks.signoff.offers import HEADER, KIND, Offer, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHORTEST_REASON: Final = 20
_HEADER: Final = re.compile(r"gonogo sign-off for (?P<site>\S{1,300})")
_LINE: Final = re.compile(
    r"(?P<code>[A-Z]-[0-9]{1,6}) (?P<name>[0-9a-f]{10})(?: on [0-9]{1,6} pages?)?"
    r"(?: worst (?P<worst>-?[0-9]{1,18}(?:\.[0-9]{1,25})?))? seal (?P<seal>[0-9a-f]{32})"
)
_SAID: Final = re.compile(r"(?P<key>kind|until|reason):(?P<value>.*)")
_SHOWN: Final = 60  # characters of a line that is not understood
_PROBLEMS: Final = 10


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
        if offer is None or short(offer) != found["name"]:
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


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
