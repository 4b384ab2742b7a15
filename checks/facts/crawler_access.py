"""What crawlers of search and AI are really answered, where that was asked, against what the project wants of them.

In: for each crawler, what it was answered on pages that others get; robots.txt; the wishes of the config. Out: the
group `crawler_access` of the site document. How crawlers call themselves is data (`data/crawler_agents.json`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.bots import may_fetch
from checks.facts.reference import reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.facts.robots_txt import Robots
    from checks.facts.site_visit import CrawlerAnswer

NOT_ASKED: dict[str, Any] = {"asked": False, "pages": [], "agents": [], "refused": []}
"""Of a folder: whoever serves it answers all alike, as far as its files say."""


def agents() -> Mapping[str, str]:
    """Return how crawlers call themselves, by token; treat it as read-only."""
    found: Mapping[str, str] = reference("crawler_agents")["agents"]
    return found


def crawler_access(
    answers: Mapping[str, Sequence[CrawlerAnswer]], wanted: Mapping[str, str], robots: Robots, origin: str
) -> dict[str, Any]:
    """Return the group; `wanted` is what the project says of crawlers, by token."""
    wishes = {token.lower(): wish for token, wish in wanted.items()}
    classes = {one["token"]: one["class"] for one in reference("crawlers")["crawlers"]}
    return {
        "asked": True,
        "pages": sorted({one.path for found in answers.values() for one in found}),
        "agents": sorted(answers),
        "refused": [
            {
                "key": f"{token} {one.path}",
                "token": token,
                "class": classes[token],
                "wanted": wishes.get(token.lower()),
                "path": one.path,
                "status": one.status,
                "why": one.why,
            }
            for token in sorted(answers)
            for one in sorted(answers[token], key=lambda one: one.path)
            # Who keeps to robots.txt does not come to a page that it closes.
            if one.why is not None and may_fetch(token, robots, origin + one.path)
        ],
    }
