"""How alike two texts are, by their sketches."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.sketch import KEPT, likeness, sketch

CHANCE = random.Random(3)  # noqa: S311 - the same words every time
WORDS = ["".join(CHANCE.choices("abcdefghij", k=CHANCE.randint(2, 7))) for _ in range(6000)]


def text(*ranges: tuple[int, int]) -> str:
    return " ".join(word for start, end in ranges for word in WORDS[start:end])


def test_a_text_is_like_itself() -> None:
    assert likeness(sketch(text((0, 900))), sketch(text((0, 900)))) == 1.0


def test_texts_without_anything_in_common_are_not_alike() -> None:
    assert likeness(sketch(text((0, 900))), sketch(text((3000, 3900)))) == 0.0


@pytest.mark.parametrize("own", [20, 100, 400, 1000])
def test_the_estimate_is_near_the_share_of_what_is_the_same(own: int) -> None:
    one, other = text((0, 2000), (2000, 2000 + own)), text((0, 2000), (4000, 4000 + own))
    assert likeness(sketch(one), sketch(other)) == pytest.approx(2000 / (2000 + 2 * own), abs=0.12)


def test_a_short_text_has_no_sketch_and_is_like_none() -> None:
    assert sketch(text((0, 20))) == frozenset()
    assert likeness(frozenset(), frozenset()) == 0.0


@given(st.text())
def test_a_sketch_is_never_large(anything: str) -> None:
    assert len(sketch(anything)) <= KEPT
