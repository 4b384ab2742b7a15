from __future__ import annotations

from fractions import Fraction
from math import comb

from hypothesis import given
from hypothesis import strategies as st

from checks.facts import comparison

Pair = tuple[dict[str, float], dict[str, float]]


def values(lcp: float, cls: float = 0.0) -> dict[str, float]:
    return {"lcp_ms": lcp, "fcp_ms": 900.0, "tbt_ms": 0.0, "cls": cls}


def pairs(*lcps: tuple[float, float]) -> list[Pair]:
    return [(values(before), values(after)) for before, after in lcps]


def test_a_preview_that_is_always_much_slower_is_worse() -> None:
    found = comparison.compare(pairs(*[(1500.0 + one, 2400.0 + one) for one in range(6)]))
    assert found["lcp_ms"] == {
        "baseline": 1502.5,
        "preview": 2402.5,
        "effect": 900.0,
        "relative": 0.599,
        "low": 900.0,
        "high": 900.0,
        "decided": True,
    }


def test_noise_that_stays_below_a_step_that_matters_is_decided() -> None:
    found = comparison.compare(
        pairs((1500, 1700), (1600, 1500), (1500, 1600), (1550, 1500), (1500, 1500), (1500, 1620))
    )
    assert (found["decided"], found["undecided"]) == (True, [])


def test_noise_larger_than_a_step_that_matters_leaves_it_open() -> None:
    found = comparison.compare(
        pairs((1500, 2500), (2500, 1500), (1500, 2500), (2500, 1500), (1500, 2500), (1500, 2500))
    )
    assert found["undecided"] == ["lcp_ms"]
    assert not comparison.is_decided(pairs((1500, 2500), (2500, 1500)) * 3)


def test_one_run_that_went_astray_does_not_make_a_preview_worse() -> None:
    astray = [(1500.0, 9000.0), *[(1500.0, 1500.0 + one) for one in range(-6, 7, 2)]]
    found = comparison.compare(pairs(*astray))
    assert found["lcp_ms"]["low"] <= 0
    assert found["lcp_ms"]["effect"] < 300


def test_fewer_than_six_pairs_have_no_interval_and_decide_nothing() -> None:
    found = comparison.compare(pairs(*[(1500.0, 9000.0)] * 5))
    assert (found["lcp_ms"]["low"], found["lcp_ms"]["high"], found["decided"]) == (None, None, False)


def test_a_page_that_shifts_more_is_worse_whatever_share_of_nothing_that_is() -> None:
    found = comparison.compare([(values(1500), values(1500, cls=0.2))] * 6)
    assert found["cls"]["effect"] == 0.2
    assert found["cls"]["relative"] is None
    assert found["cls"]["decided"] is True


def test_the_chance_of_finding_worse_what_is_the_same_is_at_most_five_percent() -> None:
    """Of independent signs, how many can be negative in an interval above zero, summed over all looks."""
    total = Fraction(0)
    for look in comparison.LOOKS:
        allowed = max(
            (
                negative
                for negative in range(look)
                if (comparison.compare(pairs(*_signs(look, negative)))["lcp_ms"]["low"] or 0) > 0
            ),
        )
        total += Fraction(sum(comb(look, count) for count in range(allowed + 1)), 2**look)
    assert total <= Fraction(5, 100)


def _signs(look: int, negative: int) -> list[tuple[float, float]]:
    return [(1500.0, 1400.0 - one) for one in range(negative)] + [
        (1500.0, 1600.0 + one) for one in range(look - negative)
    ]


amounts = st.floats(0, 60_000)


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=14))
def test_whatever_was_measured_the_interval_holds_the_effect(measured: list[tuple[float, float]]) -> None:
    found = comparison.compare(pairs(*measured))["lcp_ms"]
    if found["low"] is not None:
        assert found["low"] <= found["effect"] <= found["high"]


@given(st.lists(st.tuples(amounts, amounts), min_size=6, max_size=14))
def test_who_changes_sides_changes_the_sign_and_nothing_else(measured: list[tuple[float, float]]) -> None:
    there = comparison.compare(pairs(*measured))["lcp_ms"]
    back = comparison.compare(pairs(*[(after, before) for before, after in measured]))["lcp_ms"]
    assert (there["effect"], there["low"], there["high"]) == (-back["effect"], -back["high"], -back["low"])
