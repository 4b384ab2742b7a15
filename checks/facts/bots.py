"""Crawlers of search engines, of AI services and of others: what robots.txt tells them, and what the project wants.

In: robots.txt, and the wishes of the config. Out: `ai.bots` of the site document. The crawlers are data
(`data/crawlers.json`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.robots_txt import Robots


def bots(robots: Robots, home: str, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    """What each crawler may do with the address `home`; sorted by token, without regard to case."""
    crawlers = {entry["token"]: entry for entry in reference("crawlers")["crawlers"]}
    known = {token.lower() for token in crawlers}
    others = {token: {"token": token, "class": "other"} for token in wanted if token.lower() not in known}
    wishes = {token.lower(): wish for token, wish in wanted.items()}
    every = sorted({**crawlers, **others}.values(), key=lambda entry: (entry["token"].lower(), entry["token"]))
    return [_bot(entry, robots, home, wishes.get(entry["token"].lower())) for entry in every]


def _bot(entry: Mapping[str, Any], robots: Robots, home: str, wish: str | None) -> dict[str, Any]:
    token = entry["token"]
    allowed = _allowed(entry, robots, home)
    return {
        "token": token,
        "class": entry["class"],
        "allowed": allowed,
        "explicit": robots.explicit(token),
        "wanted": wish,
        "matches_policy": wish is None or allowed == (wish == "allow"),
    }


def _allowed(entry: Mapping[str, Any], robots: Robots, home: str) -> bool:
    """A crawler obeys the group that names it, else that of the one it falls back to, else `*`, which some ignore."""
    for token in (entry["token"], entry.get("falls_back_to")):
        if token and robots.explicit(token):
            return robots.allowed(token, home)
    if entry.get("ignores_star") and robots.exists:
        return True
    return robots.allowed("*", home)
