"""How wide a text is in a result page: Arial at 20 px.

In: a text. Out: its width in CSS pixels, from a table of a metric-compatible font.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from checks.facts.reference import reference


@cache
def _advances() -> dict[int, int]:
    """Advance widths by code point, in font units."""
    table: dict[int, int] = {}
    for width, spans in reference("text_widths")["widths"].items():
        for span in spans.split():
            first, _, last = span.partition("-")
            table.update(dict.fromkeys(range(int(first, 16), int(last or first, 16) + 1), int(width)))
    return table


def pixels(text: str) -> float:
    """Return the width of a text in CSS pixels, to one decimal; characters that Arial lacks are estimated."""
    facts = reference("text_widths")
    advances = _advances()
    units = sum(advances[code] if (code := ord(char)) in advances else _estimate(char, facts) for char in text)
    return round(units * int(facts["size_px"]) / int(facts["units_per_em"]), 1)


def _estimate(char: str, facts: dict[str, int]) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return facts["wide"] if unicodedata.east_asian_width(char) in "WF" else facts["default"]
