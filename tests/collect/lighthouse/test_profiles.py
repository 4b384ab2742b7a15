from __future__ import annotations

import pytest

from checks.collect.lighthouse.profiles import PROFILE_BY_NAME, slowdown_for


@pytest.mark.parametrize(
    ("benchmark_index", "slowdown"),
    [(1300, 4.0), (1800, 4.0), (None, 4.0), (3600, 8.0), (650, 2.0), (9000, 10.0), (100, 1.0)],
)
def test_a_machine_is_slowed_down_to_a_mid_range_phone(benchmark_index: float | None, slowdown: float) -> None:
    assert slowdown_for(benchmark_index) == slowdown


def test_a_desktop_is_not_slowed_down() -> None:
    assert PROFILE_BY_NAME["desktop"].settings(4.0)["throttling"]["cpuSlowdownMultiplier"] == 1
    assert PROFILE_BY_NAME["desktop"].told(4.0)["cpu_slowdown"] == 1.0
