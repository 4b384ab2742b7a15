"""The screens that pages are rendered on, as Playwright is told of them.

In: nothing. Out: options of a browser context. Language, time zone and colours are the same on every machine.
"""

from __future__ import annotations

from typing import Any

PHONE: dict[str, Any] = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-US",
    "timezone_id": "UTC",
    "color_scheme": "light",
    "accept_downloads": False,
}
DESKTOP: dict[str, Any] = {
    **PHONE,
    "viewport": {"width": 1350, "height": 940},
    "device_scale_factor": 1,
    "is_mobile": False,
    "has_touch": False,
}
"""The screen of Lighthouse's desktop."""
