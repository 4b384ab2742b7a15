"""Whether a page stayed blank.

In: how much of it is seen. Out: a yes or a no (policy `render/not-blank`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.facts.visit import InPage

BLANK_WORDS = 20
BLANK_MEDIA = 0.2
"""What a page must show to be none that stayed white: so many words, so much of the screen, or parts of both."""


def media_share(measured: float) -> float:
    """Return a share of the viewport (0..1) as documents tell it: a pixel that counts visitors is none."""
    return round(measured, 3)


def shows_little(words: int, media: float) -> bool:
    """Whether so many visible words, and media on so much of the viewport (0..1), leave open that a page is blank."""
    return words / BLANK_WORDS + media / BLANK_MEDIA < 1


def is_blank(in_page: InPage) -> bool:
    """Whether a page shows next to nothing; where pictures were looked at, nothing of what it has to say."""
    if not shows_little(in_page.visible_words, in_page.visible_media_share):
        return False
    return not in_page.screenshot_entropy
