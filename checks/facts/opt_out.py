"""What a page itself says to those who train on it, beside what the project wants.

In: the rendered look, the robots directives, the wish of the config. Out: the group `ai` of the page document.
https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/ for `tdm-reservation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.head import metas
from checks.facts.reference import reference
from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.facts.look import Look

_NOAI = frozenset({"noai", "noimageai"})
_TRAINING = frozenset(one["token"].lower() for one in reference("crawlers")["crawlers"] if one["class"] == "ai-train")
_LONGEST = 40


def opt_out(look: Look, directives: Iterable[str], training: str | None) -> dict[str, Any]:
    """Return the group `ai`."""
    reservation = next((one.attrs.get("content", "").strip() for one in metas(look.reading, "tdm-reservation")), None)
    header = next(iter(look.header_values("tdm-reservation")), None)
    told = reservation if reservation is not None else header
    return {
        "noai": sorted(_NOAI & set(directives)),
        "tdm_reservation": None if told is None else clip(told.strip(), _LONGEST),
        "training": training,
    }


def training_wish(crawlers: Mapping[str, str]) -> str | None:
    """Return what the project wants of crawlers that train: block where all that it names are blocked, else allow."""
    wishes = {wish for token, wish in crawlers.items() if token.lower() in _TRAINING}
    if not wishes:
        return None
    return "block" if wishes == {"block"} else "allow"
