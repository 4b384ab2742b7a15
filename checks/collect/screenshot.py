"""Whether a page that says little shows it: of those alone, pictures are looked at.

In: the place that a page was visited in, and what the page said. Out: what its words and media add to the picture, in
bits, or None where no picture has to decide (policy `render/not-blank`).
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from checks.collect.scripts import DIFFERENCE, OWED, WORDLESS
from checks.facts.blank import media_share, shows_little

if TYPE_CHECKING:
    from checks.collect.place import Painted, Place
    from checks.collect.recorder import Recorder

_DIGITS = 4


async def entropy(place: Place, painted: Painted, *, scripted: bool) -> float | None:
    """Return the Shannon entropy of what words and media add to the first screen of the page visited last.

    In bits a pixel; 0 where a picture without them looks the same. None for a page that says or shows enough, for one
    without anything to see, for one that can run a script, and for one that waits for one: "Loading" is seen, too, and
    what it was to load did not come. Raises VisitError, BrowserGoneError.
    """
    words, media = painted.answer["visibleWords"], media_share(painted.answer["visibleMediaShare"])
    if scripted or _ran_any(place.recorder) or not (words or media) or not shows_little(words, media):
        return None
    documents = place.recorder.navigations
    if await place.ask(OWED):
        return None
    shown = await place.picture("css")
    await place.ask(WORDLESS)
    pictures = [base64.b64encode(one).decode() for one in (shown, await place.picture("css"))]
    bits = float(await place.ask(f"({DIFFERENCE})(...{json.dumps(pictures)})"))
    return round(bits, _DIGITS) if place.recorder.navigations == documents else None


def _ran_any(recorder: Recorder) -> bool:
    """Whether a script was asked for, or asked for something: what its HTML looked like is no proof."""
    return any(seen.type == "script" or seen.by_script for seen in recorder.requests.values())
