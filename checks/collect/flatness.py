"""Whether a page that says little shows anything at all: of those alone, a picture is looked at.

In: the place that a page was visited in, and what the page said. Out: the entropy of its colours in bits, or None where
no picture has to decide (policy `render/not-blank`).
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from checks.collect.scripts import COLOURS
from checks.facts.blank import shows_little

if TYPE_CHECKING:
    from checks.collect.place import Painted, Place

_DIGITS = 3


async def entropy(place: Place, painted: Painted, *, scripted: bool) -> float | None:
    """Return the Shannon entropy of what the phone shows of the page visited last, in bits a pixel.

    None for a page that says or shows enough, for one without anything to see, and for one that can run a script:
    "Loading" is no flat colour either, and what it was to load did not come. Raises VisitError, BrowserGoneError.
    """
    words, media = painted.answer["visibleWords"], painted.answer["visibleMediaShare"]
    if scripted or not (words or media) or not shows_little(words, media):
        return None
    picture = json.dumps(base64.b64encode(await place.picture("css")).decode())
    return round(float(await place.ask(f"({COLOURS})({picture})")), _DIGITS)
