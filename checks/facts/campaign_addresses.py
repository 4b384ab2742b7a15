"""Addresses that were given to people outside the site: whether they answer, with their query, and are open to ads.

In: the addresses that the project declares by kind, robots.txt, a way to ask. Out: `campaigns` of the site document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.bots import may_fetch
from checks.facts.campaigns import parameters
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.robots_txt import Robots
    from checks.facts.site_visit import Ask

ADS = "ads"
_THERE, _AWAY = range(200, 300), range(300, 400)
_CRAWLERS = ("AdsBot-Google", "AdsBot-Google-Mobile")


def campaigns(declared: Mapping[str, tuple[str, ...]], origin: str, robots: Robots, ask: Ask) -> list[dict[str, Any]]:
    """Return what becomes of each address, sorted."""
    kinds: dict[str, list[str]] = {}
    for kind, targets in sorted(declared.items()):
        for target in targets:
            kinds.setdefault(target, []).append(kind)
    return [_campaign(target, kinds[target], origin, robots, ask) for target in sorted(kinds)]


def _campaign(target: str, kinds: list[str], origin: str, robots: Robots, ask: Ask) -> dict[str, Any]:
    url = origin + target
    answer = ask(url)
    end = parse(answer.final_url)
    there = set(parameters(end.query)) if end is not None else set()
    inside = answer.final_url.startswith(f"{origin}/")
    asked = (url, answer.final_url) if inside else (url,)
    closed = [crawler for crawler in _CRAWLERS if not all(may_fetch(crawler, robots, one) for one in asked)]
    return {
        "address": target,
        "kinds": kinds,
        "status": answer.status,
        # A redirect at the end of the way, and within the site, is one that goes round in a circle.
        "answers": answer.status is not None and (answer.status in _THERE or (answer.status in _AWAY and not inside)),
        "redirects": answer.redirects,
        "final_url": answer.final_url,
        "lost": [name for name in parameters(target.partition("?")[2]) if name not in there],
        "closed_to": closed if ADS in kinds else [],
    }
