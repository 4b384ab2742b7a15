"""What is compared with itself, or with what is being cleared, is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.baseline import kinds
from checks.errors import UserError
from checks.run_folder import RunFolder

LIVE = "https://www.example.com"


def test_a_build_is_not_compared_with_itself(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "live").symlink_to("dist")
    with pytest.raises(UserError, match="the baseline is the preview itself"):
        kinds.require_other(str(tmp_path / "live"), tmp_path / "dist", RunFolder(tmp_path / "run"))


def test_an_address_is_not_compared_with_itself(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the baseline is the preview itself"):
        kinds.require_other(LIVE, f"{LIVE}/", RunFolder(tmp_path / "run"))


def test_a_baseline_in_the_run_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cleared first"):
        kinds.require_other(str(tmp_path / "run" / "baseline"), tmp_path / "dist", RunFolder(tmp_path / "run"))


@pytest.mark.parametrize("name", ["none", LIVE, "dist-live"])
def test_what_is_elsewhere_is_a_baseline(name: str, tmp_path: Path) -> None:
    kinds.require_other(name, tmp_path / "dist", RunFolder(tmp_path / "run"))
    assert kinds.kind_of(name) in {kinds.BUILD, kinds.ADDRESS}
