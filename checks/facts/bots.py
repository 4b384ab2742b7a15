"""Crawlers of search engines, of AI services and of others: what robots.txt tells them, and what the project wants.

In: robots.txt, and the wishes of the config. Out: `ai.bots` of the site document. The crawlers are data
(`data/crawlers.json`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.robots_txt import Robots


_SIGNALS = frozenset({"search", "ai-input", "ai-train"})
_LONGEST, _MOST = 200, 100


def bots(robots: Robots, home: str, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    """What each crawler may do with the address `home`; sorted by token, without regard to case."""
    crawlers = {entry["token"]: entry for entry in reference("crawlers")["crawlers"]}
    known = {token.lower() for token in crawlers}
    others = {token: {"token": token, "class": "other"} for token in wanted if token.lower() not in known}
    wishes = {token.lower(): wish for token, wish in wanted.items()}
    every = sorted({**crawlers, **others}.values(), key=lambda entry: (entry["token"].lower(), entry["token"]))
    return [_bot(entry, robots, home, wishes.get(entry["token"].lower())) for entry in every]


def may_fetch(token: str, robots: Robots, url: str) -> bool:
    """Whether robots.txt lets a known crawler fetch an address."""
    return _allowed(next(one for one in reference("crawlers")["crawlers"] if one["token"] == token), robots, url)


def stale(robots: Robots, home: str) -> list[dict[str, Any]]:
    """Return tokens that are blocked and no longer used, where no present crawler of the same operator is blocked."""
    crawlers = reference("crawlers")["crawlers"]
    blocked = {one["token"] for one in crawlers if robots.explicit(one["token"]) and not _allowed(one, robots, home)}
    found = []
    for old in crawlers:
        if old["class"] == "retired" and old["token"] in blocked:
            now = [one["token"] for one in crawlers if one["operator"] == old["operator"] and one["class"] != "retired"]
            if now and not blocked & set(now):
                found.append({"token": old["token"], "operator": old["operator"], "instead": sorted(now)})
    return sorted(found, key=lambda one: str(one["token"]))


def signals(robots: Robots, home: str) -> list[dict[str, Any]]:
    """Return what is wrong with the lines of Content-Signal (https://contentsignals.org), each text once."""
    found: dict[str, dict[str, Any]] = {}
    for line, value in robots.signals:
        for part in value.split(","):
            name, _, wish = (piece.strip().lower() for piece in part.partition("="))
            problem = _of_signal(name, wish, robots, home)
            if problem:
                text = clip(part.strip(), _LONGEST)
                found.setdefault(text, {"text": text, "line": line, "problem": problem})
    return [found[text] for text in sorted(found)][:_MOST]


def _of_signal(name: str, wish: str, robots: Robots, home: str) -> str | None:
    if name not in _SIGNALS:
        return "is no signal that there is (search, ai-input, ai-train)"
    if wish not in {"yes", "no"}:
        return "says neither yes nor no"
    if name == "search" and wish == "yes" and not robots.allowed("*", home):
        return "says yes to search, while the home page is closed to all crawlers"
    return None


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
