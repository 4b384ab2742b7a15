"""How well text stands out from what is behind it.

In: two colours as browsers compute them, and the size of the text. Out: the contrast ratio, and what it must be
(https://www.w3.org/TR/WCAG22/#contrast-minimum).
"""

from __future__ import annotations

import re

_RGB = re.compile(r"rgb\((\d{1,3}), (\d{1,3}), (\d{1,3})\)")
_LARGE, _LARGE_BOLD = 24.0, 18.66
"""CSS pixels: 18 points, and 14 points."""
_BOLD = 700


def ratio(one: str, other: str) -> float | None:
    """Return the contrast of two opaque colours, from 1 to 21; None for colours in another notation.

    >>> ratio("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    21.0
    """
    found = [_RGB.fullmatch(colour) for colour in (one, other)]
    if found[0] is None or found[1] is None:
        return None
    light, dark = sorted((_luminance(match) for match in found if match), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def least(size: float, weight: float) -> float:
    """Return the contrast that text of so many CSS pixels must have."""
    return 3.0 if size >= _LARGE or (size >= _LARGE_BOLD and weight >= _BOLD) else 4.5


def _luminance(colour: re.Match[str]) -> float:
    red, green, blue = (_linear(int(part) / 255) for part in colour.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - as in sRGB
