from __future__ import annotations

import asyncio
from collections.abc import Iterable

from checks.collect.lighthouse.command import Outcome
from checks.collect.lighthouse.pairs import Paired, in_turn
from tests.facts.lighthouse_reports import report


def measured(baseline: Iterable[float], preview: Iterable[float], most: int = 12) -> tuple[Paired, str]:
    """Measure in turn, where each side gives its next value; return what came of it, and who was asked when."""
    values = {"baseline": iter(baseline), "preview": iter(preview)}
    asked: list[str] = []

    async def once(side: str) -> Outcome:
        asked.append(side[0])
        value = next(values[side], None)
        return Outcome((), "it hung") if value is None else Outcome((report(value),))

    return asyncio.run(in_turn(once, most)), "".join(asked)


def test_both_sides_take_turns_in_beginning() -> None:
    _, asked = measured([1500] * 12, [1500] * 12)
    assert asked == "bppbbppbbppb"


def test_what_is_clear_after_six_pairs_is_not_measured_again() -> None:
    found, _ = measured([1500] * 12, [3000] * 12)
    assert (len(found.pairs), found.problem) == (6, None)


def test_what_is_not_clear_is_measured_on_up_to_the_limit() -> None:
    found, _ = measured([1500, 3000] * 6, [3000, 1500] * 6)
    assert len(found.pairs) == 12


def test_nothing_is_decided_by_the_pairs_before_a_run_that_died() -> None:
    found, _ = measured([1500] * 5, [3000] * 12)
    assert found == Paired((), (), "the baseline: it hung")
