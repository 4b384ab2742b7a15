"""Who gets which batch, and when one is given up."""

from __future__ import annotations

from collections import deque

from checks.collect.cluster.rota import DEATHS, FAILURES, Rota


def rota(batches: int) -> Rota:
    return Rota(deque(range(batches)))


def test_each_worker_has_one_batch_at_a_time_in_the_order_of_the_pages() -> None:
    batches = rota(3)
    assert [batches.give("a"), batches.give("b")] == [0, 1]
    assert batches.take("a") == 0
    assert (batches.give("a"), batches.left()) == (2, [1, 2])


def test_the_batch_of_a_worker_that_died_waits_until_all_others_were_given() -> None:
    batches = rota(3)
    batches.give("a")
    assert batches.died("a") is None
    assert [batches.give(worker) for worker in "bcd"] == [1, 2, 0]


def test_a_batch_with_which_workers_die_is_given_up_after_so_many() -> None:
    batches = rota(1)
    given_up = []
    for worker in map(str, range(DEATHS)):
        batches.give(worker)
        given_up.append(batches.died(worker))
    assert given_up == [*[None] * (DEATHS - 1), 0]
    assert batches.left() == []


def test_a_batch_that_fails_is_given_up_after_so_many_times() -> None:
    batches = rota(1)
    given_up = []
    for _ in range(FAILURES):
        batches.give("a")
        given_up.append(batches.failed("a"))
    assert given_up == [*[None] * (FAILURES - 1), 0]


def test_a_batch_is_not_blamed_for_a_worker_that_lacks_something() -> None:
    batches = rota(2)
    for _ in range(2 * FAILURES):
        assert batches.give("a") == 0
        batches.put_back("a")
    assert batches.left() == [0, 1]
