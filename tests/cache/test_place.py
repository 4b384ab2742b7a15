from __future__ import annotations

from pathlib import Path

import pytest

from checks.cache import place


def test_the_usual_folder_is_where_caches_lie() -> None:
    assert place.folder(None, {"HOME": "/home/anna"}) == Path("/home/anna/.cache/gonogo")
    assert place.folder(None, {"HOME": "/home/anna", "XDG_CACHE_HOME": "/var/caches"}) == Path("/var/caches/gonogo")


def test_a_relative_xdg_folder_is_passed_over_as_its_specification_says() -> None:
    assert place.folder(None, {"HOME": "/home/anna", "XDG_CACHE_HOME": "caches"}) == Path("/home/anna/.cache/gonogo")


def test_the_flag_is_heard_before_the_environment() -> None:
    assert place.folder(Path("here"), {"GONOGO_CACHE": "there"}) == Path("here")
    assert place.folder(None, {"GONOGO_CACHE": "there"}) == Path("there")


def test_the_environment_can_say_that_there_is_none() -> None:
    assert place.folder(None, {"GONOGO_CACHE": "off", "HOME": "/home/anna"}) is None


def test_in_ci_there_is_one_only_where_somebody_names_it() -> None:
    assert place.folder(None, {"CI": "true", "HOME": "/home/runner"}) is None
    assert place.folder(Path("here"), {"CI": "true", "HOME": "/home/runner"}) == Path("here")
    assert place.folder(None, {"CI": "true", "GONOGO_CACHE": "there"}) == Path("there")
    assert place.folder(None, {"CI": "false", "HOME": "/home/anna"}) == Path("/home/anna/.cache/gonogo")


def test_without_a_home_there_is_no_usual_place() -> None:
    with pytest.raises(place.NoPlaceError, match="neither XDG_CACHE_HOME nor HOME is set"):
        place.folder(None, {})


def test_the_secret_is_made_once_and_for_this_user_alone(tmp_path: Path) -> None:
    first = place.secret({"XDG_STATE_HOME": str(tmp_path)})
    file = tmp_path / "gonogo" / "cache-key"
    assert (len(first), file.stat().st_mode & 0o777) == (32, 0o600)
    assert place.secret({"XDG_STATE_HOME": str(tmp_path)}) == first
    assert [one.name for one in file.parent.iterdir()] == ["cache-key"]


def test_the_secret_of_the_environment_is_the_same_on_every_machine() -> None:
    told = {"GONOGO_CACHE_KEY": "sixteen letters!"}
    assert place.secret(told) == place.secret(dict(told))
    assert place.secret(told) != place.secret({"GONOGO_CACHE_KEY": "sixteen letters?"})


def test_a_secret_that_anybody_could_guess_is_refused() -> None:
    with pytest.raises(place.NoPlaceError, match="shorter than 16 characters"):
        place.secret({"GONOGO_CACHE_KEY": "short"})


def test_a_secret_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gonogo").mkdir()
    (tmp_path / "gonogo" / "cache-key").write_bytes(b"half")
    with pytest.raises(place.NoPlaceError, match="is not a key of 32 bytes"):
        place.secret({"XDG_STATE_HOME": str(tmp_path)})
