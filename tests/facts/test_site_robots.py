"""What robots.txt says, and what each crawler reads in it, against what is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checks.facts.robots_txt import Robots
from tests.facts.bakery import Site


def test_robots_txt_is_described(bakery: Site) -> None:
    bakery.visit = replace(bakery.visit, robots=Robots(b"User-agent: bingbot\nDisallow: /\nfoo", 200))
    found = bakery.document()["robots_txt"]
    assert found["allows_root"] == {"googlebot": True, "bingbot": False, "*": True}
    assert [finding["line"] for finding in found["findings"]] == [3]


def test_a_missing_robots_txt_is_described(bakery: Site) -> None:
    bakery.visit = replace(bakery.visit, robots=Robots(None, 404), robots_content_type=None)
    found = bakery.document()["robots_txt"]
    assert (found["exists"], found["status"], found["allows_root"]["*"]) == (False, 404, True)


def bot(document: dict[str, Any], token: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in document["ai"]["bots"] if one["token"] == token)
    return found


def test_a_bot_that_gets_what_is_wanted_matches(bakery: Site) -> None:
    bakery.settings["crawlers"] = {"GPTBot": "block", "OAI-SearchBot": "allow", "CCBot": "block"}
    bakery.visit = replace(bakery.visit, robots=Robots(b"User-agent: GPTBot\nDisallow: /", 200))
    document = bakery.document()
    told = [bot(document, token)["matches_policy"] for token in ("GPTBot", "OAI-SearchBot", "CCBot", "ClaudeBot")]
    assert told == [True, True, False, True]


def test_a_bot_that_is_named_is_explicit(bakery: Site) -> None:
    bakery.visit = replace(bakery.visit, robots=Robots(b"User-agent: gptbot\nDisallow: /", 200))
    document = bakery.document()
    assert [bot(document, token)["explicit"] for token in ("GPTBot", "CCBot")] == [True, False]


def test_a_bot_falls_back_to_the_group_of_its_family(bakery: Site) -> None:
    robots = b"User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nAllow: /"
    bakery.visit = replace(bakery.visit, robots=Robots(robots, 200))
    document = bakery.document()
    told = [bot(document, token)["allowed"] for token in ("Googlebot-Image", "Applebot", "bingbot", "AdsBot-Google")]
    assert told == [True, True, False, True]


def test_a_crawler_that_only_the_config_knows_is_listed(bakery: Site) -> None:
    bakery.settings["crawlers"] = {"OurOwnBot": "allow"}
    assert bot(bakery.document(), "OurOwnBot")["class"] == "other"
