"""How the browser names itself: as a phone, and never as headless, for some sites serve robots another page.

In: the browser that was found. Out: its `User-Agent`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.collect.browser import Browser


def user_agent(browser: Browser) -> str:
    """Return how a phone with this browser's version names itself (https://www.chromium.org/updates/ua-reduction)."""
    major = (browser.version or "").partition(".")[0]
    major = "".join(character for character in major if character.isdigit()) or "140"
    return (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{major}.0.0.0 Mobile Safari/537.36"
    )
