"""What the doctor finds, and that it says how to mend it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from checks.collect.doctor import Check, all_needed, examine, mend

if TYPE_CHECKING:
    from pathlib import Path


def by_name(checks: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_a_machine_that_runs_these_tests_lacks_nothing_that_is_needed(tmp_path: Path) -> None:
    checks = examine(folder=tmp_path)
    assert [check for check in checks if check.needed and not check.ok] == []
    assert all_needed(checks)
    assert by_name(checks)["browser starts"].found.startswith("Chromium ")


def test_without_a_browser_the_doctor_says_how_to_get_one(tmp_path: Path) -> None:
    environ = {"PATH": str(tmp_path), "HOME": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    checks = by_name(examine(environ, tmp_path))
    assert "gonogo doctor --install" in checks["browser"].remedy
    assert (checks["browser starts"].ok, checks["git"].ok) == (False, False)
    assert not all_needed(list(checks.values()))


def test_a_program_that_is_no_browser_is_found_out_when_it_is_started(tmp_path: Path) -> None:
    fake = tmp_path / "chrome"
    fake.write_text("#!/bin/sh\necho Chromium 1.2.3.4\n")
    fake.chmod(0o755)
    checks = by_name(examine({**os.environ, "GONOGO_BROWSER": str(fake)}, tmp_path))
    assert (checks["browser"].ok, checks["browser starts"].ok) == (True, False)
    assert checks["browser starts"].remedy.startswith("Run: gonogo doctor --install")


def test_where_nothing_is_missing_nothing_is_installed() -> None:
    said: list[str] = []
    mend(said.append)
    assert said == ["a browser is there and starts; nothing to install"]


def test_what_is_only_useful_does_not_stop_a_run() -> None:
    assert all_needed([Check("git", ok=False, found="not found", remedy="Install git.", needed=False)])


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path: Path) -> None:
    check = by_name(examine({"PATH": ""}, tmp_path / "missing"))["working directory"]
    assert (check.ok, "can't be written" in check.found) == (False, True)


def test_a_check_that_failed_has_a_remedy_and_one_that_did_not_has_none(tmp_path: Path) -> None:
    checks = [*examine(folder=tmp_path), *examine({"PATH": ""}, tmp_path / "missing")]
    assert [bool(check.remedy) for check in checks] == [not check.ok for check in checks]
