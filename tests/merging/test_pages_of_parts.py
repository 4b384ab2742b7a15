"""Every page of the build is in one part, and no part has another one."""

from __future__ import annotations

from checks import run_folder
from checks.errors import CannotMeasureError, UserError
from tests.collect.shards.divided import Divided
from tests.merging.parts import both, lines, put, refused


def test_a_page_that_no_shard_has_is_named(divided: Divided) -> None:
    first = both(divided)[0]
    lost, *others = lines(first)
    put(first, *others)
    assert f"no shard has measured {lost['path']}" in refused(divided, CannotMeasureError)


def test_a_page_that_two_shards_have_is_named(divided: Divided) -> None:
    one, other = both(divided)
    twice = lines(one)[0]
    put(other, *sorted([*lines(other), twice], key=lambda line: line["path"]))
    assert f"{twice['path']} is measured twice" in refused(divided, UserError)


def test_a_page_that_the_build_does_not_have_is_named(divided: Divided) -> None:
    first = both(divided)[0]
    put(first, *lines(first), {"path": "/zoo/", "state": "failed", "why": "it hung", "reused": None, "page": None})
    assert "/zoo/ is no page to be measured in this build" in refused(divided, UserError)


def test_a_page_that_one_shard_has_twice_is_refused(divided: Divided) -> None:
    first = both(divided)[0]
    put(first, *lines(first), lines(first)[-1])
    assert "the lines are sorted by path, each page once" in refused(divided, CannotMeasureError)


def test_a_page_that_a_shard_could_not_measure_stays_a_gap(divided: Divided) -> None:
    first = both(divided)[0]
    failed, *others = lines(first)
    put(first, {**failed, "state": "failed", "why": "it hung", "page": None}, *others)
    ledger = {one["path"]: one for one in divided.merge(both(divided)).lines(run_folder.COVERAGE)}
    assert (ledger[failed["path"]]["state"], ledger[failed["path"]]["why"]) == ("failed", "it hung")
