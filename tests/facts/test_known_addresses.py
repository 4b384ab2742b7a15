"""Which known addresses are lost, and how many are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.facts.known_addresses import MOST_TOLD, Asked, KnownAddresses

THERE = Asked("https://www.example.com/a/", ("search",), 10, 1, 200, 0, "https://www.example.com/a/")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (THERE, None),
        (replace(THERE, status=404), "not_found"),
        (replace(THERE, status=410), "gone"),
        (replace(THERE, status=410, expected=410), None),
        (replace(THERE, status=404, hops=1), "redirect_broken"),
        (replace(THERE, status=301, hops=10), "too_many_redirects"),
        (replace(THERE, status=301, hops=2, loop=True), "loop"),
        (replace(THERE, status=503), "error"),
        (replace(THERE, status=None, hops=1, leads_away=True), None),
        (replace(THERE, status=None), None),
    ],
)
def test_an_address_is_lost_where_nobody_arrives(asked: Asked, why: str | None) -> None:
    known = KnownAddresses({"search": 1})
    known.add(asked)
    assert [one["why"] for one in known.group()["lost"]] == [why] * (why is not None)


def test_what_the_preview_does_not_show_is_counted_and_not_taken_for_lost_or_kept() -> None:
    known = KnownAddresses({"search": 1})
    known.add(replace(THERE, status=None))
    assert (known.group()["not_shown"], known.group()["lost_total"]) == (1, 0)


def test_all_that_is_lost_is_counted_and_the_most_valuable_told() -> None:
    known = KnownAddresses({"search": MOST_TOLD + 5})
    for number in range(MOST_TOLD + 5):
        known.add(replace(THERE, url=f"https://www.example.com/{number}/", clicks=MOST_TOLD + 5 - number, status=404))
    group = known.group()
    assert (len(group["lost"]), group["lost_total"]) == (MOST_TOLD, MOST_TOLD + 5)
    assert group["lost"][0]["url"] == "https://www.example.com/0/"
