"""Counts, clipped texts and times as people write them."""

from __future__ import annotations

import pytest

from checks.report import poll, words


@pytest.mark.parametrize(("number", "said"), [(0, "0 pages"), (1, "1 page"), (1234, "1,234 pages")])
def test_a_count_agrees_with_its_noun(number: int, said: str) -> None:
    assert words.count(number, "page") == said


def test_a_clipped_text_is_no_longer_than_asked_and_shows_that_it_was() -> None:
    assert words.clip("a" * 50, 10) == "aaaaaaa..."


def test_what_the_message_says_already_is_not_said_again() -> None:
    assert words.measured_and_limit({"message": "The title has 84 characters.", "value": 84, "limit": 65}) == "limit 65"


def test_a_limit_without_the_value_that_it_was_held_against_says_nothing() -> None:
    assert words.measured_and_limit({"message": "x", "value": {"a": 1}, "limit": 0}) == ""


def test_a_value_that_was_held_against_a_list_says_nothing_alone() -> None:
    assert words.measured_and_limit({"message": "x", "value": "loopback", "limit": ["public", "production"]}) == ""


def test_a_status_is_no_quantity_with_a_limit() -> None:
    finding = {"message": "x", "value": 404, "limit": 299, "pointer": "/links/items/3/status"}
    assert words.measured_and_limit(finding) == ""


def test_a_number_inside_another_number_is_not_said_already() -> None:
    finding = {"message": "It has 165 characters.", "value": 165, "limit": 65}
    assert words.measured_and_limit(finding) == "limit 65"


def test_a_long_number_is_written_so_that_it_can_be_read() -> None:
    finding = {"message": "Too heavy.", "value": 1815863, "limit": 1638400}
    assert words.measured_and_limit(finding) == "found 1,815,863, limit 1,638,400"


def test_what_stands_between_backticks_is_code() -> None:
    assert words.code_spans("Write `<p>` here.") == [(False, "Write "), (True, "<p>"), (False, " here.")]


def test_a_lonely_backtick_is_a_backtick() -> None:
    assert words.code_spans("it`s") == [(False, "it`s")]


@pytest.mark.parametrize(("duration", "said"), [(4.24, "4.2 s"), (200, "3 min 20 s")])
def test_a_duration_is_said_in_seconds_or_minutes(duration: float, said: str) -> None:
    assert words.seconds(duration) == said


@pytest.mark.parametrize("stamp", ["2026-11-23T09:14:21Z", "2026-11-23T09:14:21+00:00"])
def test_a_moment_is_said_in_utc(stamp: str) -> None:
    assert words.moment(stamp) == "2026-11-23 09:14:21 UTC"


def test_owners_who_say_no_go_come_first() -> None:
    owners = {name: {"verdict": said} for name, said in (("a", "GO"), ("b", "CANNOT TELL"), ("c", "NO-GO"))}
    assert [row.owner for row in poll.rows({"owners": owners})] == ["c", "b", "a"]


def test_a_site_that_is_a_stand_in_is_called_so() -> None:
    said = dict(poll.judged({"site": "https://site.invalid", "origin_known": False}, {}))
    assert said["site"] == "https://site.invalid (a stand-in: the real address is not known)"
