"""What somebody may have meant by a name that nobody knows."""

from __future__ import annotations

import pytest

from checks.nearest import nearest

TITLES = ["seo/title-unique", "seo/title-pixels", "seo/title-length", "seo/title-present", "seo/h1"]


def test_a_slip_of_the_pen_has_one_answer() -> None:
    assert nearest("seo/titel-present", TITLES) == "; did you mean `seo/title-present`?"


def test_of_names_that_are_as_alike_three_are_offered() -> None:
    said = "; did you mean `seo/title-length`, `seo/title-pixels` or `seo/title-unique`?"
    assert nearest("seo/titel", TITLES) == said


def test_in_which_order_names_are_known_makes_no_difference() -> None:
    assert nearest("seo/titel", TITLES) == nearest("seo/titel", TITLES[::-1])


def test_two_are_joined_by_or() -> None:
    assert nearest("pag", ["page", "pages", "site"]) == "; did you mean `page` or `pages`?"


def test_what_was_begun_is_found() -> None:
    assert nearest("titl", ["title", "canonical"]) == "; did you mean `title`?"


def test_a_name_is_told_behind_what_it_lies_in() -> None:
    assert nearest("lenght", ["length", "text"], ("title",)) == "; did you mean `title.length`?"


@pytest.mark.parametrize("known", [[], ["canonical", "robots"]])
def test_where_nothing_is_alike_nothing_is_said(known: list[str]) -> None:
    assert nearest("title", known) == ""
