"""Which addresses that pages link to have no end, and which that were given to people lead nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.campaign_addresses import campaigns
from checks.facts.robots_txt import Robots
from checks.facts.url_patterns import url_patterns

DAY = dt.date(2026, 11, 1)
ORIGIN = "https://www.bakery.co"
FILTERED = [f"/bread/?colour={n}&size={n % 3}" for n in range(20)]


def patterns(*targets: str, closed: str = "never") -> list[dict[str, Any]]:
    linked = sorted((target, "/") for target in targets)
    return url_patterns(linked, lambda target: not target.startswith(closed), DAY)


@pytest.mark.parametrize(
    ("targets", "found"),
    [
        (["/search/?q=rye"], ["/search/?q=*"]),
        (["/?s=rye", "/?s=oat"], ["/?s=*"]),
        (["/shop/?s=rye"], []),
        (["/?q=", "/journal/?q="], []),
        (["/calendar/?month=2026-12", "/calendar/?month=2027-01"], ["/calendar/?month=*"]),
        (["/courses/?date=2026-12-01"], []),
        (["/calendar/2028/01/", "/calendar/2028/02/"], ["/calendar/*"]),
        (["/journal/2026/01/", "/journal/2026/02/"], []),
        (FILTERED, ["/bread/?colour=*&size=*"]),
        (FILTERED[:19], []),
        ([f"/bread/?colour={n}" for n in range(40)], []),
        ([f"/bread/?page={n}&v=2" for n in range(40)], []),
        ([f"/bread/?utm_source={n}&utm_medium=x" for n in range(40)], []),
    ],
)
def test_a_pattern_is_told_once(targets: list[str], found: list[str]) -> None:
    assert [one["pattern"] for one in patterns(*targets)] == found


def test_a_pattern_tells_how_many_there_are_and_the_first() -> None:
    (one,) = patterns(*FILTERED, "/bread/?size=1")
    assert (one["kind"], one["count"], one["example"], one["source"]) == ("facets", 21, FILTERED[0], "/")


def test_what_crawlers_may_not_follow_is_no_pattern() -> None:
    assert patterns("/search/?q=rye", closed="/search/") == []


@given(st.lists(st.text(), max_size=20))
def test_no_link_is_too_strange_to_be_looked_at(targets: list[str]) -> None:
    assert isinstance(patterns(*targets), list)


@dataclass(frozen=True)
class Answer:
    status: int
    final_url: str
    redirects: int = 0


def become(robots: str = "", end: str | None = None, status: int = 200, **declared: tuple[str, ...]) -> dict[str, Any]:
    read = Robots(robots.encode(), 200)
    (one,) = campaigns(declared, ORIGIN, read, lambda url: Answer(status, url if end is None else ORIGIN + end))
    return one


@pytest.mark.parametrize(
    ("status", "end", "answers"),
    [
        (200, "/offers/", True),
        (404, "/offers/", False),
        (301, "/offers/", False),
        (301, ".example.net/offers/", True),
    ],
)
def test_an_address_answers_unless_it_ends_in_an_error_or_goes_round(status: int, end: str, answers: bool) -> None:
    assert become(status=status, end=end, qr=("/a",))["answers"] is answers


def test_an_address_that_keeps_its_parameters_has_lost_nothing() -> None:
    assert become(end="/offers/?x=1&utm_source=flyer", print=("/spring?utm_source=flyer",))["lost"] == []


def test_an_address_that_leads_to_one_without_its_parameters_has_lost_them() -> None:
    one = become(end="/offers/", print=("/spring?utm_source=flyer&utm_medium=print&n=1",))
    assert one["lost"] == ["utm_medium", "utm_source"]


def test_an_address_of_two_kinds_is_told_once() -> None:
    assert become(ads=("/a",), qr=("/a",))["kinds"] == ["ads", "qr"]


@pytest.mark.parametrize(
    ("robots", "closed"),
    [
        ("User-agent: *\nDisallow: /", []),
        ("User-agent: AdsBot-Google\nDisallow: /", ["AdsBot-Google", "AdsBot-Google-Mobile"]),
        ("User-agent: AdsBot-Google\nDisallow: /other/", []),
    ],
)
def test_the_crawler_of_ads_hears_only_its_own_name(robots: str, closed: list[str]) -> None:
    assert become(robots, ads=("/spring/",))["closed_to"] == closed


def test_where_an_address_for_ads_leads_must_be_open_too() -> None:
    robots = "User-agent: AdsBot-Google\nDisallow: /offers/"
    assert become(robots, end="/offers/", ads=("/spring/",))["closed_to"] == ["AdsBot-Google", "AdsBot-Google-Mobile"]


def test_only_ads_have_to_be_open_to_the_crawler_of_ads() -> None:
    assert become("User-agent: AdsBot-Google\nDisallow: /", qr=("/spring/",))["closed_to"] == []
