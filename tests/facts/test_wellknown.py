from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.bots import signals, stale
from checks.facts.feeds import feed_problems
from checks.facts.robots_txt import Robots
from checks.facts.wellknown import llms_txt, security_txt

TODAY = date(2026, 11, 1)
HOME = "https://www.bakery.co/"
FEED = f"{HOME}feed.xml"
CONTACT = "Contact: mailto:a@bakery.co\n"


def robots(text: str) -> Robots:
    return Robots(text.encode(), 200)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (f"{CONTACT}Expires: 2027-03-01T00:00:00Z", []),
        (f"# ours\n{CONTACT}expires: 2026-11-01T00:00:00.000Z", []),
        (f"{CONTACT}Expires: 2026-10-31T00:00:00Z", ["it expired on 2026-10-31"]),
        (f"{CONTACT}Expires: 2029-01-01T00:00:00Z", ["its Expires is more than a year away"]),
        (f"{CONTACT}Expires: soon", ["its Expires is no date"]),
        (f"{CONTACT}Expires: 2027-01-01T00:00:00Z\nExpires: 2027-02-01T00:00:00Z", ["it names several Expires"]),
        ("", ["it names no Contact", "it names no Expires"]),
        (
            "Contact: call us\nExpires: 2027-01-01T00:00:00Z",
            ["its Contact is no address that begins with mailto:, https: or tel:"],
        ),
    ],
)
def test_a_security_txt_has_a_contact_and_a_near_end(text: str, problems: list[str]) -> None:
    assert security_txt(text, "text/plain", TODAY) == problems


def test_a_security_txt_is_plain_text() -> None:
    assert security_txt(f"{CONTACT}Expires: 2027-01-01T00:00:00Z", "text/html", TODAY) == [
        "it is sent as text/html, not as text/plain"
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (f"# Bread\n\n{'Bread is baked slowly. ' * 3}[rye](/rye/), [mill](https://mill.example/)", []),
        (f"{'Bread is baked slowly. ' * 3}[rye](/rye/)", ["it has not exactly one heading of the first level"]),
        ("# Bread\n[rye](/rye/)", ["it has fewer than 50 characters"]),
        (f"# Bread\n{'Bread is baked slowly. ' * 3}", ["it links to nothing"]),
        (
            f"# Bread\n{'Bread is baked slowly. ' * 3}[gone](/gone/)",
            ["it links to /gone/, which answers with status 404"],
        ),
    ],
)
def test_an_llms_txt_has_a_heading_and_links_that_answer(text: str, problems: list[str]) -> None:
    answers = {f"{HOME}rye/": 200, f"{HOME}gone/": 404}
    assert llms_txt(text, "text/plain", f"{HOME}llms.txt", answers.get) == problems


RSS = "<rss><channel><title>Bread</title>{}</channel></rss>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry>{}</entry></feed>'
ITEM = "<item><link>https://www.bakery.co/rye/</link><pubDate>{}</pubDate></item>"


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        (RSS.format(ITEM.format("Sun, 01 Mar 2026 10:00:00 GMT")), []),
        (RSS.format(""), ["it has no entry"]),
        (
            RSS.format(ITEM.format("Tue, 01 Dec 2026 10:00:00 GMT")),
            ["its newest entry is dated 2026-12-01, which is to come"],
        ),
        (RSS.format("<item><link>/rye/</link></item>"), ["its address /rye/ is not absolute"]),
        (
            ATOM.format('<link href="/rye/"/><updated>2026-03-01T00:00:00Z</updated>'),
            ["its address /rye/ is not absolute"],
        ),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', ["it declares entities, which readers refuse"]),
        ("<urlset><url/></urlset>", None),
    ],
)
def test_a_feed_can_be_read_and_is_not_dated_ahead(body: str, problems: list[str] | None) -> None:
    found = feed_problems(body.encode(), FEED, TODAY)
    assert (found or None) == (problems or None)


def test_a_feed_that_is_not_well_formed_is_told() -> None:
    (problem,) = feed_problems(RSS.format(ITEM.format("x"))[:-6].encode(), FEED, TODAY) or []
    assert problem.startswith("it is not well-formed XML")


@given(st.binary(max_size=300))
def test_no_bytes_make_a_feed_raise(body: bytes) -> None:
    assert isinstance(feed_problems(b"<rss>" + body, FEED, TODAY), list)


def test_a_retired_token_is_told_where_nobody_of_its_operator_is_blocked() -> None:
    old = "User-agent: Claude-Web\nDisallow: /\n"
    assert [one["token"] for one in stale(robots(old), HOME)] == ["Claude-Web"]
    assert stale(robots(f"{old}\nUser-agent: ClaudeBot\nDisallow: /"), HOME) == []
    assert stale(robots("User-agent: Claude-Web\nAllow: /"), HOME) == []


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("search=yes, ai-input=no, ai-train=no", []),
        ("search=maybe", ["says neither yes nor no"]),
        ("ai_train=no", ["is no signal that there is (search, ai-input, ai-train)"]),
    ],
)
def test_content_signals_are_known_and_say_yes_or_no(line: str, problems: list[str]) -> None:
    found = signals(robots(f"User-agent: *\nContent-Signal: {line}\nAllow: /"), HOME)
    assert [one["problem"] for one in found] == problems


def test_a_yes_to_search_on_a_closed_site_is_a_contradiction() -> None:
    (found,) = signals(robots("User-agent: *\nContent-Signal: search=yes\nDisallow: /"), HOME)
    assert (found["line"], found["text"]) == (2, "search=yes")
