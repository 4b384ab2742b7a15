from __future__ import annotations

import string

import pytest
from gpyrobotstxt.robots_cc import RobotsMatcher
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.robots_txt import MAX_BYTES, Robots

SITE = "https://www.example.com"


def problems(text: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.problem) for finding in Robots(text.encode(), 200).findings]


def test_a_missing_file_restricts_nobody() -> None:
    assert Robots(None, 404).allowed("googlebot", f"{SITE}/")


def test_a_file_that_is_forbidden_restricts_nobody() -> None:
    assert Robots(b"User-agent: *\nDisallow: /", 403).allowed("googlebot", f"{SITE}/")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failing_server_keeps_crawlers_out(status: int) -> None:
    assert not Robots(b"User-agent: *\nAllow: /", status).allowed("googlebot", f"{SITE}/")


def test_a_group_of_its_own_replaces_the_star() -> None:
    robots = Robots(b"User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nDisallow: /private/", 200)
    assert robots.allowed("googlebot", f"{SITE}/")


def test_the_star_speaks_for_crawlers_that_are_not_named() -> None:
    robots = Robots(b"User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nAllow: /", 200)
    assert not robots.allowed("*", f"{SITE}/")


def test_a_token_is_not_matched_by_its_beginning() -> None:
    robots = Robots(b"User-agent: Google\nDisallow: /", 200)
    assert robots.allowed("googlebot", f"{SITE}/")


def test_a_version_after_the_token_is_ignored() -> None:
    robots = Robots(b"User-agent: Googlebot/2.1\nDisallow: /", 200)
    assert not robots.allowed("googlebot", f"{SITE}/")


def test_a_crawler_with_a_dot_in_its_name_is_found() -> None:
    robots = Robots(b"User-agent: archive.org_bot\nDisallow: /", 200)
    assert not robots.allowed("archive.org_bot", f"{SITE}/")


def test_two_groups_for_one_crawler_are_merged() -> None:
    robots = Robots(b"User-agent: a\nDisallow: /x\n\nUser-agent: b\nDisallow: /y\n\nUser-agent: a\nDisallow: /z", 200)
    assert [robots.allowed("a", f"{SITE}/{name}") for name in "xyz"] == [False, True, False]


