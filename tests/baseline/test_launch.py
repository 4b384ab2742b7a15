"""The last launch lies where whoever runs the check says; before the first one there is none, and that is said."""

from __future__ import annotations

from pathlib import Path

from checks.baseline import launch
from checks.baseline.launch import Launch


def told(said: str | None) -> Launch:
    return launch.told(said, in_ci=True)


def test_nobody_said_where_it_is() -> None:
    assert "--launch DIR" in str(told(None).why)
    assert not told(None).is_none_yet


def test_only_outside_of_ci_may_nobody_have_said_it() -> None:
    assert [launch.told(None, in_ci=ci).is_at_desk for ci in (True, False)] == [False, True]
    assert not launch.told("none", in_ci=False).is_at_desk


def test_before_the_first_launch_there_is_none() -> None:
    assert told("none").is_none_yet


def test_a_folder_is_where_it_lies_whether_it_is_there_or_not(tmp_path: Path) -> None:
    found = told(str(tmp_path / "launch"))
    assert (found.folder, found.why, found.is_none_yet) == (str(tmp_path / "launch"), None, False)


def test_a_file_says_why_it_can_not_be_had(tmp_path: Path) -> None:
    (tmp_path / "why.txt").write_text("it has\nexpired\n")
    assert (told(str(tmp_path / "why.txt")).folder, told(str(tmp_path / "why.txt")).why) == (None, "it has expired")


def test_an_empty_file_is_no_permission_to_begin_anew(tmp_path: Path) -> None:
    (tmp_path / "why.txt").touch()
    assert not told(str(tmp_path / "why.txt")).is_none_yet
