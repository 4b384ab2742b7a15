"""What counts as weaker whatever it is about: old debt, what can't be read, and that every kind is described."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checks.signoff.adopted import Adopted
from checks.trust.record import KINDS
from checks.trust.snapshot import Broken
from tests.trust.project import Document
from tests.trust.sides import Side, kinds, told
from tests.trust.test_weaker_people import PEOPLE
from tests.trust.test_weaker_policies import POLICIES
from tests.trust.test_weaker_settings import SETTINGS


def debt(day: date = date(2026, 11, 1), owner: str = "marketing") -> dict[str, Adopted]:
    return {"v1:0": Adopted("v1:0", "seo/it", "/a/", "x", day, owner)}


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({}, debt(), ["finding-adopted"]),
        (debt(), debt(), []),
        (debt(), {}, []),
        (debt(), debt(date(2026, 11, 20)), ["finding-adopted"]),
        (debt(), debt(date(2026, 10, 1)), []),
        (debt(), debt(owner="security"), ["finding-adopted"]),
    ],
    ids=["new debt", "the same", "less", "newer", "older", "of another owner"],
)
def test_debt_is_weaker_where_it_is_new_newer_or_of_another_owner(
    side: Side, before: Any, after: Any, found: list[str]
) -> None:
    assert kinds(side(adopted=before), side(adopted=after)) == found


def test_new_debt_is_signed_for_by_the_owner_of_the_policy_whatever_the_file_is_called(
    side: Side, title_length: Document
) -> None:
    own = {"seo/it": title_length}
    assert told(side(own=own), side(own=own, adopted=debt(owner="security"))).owner == "marketing"


def test_what_cannot_be_read_is_a_weakening_and_is_not_compared(side: Side) -> None:
    broken = Broken("policies", "gonogo/policies", "gonogo/policies/a.json: not JSON")
    head = replace(side(), policies=(), broken=(broken,))
    one = told(side(), head)
    assert (one.kind, one.file) == ("invalid", "gonogo/policies")


def test_every_kind_that_is_told_is_described() -> None:
    named = {kind for _, _, found in (*SETTINGS.values(), *POLICIES.values()) for kind in found}
    named |= {kind for *_, found in PEOPLE.values() for kind in found}
    assert named | {"finding-adopted", "removed", "invalid"} == set(KINDS)