def test_the_longest_rule_decides_and_allow_wins_a_tie() -> None:
    robots = Robots(b"User-agent: *\nDisallow: /shop\nAllow: /shop/open\nDisallow: /tie\nAllow: /tie", 200)
    assert [robots.allowed("*", SITE + path) for path in ("/shop", "/shop/open", "/tie")] == [False, True, True]


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/*.pdf$", "/a/b.pdf", True),
        ("/*.pdf$", "/a/b.pdf?x", False),
        ("/a*b*c", "/a-c-b-c", True),
        ("/a*bb$", "/abb", True),
        ("/a*b$", "/ab/b", True),
        ("/fish*", "/fishheads", True),
        ("/a%3cd", "/a%3Cd", True),
        ("/ä", "/%C3%A4", True),
        ("/$", "/", True),
        ("/$", "/a", False),
        ("*?", "/a?b", True),
    ],
)
def test_patterns_match_as_documented(pattern: str, path: str, matches: bool) -> None:
    robots = Robots(f"User-agent: *\nDisallow: {pattern}".encode(), 200)
    assert robots.allowed("*", SITE + path) is not matches


def test_an_empty_disallow_allows_everything() -> None:
    assert Robots(b"User-agent: *\nDisallow:", 200).allowed("*", f"{SITE}/a")


def test_a_byte_order_mark_is_skipped() -> None:
    assert not Robots(b"\xef\xbb\xbfUser-agent: *\nDisallow: /", 200).allowed("*", f"{SITE}/a")


def test_what_is_beyond_500_kib_is_ignored() -> None:
    robots = Robots(b"#" * MAX_BYTES + b"\nUser-agent: *\nDisallow: /", 200)
    assert robots.allowed("*", f"{SITE}/a")


def test_a_file_that_is_too_large_is_found() -> None:
    robots = Robots(b"#" * (MAX_BYTES + 1), 200)
    assert "larger than 512000 bytes" in robots.findings[0].problem


def test_a_typing_error_is_forgiven_and_found() -> None:
    robots = Robots(b"User-agent: *\nDissallow: /", 200)
    assert (robots.allowed("*", f"{SITE}/"), robots.findings[0].problem) == (False, "misspells disallow")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("User-agent: *\nDisallow: /\nSitemap: https://a.example/s.xml\nCrawl-delay: 2\n# note", []),
        ("Disallow: /", [(1, "stands before any user-agent line")]),
        ("User-agent: *\nNoindex: /a", [(2, "has a field that no search engine reads")]),
        ("User-agent: *\nDisallow: private", [(2, "has a value that begins with neither / nor *")]),
        ("User-agent: *\nDisallow: /a$b", [(2, "has a $ that is not at the end")]),
        ("Sitemap: /sitemap.xml", [(1, "names a sitemap without an absolute URL")]),
        ("Sitemap https://a.example/s.xml", [(1, "misspells sitemap")]),
        ("User-agent *\nDisallow: /", [(1, "has no colon after its field")]),
        ("User-agent:\nDisallow: /", [(1, "names no user-agent")]),
        ("hello", [(1, "is neither a field with a value nor a comment")]),
        ("hello my dear", [(1, "is neither a field with a value nor a comment")]),
    ],
)
def test_lines_that_say_nothing_are_found(text: str, expected: list[tuple[int, str]]) -> None:
    assert problems(text) == expected


def test_an_html_page_is_one_finding() -> None:
    robots = Robots(b"<!doctype html>\n<html>\n<title>x</title>\n<p>y", 200)
    assert (robots.is_html, len(robots.findings)) == (True, 1)


def test_bytes_that_are_not_utf_8_are_found() -> None:
    robots = Robots(b"User-agent: *\n# caf\xe9\nDisallow: /", 200)
    assert [(f.line, f.problem) for f in robots.findings] == [(2, "is not UTF-8")]


def test_sitemaps_are_named_once_in_their_order() -> None:
    robots = Robots(
        b"Sitemap: https://a.example/b.xml\nSitemap: https://a.example/a.xml\nsite-map: https://a.example/b.xml", 200
    )
    assert robots.sitemaps == ("https://a.example/b.xml", "https://a.example/a.xml")


def test_a_crawler_is_explicit_when_a_group_names_it() -> None:
    robots = Robots(b"User-agent: *\nUser-agent: GPTBot\nDisallow: /", 200)
    assert (robots.explicit("gptbot"), robots.explicit("CCBot")) == (True, False)


@given(st.binary(max_size=400), st.sampled_from(["googlebot", "*", ""]), st.text(max_size=30))
def test_no_bytes_and_no_address_make_it_raise(body: bytes, agent: str, url: str) -> None:
    robots = Robots(body, 200)
    assert isinstance(robots.allowed(agent, url), bool)


_pattern = st.text(alphabet="/ab*$%2fF?", max_size=8)
_line = st.one_of(
    st.sampled_from(["User-agent: *", "User-agent: bot", "user agent: other/2", "", "# note", "Sitemap: x", "junk: y"]),
    st.builds("{}: {}".format, st.sampled_from(["Allow", "Disallow", "disalow"]), _pattern),
    st.sampled_from(["Allow: /a/index.html", "Disallow /a", "Allow: /index.htm", "Disallow\t/a", "Disallow /a /b"]),
    st.sampled_from([": /a", "Disallow: /ä", "dissallow:/a", "disallaw:  /a # b", "useragent: bot", "disallowed: /a"]),
)


@given(st.lists(_line, max_size=10), st.sampled_from(["bot", "other", "third"]), st.text(alphabet="/ab?", max_size=8))
def test_it_answers_as_the_port_of_googles_parser(lines: list[str], agent: str, tail: str) -> None:
    body = "\n".join(lines).encode()
    url = f"{SITE}/{tail}"
    assert Robots(body, 200).allowed(agent, url) == RobotsMatcher().one_agent_allowed_by_robots(body, agent, url)


@given(st.text(alphabet=string.ascii_letters + "*$/", max_size=40))
def test_patterns_full_of_stars_end(pattern: str) -> None:
    robots = Robots(f"User-agent: *\nDisallow: /{pattern * 50}".encode(), 200)
    assert isinstance(robots.allowed("*", f"{SITE}/" + "a" * 2000), bool)
