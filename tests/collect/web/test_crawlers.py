"""What crawlers are really answered by a preview that is a URL: asked with the name of each, as others are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder, settings
from checks.collect import stage
from checks.collect.web.client import USER_AGENT
from checks.facts.crawler_access import agents
from checks.facts.reference import reference
from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.run_folder import RunFolder
from tests.collect.web.preview_server import Asked, PreviewServer, Sent, serving

PAGE = b"<!doctype html><html lang=en><title>Bread</title><h1>Bread</h1><a href=/rye/>Rye</a><a href=/oat/>Oat</a>"
CONFIG = "site: https://www.bakery.co\nkey_pages: [/rye/]\ncrawlers: {GPTBot: allow, PerplexityBot: block}"
Site = Callable[..., tuple[dict[str, Any], PreviewServer]]


def answering(refuses: Callable[[Asked], Sent | None], robots: bytes = b"") -> Callable[[Asked], Sent]:
    def answers(asked: Asked) -> Sent:
        if asked.target == "/robots.txt":
            return Sent(robots, headers={"content-type": "text/plain"})
        known = {"/", "/rye/", "/oat/"}
        return refuses(asked) or (Sent(PAGE) if asked.target in known else Sent(b"", 404))

    return answers


def refusing(*names: str, path: str = "/", sent: Sent | None = None) -> Callable[[Asked], Sent | None]:
    def refused(asked: Asked) -> Sent | None:
        agent = asked.headers["user-agent"]
        is_refused = any(name in agent for name in names) and asked.target.startswith(path)
        return (sent or Sent(b"no robots", 403)) if is_refused else None

    return refused


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return the site document of a preview, and what the preview was asked."""

    def collected(answers: Callable[[Asked], Sent]) -> tuple[dict[str, Any], PreviewServer]:
        with serving(answers) as preview:
            day = dt.date(2026, 11, 1)
            said = settings.from_bytes(CONFIG.encode(), "gonogo.yaml", {"preview": preview.origin}, day)
            run = RunFolder(tmp_path / "run")
            run.clear()
            stage.collect(said, Path(), run, None, lambda _done, _total: None)
        document: dict[str, Any] = run.read(run_folder.SITE)
        return document, preview

    return collected


def refused(document: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(one["token"], one["path"], one["status"]) for one in document["crawler_access"]["refused"]]


def judged(document: dict[str, Any]) -> list[str]:
    judge = Judge(one for one in policies.load([], ["recommended"], {}) if one.id == "ai/crawler-answers")
    return sorted(str(one.message) for one in judge.document(document))


def test_who_lets_everybody_in_refuses_nobody(site: Site) -> None:
    document, _ = site(answering(lambda _: None))
    assert (refused(document), judged(document)) == ([], [])


def test_every_crawler_asks_for_the_home_page_and_the_key_pages_by_its_own_name(site: Site) -> None:
    _, preview = site(answering(lambda _: None))
    asked = {(one.target, one.headers["user-agent"]) for one in preview.asked} - {
        (one.target, USER_AGENT) for one in preview.asked
    }
    assert asked == {(path, agent) for path in ("/", "/rye/") for agent in agents().values()}


def test_a_crawler_that_is_turned_away_is_told_with_its_status_and_found(site: Site) -> None:
    document, _ = site(answering(refusing("OAI-SearchBot")))
    assert refused(document) == [("OAI-SearchBot", "/", 403), ("OAI-SearchBot", "/rye/", 403)]
    assert judged(document) == [
        f"OAI-SearchBot does not get {path}: it answers with status 403." for path in ("/", "/rye/")
    ]


def test_a_crawler_that_is_turned_away_from_one_page_is_told_for_that_page(site: Site) -> None:
    document, _ = site(answering(refusing("bingbot", path="/rye/")))
    assert refused(document) == [("bingbot", "/rye/", 403)]


def test_a_question_whether_this_is_a_person_is_a_refusal(site: Site) -> None:
    challenge = Sent(PAGE, 200, {"content-type": "text/html", "cf-mitigated": "challenge"})
    document, _ = site(answering(refusing("Googlebot", sent=challenge)))
    assert refused(document) == [("Googlebot", "/", 200), ("Googlebot", "/rye/", 200)]


def test_what_the_project_wants_of_a_crawler_decides(site: Site) -> None:
    document, _ = site(answering(refusing("GPTBot", "PerplexityBot", "ClaudeBot")))
    assert sorted({token for token, _, _ in refused(document)}) == ["ClaudeBot", "GPTBot", "PerplexityBot"]
    assert {message.split()[0] for message in judged(document)} == {"GPTBot"}


def test_what_robots_txt_closes_is_no_refusal(site: Site) -> None:
    robots = b"User-agent: bingbot\nDisallow: /"
    document, _ = site(answering(refusing("bingbot"), robots))
    assert refused(document) == []


def test_a_preview_that_does_not_answer_a_crawler_leaves_it_open(site: Site) -> None:
    document, _ = site(answering(refusing("CCBot", sent=Sent(resets=True))))
    assert ("crawler_access" in document, "crawler_access" in document["measured"]) == (False, False)


def test_every_crawler_that_is_asked_for_is_one_that_is_known() -> None:
    assert set(agents()) <= {one["token"] for one in reference("crawlers")["crawlers"]}
