"""What a page is on a desktop, beside what it is on a phone; and what comes only when a visitor reads on.

In: the document of the page, that of the same page on a desktop, and counts. Out: the groups `parity` and `read_on`.
Search engines read what a phone shows: what is missing there is missing for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_WORDS: Final = 50
"""Words on a desktop below which a share of them means nothing."""
_COMPARED: Final = ("canonical", "robots", "structured data", "title")
_SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class Screens:
    """What was counted on the two screens."""

    phone_ways: int
    """Visible links and buttons of the navigation."""
    desktop_ways: int
    """The same, and all others outside the main content."""
    words: int
    """Visible words on the phone when it had settled."""
    words_at_end: int
    """The same after reading on to the end."""


def parity(phone: Mapping[str, Any], desktop: Mapping[str, Any], counted: Screens) -> dict[str, Any]:
    """Return the group `parity`."""
    on_phone, on_desktop = (one["text"]["main_words"] for one in (phone, desktop))
    said = {what: (_said(what, phone), _said(what, desktop)) for what in _COMPARED}
    return {
        "main_words": {"phone": on_phone, "desktop": on_desktop},
        "words_share": round(on_phone / on_desktop, 3) if on_desktop >= LEAST_WORDS else None,
        "differences": [
            {"what": what, "phone": clip(one, _SHOWN), "desktop": clip(other, _SHOWN)}
            for what, (one, other) in sorted(said.items())
            if one != other
        ],
        "navigation": {"phone": counted.phone_ways, "desktop": counted.desktop_ways},
        "navigation_lost": counted.phone_ways > 0 and counted.desktop_ways == 0,
    }


def read_on(counted: Screens) -> dict[str, Any]:
    """Return the group `read_on`."""
    return {
        "words": counted.words,
        "words_at_end": counted.words_at_end,
        "added": max(0, counted.words_at_end - counted.words),
        "growth": round(counted.words_at_end / counted.words, 3) if counted.words else None,
    }


def _said(what: str, document: Mapping[str, Any]) -> str:
    if what == "title":
        return document["title"]["text"] or ""
    if what == "canonical":
        return document["canonical"]["url"] or ""
    if what == "robots":
        return ", ".join(sorted({str(one) for one in document["robots"]["directives"]}))
    return ", ".join(document["structured_data"]["types"])
