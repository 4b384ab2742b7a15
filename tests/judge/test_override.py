"""Who may make an exception: nobody, each of several owners, or one of several."""

from __future__ import annotations

from typing import Any

import pytest

from checks.judge import override
from checks.judge.override import Override


@pytest.mark.parametrize(
    ("said", "groups", "words"),
    [
        ("never", (), "nobody"),
        (["marketing"], (("marketing",),), "marketing"),
        (["marketing", "legal"], (("marketing", "legal"),), "marketing and legal"),
        ({"any-of": ["marketing", "legal"]}, (("marketing",), ("legal",)), "marketing or legal"),
    ],
)
def test_what_a_policy_says_is_read(said: Any, groups: tuple[tuple[str, ...], ...], words: str) -> None:
    assert override.of(said) == Override(groups)
    assert Override(groups).words == words


def test_a_policy_that_says_nothing_leaves_it_to_its_owner() -> None:
    assert override.of(None) is None


def test_only_where_each_must_sign_are_several_signatures_needed() -> None:
    groups: tuple[tuple[tuple[str, ...], ...], ...] = ((("a", "b"),), (("a",), ("b",)), (("a",),))
    assert [Override(one).several for one in groups] == [True, False, False]
