"""The live robots.txt against the one that was judged. Pure.

In: the site document of the run, the live status and bytes. Out: a check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.facts.bots import bots
from checks.facts.robots_txt import Robots
from checks.landed.check import DIFFERS, NOT_MEASURED, SAME, Check
from checks.landed.compare import REDIRECTS

if TYPE_CHECKING:
    from collections.abc import Mapping

ABOUT: Final = "/robots.txt"
_NAMED: Final = 8


def robots(site: Mapping[str, Any], status: int, body: bytes) -> Check:
    """Return whether robots.txt is as judged, and which crawlers are told otherwise where it is not."""
    judged, live = site["robots_txt"], Robots(body, status)
    if status in REDIRECTS:
        # Crawlers follow it, and what they are told there nobody judged.
        return Check("robots", ABOUT, DIFFERS, f"it leads to another address (status {status})")
    if not live.allowed("*", site["url"]) and judged["allows_root"]["*"]:
        return Check("robots", ABOUT, DIFFERS, f"it closes the home page to all crawlers (status {status})")
    changed = _changed(site, live)
    if changed:
        more = f", and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
        return Check("robots", ABOUT, DIFFERS, f"crawlers are told otherwise: {', '.join(changed[:_NAMED])}{more}")
    if live.exists != judged["exists"]:
        said = "there is one, and none was judged" if live.exists else f"it is not there (status {status})"
        return Check("robots", ABOUT, DIFFERS, said)
    if "digest" not in judged:
        return Check("robots", ABOUT, NOT_MEASURED, "the run did not write down its digest")
    if live.digest != judged["digest"]:
        said = f"its text is another one ({live.bytes:,} bytes, {judged['bytes']:,} were judged)"
        return Check("robots", ABOUT, DIFFERS, said)
    return Check("robots", ABOUT, SAME)


def _changed(site: Mapping[str, Any], live: Robots) -> list[str]:
    before = {one["token"]: one["allowed"] for one in site["ai"]["bots"]}
    now = {one["token"]: one["allowed"] for one in bots(live, site["url"], site["config"]["crawlers"])}
    return [
        f"{token} {'may' if now[token] else 'may not'} fetch the home page"
        for token in sorted(before)
        if token in now and now[token] != before[token]
    ]
