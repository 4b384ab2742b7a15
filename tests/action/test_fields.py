"""What stands in a payload is believed only where it has the form that it must have."""

from __future__ import annotations

from typing import Any

import pytest

from action import fields
from checks.errors import UserError

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_what_is_not_there_is_none_however_deep_it_would_lie() -> None:
    assert fields.at({"a": {"b": 5}}, "a", "b", "c", "d") is None


def test_an_error_names_the_way_to_the_field() -> None:
    with pytest.raises(UserError, match=r"`pull_request\.head\.sha` is not a commit of 40 hex digits"):
        fields.commit({"pull_request": {"head": {"sha": "main"}}}, "pull_request", "head", "sha")


@pytest.mark.parametrize("said", [COMMIT.upper(), COMMIT[1:], f"{COMMIT}\n", f"{COMMIT}0", 5, None])
def test_a_commit_is_40_hex_digits_and_nothing_around_them(said: object) -> None:
    with pytest.raises(UserError, match="a commit"):
        fields.commit({"sha": said}, "sha")


@pytest.mark.parametrize("said", ["site", "a/b/c", "a/b c", "a/\n", "ä/b", None])
def test_a_repository_is_an_owner_and_a_name(said: object) -> None:
    with pytest.raises(UserError, match="OWNER/NAME"):
        fields.repository({"full_name": said}, "full_name")


@pytest.mark.parametrize("said", ["-x", "a b", "a:b", "a\x00", "a\n", ""])
def test_a_ref_begins_with_no_option_and_holds_nothing_that_git_reads_otherwise(said: str) -> None:
    with pytest.raises(UserError, match="a ref"):
        fields.branch({"ref": said}, "ref")


@pytest.mark.parametrize("said", [True, 0, -1, "7", 7.0, None])
def test_a_number_is_a_positive_whole_one(said: object) -> None:
    with pytest.raises(UserError, match="a positive number"):
        fields.number({"id": said}, "id")


def test_what_has_its_form_is_given_as_it_is() -> None:
    said: dict[str, Any] = {"sha": COMMIT, "full_name": "bakery/site", "ref": "refs/heads/main", "id": 7}
    found = (
        fields.commit(said, "sha"),
        fields.repository(said, "full_name"),
        fields.branch(said, "ref"),
        fields.number(said, "id"),
    )
    assert found == tuple(said.values())


def test_a_variable_that_holds_no_number_is_none() -> None:
    assert [fields.integer(said) for said in ("", "-1", "1e3", "9" * 30, None)] == [None] * 5


def test_a_variable_that_holds_a_number_is_that() -> None:
    assert fields.integer("17") == 17
