"""The ways to the home page that people type, and where each of them ends."""

from __future__ import annotations

import socket

import pytest

from checks.collect.web.client import NO_LOOK_UP, NO_SUCH_HOST, look_up_failed
from checks.landed import ways
from checks.landed.check import DIFFERS, NOT_MEASURED, SAME
from checks.landed.ways import End, Way
from tests.landed.live import HOME


@pytest.mark.parametrize(
    ("home", "moved", "asked"),
    [
        (HOME, (), ["http://www.example.com/", "http://example.com/", "https://example.com/"]),
        (
            "https://example.co.uk/",
            ("https://old.example",),
            [
                "http://example.co.uk/",
                "http://www.example.co.uk/",
                "https://www.example.co.uk/",
                "https://old.example/",
            ],
        ),
        ("https://shop.example.com/", (), ["http://shop.example.com/"]),
        ("http://127.0.0.1:8000/", (), []),
    ],
)
def test_the_ways_to_the_home_page_are_those_that_people_type(
    home: str, moved: tuple[str, ...], asked: list[str]
) -> None:
    assert [way.url for way in ways.ways(home, moved)] == asked


def test_other_pages_are_asked_for_by_each_way_and_key_pages_on_old_origins() -> None:
    found = ways.ways(HOME, ("https://old.example",), ["/courses/"], ["/", "/visit/"])
    assert [(way.url, way.to) for way in found if way.to != HOME] == [
        ("http://www.example.com/courses/", f"{HOME}courses/"),
        ("http://example.com/courses/", f"{HOME}courses/"),
        ("https://example.com/courses/", f"{HOME}courses/"),
        ("https://old.example/visit/", f"{HOME}visit/"),
    ]


def test_another_page_that_is_led_to_the_home_page_differs() -> None:
    found = ways.check(Way("http://www.example.com/courses/", f"{HOME}courses/"), End(HOME, None, (301,)))
    assert (found.state, found.said) == (DIFFERS, f"it ends at {HOME}, and not at {HOME}courses/")


ENDS = {
    "there": (End(HOME, None, (301,)), SAME, ""),
    "there, for good, in two": (End(HOME, None, (308, 301)), SAME, ""),
    "for now": (End(HOME, None, (302,)), DIFFERS, "it leads there only for now (status 302)"),
    "a twin": (
        End("https://example.com/", 200, ()),
        DIFFERS,
        "it answers itself with status 200, and not at https://www.example.com/",
    ),
    "elsewhere": (
        End("https://parking.example/", None, (302,)),
        DIFFERS,
        "it ends at https://parking.example/, and not at https://www.example.com/",
    ),
    "no such host": (End("https://example.com/", None, (), "it can't be reached: no such host", True), SAME, ""),
    "no certificate": (
        End("https://example.com/", None, (), "bad", bad_certificate=True),
        DIFFERS,
        "https://example.com/: its certificate is not one that browsers take",
    ),
    "no answer": (
        End("https://example.com/", None, (), "no whole answer"),
        NOT_MEASURED,
        "https://example.com/: no whole answer",
    ),
}


@pytest.mark.parametrize(("end", "state", "said"), ENDS.values(), ids=ENDS)
def test_each_way_must_end_at_the_home_page(end: End, state: str, said: str) -> None:
    found = ways.check(Way("https://example.com/", HOME, optional=True), end)
    assert (found.state, found.said) == (state, said)


@pytest.mark.parametrize(("number", "said"), [(socket.EAI_NONAME, NO_SUCH_HOST), (socket.EAI_AGAIN, NO_LOOK_UP)])
def test_only_dns_itself_says_that_there_is_no_such_host(number: int, said: str) -> None:
    assert look_up_failed(socket.gaierror(number, "")) == said
