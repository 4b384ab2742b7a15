"""What a part was measured of and with: what has to be the same for parts to be put together, and on which day.

In: the settings, the build, the browser. Out: `made_with` of `shard` in run.json, but for who measures which page; and
how two of them differ. A shard, the machine that puts shards together and a worker of a cluster are compared by the one
table here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from checks.collect import hosts
from checks.collect.reuse import circumstances

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.settings import Settings

LEFT_TO_THE_WHOLE = frozenset({"today", "preview", "baseline", "lighthouse"})
"""The day is told by itself; where the build lies is no fact of it; the others are asked when all pages are there."""
_SHOWN = 12  # characters of a digest: two that differ do so at once


class _Kind(NamedTuple):
    how: str
    """How something was measured that differs in this."""
    remedy: str


SAME: Final = {
    "build": _Kind("of other files", "Build once, and give every machine that folder, byte for byte."),
    "settings": _Kind(
        "by other settings",
        "Give every machine the same gonogo.yaml and the same flags: --config, --set, --site, --host, --trust-ref.",
    ),
    "program": _Kind(
        "by another gonogo, or one with other packages,",
        "Install the same gonogo everywhere, with the packages of its lock file.",
    ),
    "browser": _Kind("with another browser", "Give every machine the same browser; `gonogo doctor` names it."),
}
"""What has to be the same everywhere, those that measure and the one that puts together."""
SAME_FOR_PARTS: Final = {
    **SAME,
    "day": _Kind("on another day", "Collect all shards again, on one day."),
    "division": _Kind("with the pages divided in another way", "Collect all shards again, with the same `--times`."),
}
"""What has to be the same for all parts of a whole."""


class Difference(NamedTuple):
    """What is not the same."""

    name: str
    how: str
    said: str
    here: str
    remedy: str


def difference(
    said: Mapping[str, Any], here: Mapping[str, Any], kinds: Mapping[str, _Kind] = SAME
) -> Difference | None:
    """Return the first thing that `said` and `here` differ in; None where nothing does."""
    for name, kind in kinds.items():
        if said[name] != here[name]:
            return Difference(name, kind.how, _short(said[name]), _short(here[name]), kind.remedy)
    return None


def _short(value: object) -> str:
    if value is None:
        return "none"
    text = str(value)
    return text if " " in text or len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


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
