"""How long something may take, as people write it in the settings: `500ms`, `30s`, `5m`.

In: a text of the published shape and where it stands. Out: milliseconds, or a `UserError`. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.settings.complaint import show, spell

if TYPE_CHECKING:
    from checks.settings.yaml_text import Places, Pointer

LONGEST_PAGE_MS: Final = 600_000
LONGEST_LAB_MS: Final = 7_200_000
_SHORTEST_MS: Final = 1000
_MS_BY_UNIT: Final = {"ms": 1, "s": 1000, "m": 60_000}


def milliseconds(text: str, at: Pointer, most: int, places: Places) -> int:
    """Return how many milliseconds `text` names. Raises UserError for less than a second, or more than `most`."""
    number, unit = re.fullmatch(r"(\d+)(ms|s|m)", text, re.ASCII).groups()  # type: ignore[union-attr]  # by its schema
    found = int(number) * _MS_BY_UNIT[unit]
    if not _SHORTEST_MS <= found <= most:
        remedy = f"Choose a time from 1s to {most // 60_000}m."
        raise UserError(f"`{spell(at)}` can't be {show(text)}", where=places.of(*at), remedy=remedy)
    return found
