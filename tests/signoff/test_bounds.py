"""A worse build than the one that was signed for: the value within its bound is covered, beyond it blocks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.judge.finding import MISSING
from checks.signoff.bounds import is_covered
from checks.signoff.verification import StatementFiles
from tests.signoff.signing import Judged, Keys, document, entry, finding

# Attack 5: a worse build.


@pytest.mark.parametrize(
    ("value", "outcome"), [(3.15, "applied"), (3.2, "applied"), (2.6, "applied"), (3.3, "worse-than-signed")]
)
def test_a_value_within_the_bound_stays_signed_and_a_worse_one_blocks(
    judged: Judged, good: StatementFiles, value: float, outcome: str
) -> None:
    assert judged.outcome(good, of=finding(value=value)) == outcome


@pytest.mark.parametrize(
    ("value", "limit", "bound", "covered"),
    [
        (70, 60, 75, True),
        (76, 60, 75, False),
        (5, 10, 5, True),
        (4, 10, 5, False),
        (5, 10, 75, False),  # signed for too long a title, and now it is too short
        (70, 60, 5, False),  # and the other way round
        (70, 60, None, False),  # nobody said how bad it may become
        (60, 60, None, True),
        ("x", 60, None, True),
        ("x", 60, 75, False),
        (MISSING, MISSING, None, True),
        (True, False, None, True),
        (float("nan"), 60, 75, False),
    ],
)
def test_worse_is_farther_from_the_limit_on_the_side_where_it_fails(
    value: Any, limit: Any, bound: float | None, covered: bool
) -> None:
    assert is_covered(value, limit, bound) == covered


@given(st.integers(-100, 100), st.integers(-100, 100), st.integers(-100, 100), st.integers(1, 100))
def test_what_is_not_covered_is_not_covered_when_it_gets_worse(value: int, limit: int, bound: int, more: int) -> None:
    worse = value + more if value > limit else value - more
    if value != limit and not is_covered(value, limit, bound):
        assert not is_covered(worse, limit, bound)


@pytest.mark.parametrize(
    ("signed", "now", "outcome"), [("warning", "error", "worse-than-signed"), ("error", "warning", "applied")]
)
def test_a_higher_severity_than_the_signed_one_is_worse(
    keys: Keys, judged: Judged, signed: str, now: str, outcome: str
) -> None:
    files = keys.files(document(entry(severity=signed)), "ana")
    assert judged.outcome(files, of=finding(severity=now)) == outcome


def test_a_number_without_a_bound_is_not_accepted(keys: Keys, judged: Judged) -> None:
    assert judged.outcome(keys.files(document(entry(not_worse_than=None)), "ana")) == "worse-than-signed"
