"""How much the browser's driver may hold."""

from __future__ import annotations

import os

import pytest

from checks.collect.running import frugal_node

LIMITED = "--max-old-space-size=1024"


@pytest.mark.parametrize(
    ("told", "given"),
    [
        (None, LIMITED),
        ("", LIMITED),
        ("--no-warnings", f"--no-warnings {LIMITED}"),
        ("--max-old-space-size=8192", "--max-old-space-size=8192"),
    ],
)
def test_the_driver_is_kept_small_unless_the_user_says_what_it_may_hold(
    monkeypatch: pytest.MonkeyPatch, told: str | None, given: str
) -> None:
    monkeypatch.delenv("NODE_OPTIONS", raising=False)
    if told is not None:
        monkeypatch.setenv("NODE_OPTIONS", told)
    with frugal_node():
        assert os.environ["NODE_OPTIONS"] == given
    assert os.environ.get("NODE_OPTIONS") == told
