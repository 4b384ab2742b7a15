"""Who measures what: every page once, the same everywhere, balanced, and mostly as it was last time."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.collect.shards import dividing

COSTS = st.dictionaries(st.text(min_size=1).map("/{}".format), st.floats(1, 1e6), max_size=60)


@given(COSTS, st.integers(1, 12))
def test_every_page_has_one_shard_whatever_the_order_in_which_pages_are_named(
    costs: dict[str, float], shards: int
) -> None:
    shard_of = dividing.divided(costs, shards)
    assert shard_of.keys() == costs.keys()
    assert set(shard_of.values()) <= set(range(1, shards + 1))
    assert dividing.divided(dict(reversed(costs.items())), shards) == shard_of


def a_site(pages: int = 2000) -> dict[str, float]:
    chance = random.Random(7)  # noqa: S311 - the same site each time
    return {f"/{number}/": chance.lognormvariate(11, 1) for number in range(pages)}


@pytest.mark.parametrize("shards", [2, 8, 50])
def test_no_shard_gets_much_more_than_its_share(shards: int) -> None:
    costs = a_site()
    loads: Counter[int] = Counter()
    for path, number in dividing.divided(costs, shards).items():
        loads[number] += costs[path]  # type: ignore[assignment]
    assert max(loads.values()) <= sum(costs.values()) / shards * 1.1


def test_a_page_that_grows_moves_few_others() -> None:
    costs = a_site()
    before = dividing.divided(costs, 8)
    after = dividing.divided({**costs, "/7/": costs["/7/"] * 3, "/new/": 40_000.0}, 8)
    assert sum(before[path] != after[path] for path in before) < len(before) / 10


def test_a_page_that_costs_more_than_a_fair_share_has_a_shard_all_the_same() -> None:
    shard_of = dividing.divided({"/huge/": 1000, "/a/": 1, "/b/": 1}, 2)
    assert shard_of["/huge/"] != shard_of["/a/"] == shard_of["/b/"]


def test_machines_that_divide_differently_can_be_told_apart() -> None:
    one, other = dividing.divided(a_site(), 8), dividing.divided(a_site(1999), 8)
    assert dividing.digest(one) == dividing.digest(dict(reversed(one.items())))
    assert dividing.digest(one) != dividing.digest(other)


def test_a_page_costs_what_it_took_last_time_and_a_new_one_a_guess_in_the_same_unit() -> None:
    guessed = dividing.by_bytes([("/a/", 0), ("/b/", dividing.SAME_FOR_ALL), ("/new/", dividing.SAME_FOR_ALL)])
    costs = dividing.by_last_time(guessed, {"/a/": 100, "/b/": 500, "/gone/": 9})
    assert costs == {"/a/": 100, "/b/": 500, "/new/": 400}


def test_without_an_earlier_run_the_size_of_the_html_decides() -> None:
    guessed = dividing.by_bytes([("/a/", 10), ("/b/", 20)])
    assert dividing.by_last_time(guessed, {"/gone/": 9}) == guessed
