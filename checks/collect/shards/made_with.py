"""What a part was measured of and with: what has to be the same for parts to be put together, and on which day.

In: the settings, the build, the browser. Out: `made_with` of `shard` in run.json, but for who measures which page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.collect import hosts
from checks.collect.reuse import circumstances

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.settings import Settings

LEFT_TO_THE_WHOLE = frozenset({"today", "preview", "baseline", "lighthouse"})
"""The day is told by itself; where the build lies is no fact of it; the others are asked when all pages are there."""


def made_with(settings: Settings, root: Path, browser: Browser | None) -> dict[str, Any]:
    """Return what a part of the build in `root` is measured of and with."""
    asked = {name: value for name, value in settings.to_document().items() if name not in LEFT_TO_THE_WHOLE}
    return {
        "build": hosts.build_digest(root, hosts.scan(root)),
        "settings": circumstances.digest(asked),
        "day": settings.today.isoformat(),
        "program": circumstances.program(),
        "browser": f"{browser.kind} {browser.version}" if browser else None,
        "machine": circumstances.machine(),
    }
