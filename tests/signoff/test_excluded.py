"""Who made a change can't sign for it, by whatever mark the person is known."""

from __future__ import annotations

import pytest

from checks.signoff.excluded import NOBODY, excluded
from checks.signoff.people import Person

ANA = Person("ana", "Ana", 11, ("ana@example.com", "silva@example.org"), ("ana",), ("marketing",), (), "")
BEN = Person("ben", "Ben", None, ("ben@example.com", "33+ben@users.noreply.github.com"), ("ben",), (), (), "")
PEOPLE = (ANA, BEN)


@pytest.mark.parametrize(
    ("emails", "accounts", "pushers", "who"),
    [
        (["ana@example.com"], [], [], {"ana"}),
        (["ANA@Example.com"], [], [], {"ana"}),
        (["silva@example.org", "ben@example.com"], [], [], {"ana", "ben"}),
        (["11+any-login@users.noreply.github.com"], [], [], {"ana"}),
        ([], [11], [], {"ana"}),
        ([], [33], [], {"ben"}),
        (["ben@example.com"], [], [11], {"ana", "ben"}),
        (["ben@example.com"], [], ["Ana@example.com"], {"ana", "ben"}),
    ],
)
def test_every_mark_of_a_person_excludes(
    emails: list[str], accounts: list[int], pushers: list[str | int], who: set[str]
) -> None:
    found = excluded(PEOPLE, emails, accounts, pushers)
    assert (set(found.people), found.unknown_authors) == (who, ())


def test_the_reason_is_told() -> None:
    assert excluded(PEOPLE, ["Ana@example.com"], [11]).why == {"ana": "ana@example.com"}


@pytest.mark.parametrize(("emails", "accounts"), [(["eve@example.com"], [11]), (["ana@example.com"], [99])])
def test_an_author_who_is_none_of_the_people_is_told_beside_those_who_are(
    emails: list[str], accounts: list[int]
) -> None:
    found = excluded(PEOPLE, emails, accounts)
    assert found.people == {"ana"}
    assert found.unknown_authors in {("eve@example.com",), ("GitHub account 99",)}


def test_a_change_that_nobody_is_known_to_have_made_has_an_unknown_author() -> None:
    assert excluded(PEOPLE, [], []).unknown_authors == (NOBODY,)
    assert excluded(PEOPLE, ["noreply@github.com"], [], [11]).unknown_authors == (NOBODY,)


def test_the_forge_that_merges_is_no_author() -> None:
    assert excluded(PEOPLE, ["ana@example.com", "noreply@github.com"], []).unknown_authors == ()


def test_whoever_only_pushed_is_recorded_and_need_not_be_known() -> None:
    found = excluded(PEOPLE, ["ana@example.com"], [], [118344674, "queue@example.com"])
    assert (found.unknown_authors, found.unknown_others) == ((), ("GitHub account 118344674", "queue@example.com"))
