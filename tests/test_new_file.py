"""Files that a project is given to begin with: written where there are none, and never over one that is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checks import new_file
from checks.errors import CannotMeasureError, UserError


def test_a_file_that_is_there_keeps_what_stands_in_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(UserError, match="not overwritten"):
        new_file.create(tmp_path / "a", "ours")
    assert (tmp_path / "a").read_text() == "mine"


def test_a_link_that_leads_nowhere_is_there_too(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="not overwritten"):
        new_file.require_new(tmp_path / "a")
    with pytest.raises(UserError, match="not overwritten"):
        new_file.create(tmp_path / "a", "ours")
    assert not os.path.lexists(tmp_path / "elsewhere")


def test_a_file_in_the_place_of_a_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(CannotMeasureError, match=r"it can't be made.*\n?.*Make room"):
        new_file.make_folder(tmp_path / "a" / "b")


def test_a_folder_that_is_there_is_taken_as_it_is(tmp_path: Path) -> None:
    new_file.make_folder(tmp_path / "a" / "b")
    new_file.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
