"""A listing that says itself that it has nothing to list.

In: the texts of a page's blocks, and how many words it has. Out: what it says, or None.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.reference import reference
from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_WORDS = 150
"""A page with more main text than this has something to say, whatever its list holds."""
_MOST_CHARACTERS, _SHOWN = 160, 120
_DATA = reference("phrases")
_THINGS = "|".join(re.escape(word) for word in _DATA["listed_things"])
_NONE = re.compile(rf"(?:^|[\s(:])0\s+(?:{_THINGS})\b", re.IGNORECASE)
_PHRASES = tuple(_DATA["nothing_listed"])


def empty_listing(stretches: Iterable[str], main_words: int) -> str | None:
    """Return the sentence by which a short page says that it lists nothing."""
    if main_words > MOST_WORDS:
        return None
    for text in stretches:
        if len(text) > _MOST_CHARACTERS:
            continue
        lower = text.casefold()
        if lower.startswith(_PHRASES) or _NONE.search(text):
            return clip(text, _SHOWN)
    return None
