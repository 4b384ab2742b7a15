"""How a page is built, and a digest of its main text: enough to tell whether another page may stand for it.

In: its delivered bytes. Out: an `Outline`. Pure.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from checks.facts import content
from checks.facts.charset import decode
from checks.facts.page import LARGEST_SKELETON
from checks.facts.reading import parse_document, read
from checks.facts.texts import well_formed


@dataclass(frozen=True, slots=True)
class Outline:
    """What the delivered HTML tells."""

    skeleton: frozenset[int]
    main: str | None
    """A digest of the main text; None for a page that says nothing by itself, or too much to be compared."""


def outline(body: bytes, content_type: str | None) -> Outline:
    """Return the outline of a page; whatever was delivered, there is one."""
    source, _ = decode(body, content_type)
    reading = read(source, parse_document(source))
    spoken = content.spoken(reading)
    ways = sorted(reading.skeleton)[:LARGEST_SKELETON]
    says = spoken["main"] and not spoken["is_cut"]
    return Outline(frozenset(ways), digest(spoken["main"]) if says else None)


def digest(main: str) -> str:
    """Return a digest of a main text, as the group `text` has it."""
    return hashlib.blake2b(well_formed(main).encode(), digest_size=16).hexdigest()
