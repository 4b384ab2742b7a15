"""What the settings say of an address: exceptions and their last day, its owner, its type."""

from __future__ import annotations

import json

import pytest

from checks.settings import from_document
from tests.settings.reading import FULL, read

# ------------------------------------------------------------------------------------------------- exceptions


def test_an_expectation_tells_what_is_unusual_about_a_page() -> None:
    settings = read(FULL)
    assert settings.expected("/thanks/?from=mail") == {"noindex": True, "status": None, "orphan": False}
    assert settings.expected("/gone/a/b") == {"noindex": False, "status": 410, "orphan": True}
    assert settings.expected("/") == {"noindex": False, "status": None, "orphan": False}


def test_an_exception_holds_on_its_last_day() -> None:
    exclude = "exclude: [{page: /a, why: w, owner: security, until: 2026-06-15}]"
    assert read(exclude).exclusion("/a") is not None


def test_an_exception_is_void_after_its_last_day_and_that_is_told() -> None:
    settings = read(FULL)
    assert settings.exclusion("/legacy/page") is None
    assert settings.notes == (
        "the exclusion `/legacy/*` ended on 2026-06-14 and no longer holds (engineering: moves away)",
    )


# ------------------------------------------------------------------------------------------------- owners of addresses


def test_an_address_belongs_to_the_owner_whose_pattern_matches_it() -> None:
    settings = read(FULL)
    assert [settings.owner_of(path) for path in ("/blog/a/b/", "/terms/x/", "/")] == ["marketing", "legal", None]


def test_of_several_patterns_the_last_one_written_wins() -> None:
    # In FULL, marketing is written behind legal, although it is an owner that is always there.
    assert read(FULL).owner_of("/terms/offers/") == "marketing"


TYPES = "page_types: {listing: [/shop/**], product: [/shop/*/*/], landing: [/, /shop/sale/**], b: [/x/*], a: [/*/y]}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "landing"),
        ("/shop/", "listing"),
        ("/shop/bread/rye/", "product"),
        ("/shop/sale/rye/", "landing"),
        ("/shop/bread/?page=2", "listing"),
        ("/x/y", "a"),
        ("/about/", None),
    ],
)
def test_of_several_types_the_one_whose_pattern_says_most_decides(path: str, expected: str | None) -> None:
    assert read(TYPES).page_types.type_of(path) == expected


def test_the_order_in_which_types_are_written_decides_nothing() -> None:
    settings = read(TYPES)
    again = from_document(json.loads(json.dumps(settings.to_document(), sort_keys=True)))
    assert (again.page_types, again.digest) == (settings.page_types, settings.digest)


def test_an_owner_with_addresses_is_still_only_a_name_in_the_list_of_owners() -> None:
    assert read(FULL).owners == ("marketing", "engineering", "security", "legal")
