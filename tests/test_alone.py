"""A run folder belongs to one command at a time: the second one says so, and the first one is not disturbed."""

from __future__ import annotations

import errno
import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from checks.alone import alone
from checks.cli import main
from checks.errors import EXIT_WRONG_USE, UserError

ANOTHER = "import sys; from pathlib import Path; from checks.alone import alone; alone(Path(sys.argv[1])).__enter__()"


def another(folder: Path) -> str:
    """Let another process ask for the folder to itself, and return what it says of that."""
    done = subprocess.run([sys.executable, "-c", ANOTHER, folder], capture_output=True, text=True, check=False)
    return done.stderr


def test_while_one_command_is_at_work_another_is_told_so(tmp_path: Path) -> None:
    with alone(tmp_path / "run"):
        assert "another gonogo is at work in it" in another(tmp_path / "run")
        assert not another(tmp_path / "other")


def test_afterwards_the_next_one_may(tmp_path: Path) -> None:
    with alone(tmp_path / "run"):
        (tmp_path / "run" / "run.json").write_text("{}")
    assert not another(tmp_path / "run")


def test_a_command_that_may_not_changes_nothing_and_exits_as_for_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text("<title>Bread</title>")
    run = tmp_path / "run"
    with alone(run):
        (run / "verdict.json").write_text("of the first")
        for command in ("check", "collect"):
            assert main([command, str(tmp_path / "dist"), "--no-render", "--run", str(run)]) == EXIT_WRONG_USE
        assert (run / "verdict.json").read_text() == "of the first"
    assert f"{run}: another gonogo is at work in it" in capsys.readouterr().err


def test_a_folder_in_which_nothing_was_written_does_not_stay(tmp_path: Path) -> None:
    with alone(tmp_path / "run"):
        pass
    assert not (tmp_path / "run").exists()


def test_a_new_folder_that_another_command_was_quicker_to_lock_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(UserError, match="at work"), alone(tmp_path / "run"):
        pass
    assert (tmp_path / "run").is_dir()


def test_a_folder_that_was_taken_away_before_it_was_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, left = fcntl.flock, [(tmp_path / "run").rmdir]

    def late(folder: int, how: int) -> None:
        if left:
            left.pop()()
        lock(folder, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with alone(tmp_path / "run"):
        assert "another gonogo is at work in it" in another(tmp_path / "run")


@pytest.mark.parametrize("command", ["judge", "report"])
def test_what_writes_into_a_finished_run_needs_it_for_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text("<title>Bread</title>")
    run = tmp_path / "run"
    main(["check", str(tmp_path / "dist"), "--no-render", "--run", str(run)])
    with alone(run):
        assert main([command, str(run)]) == EXIT_WRONG_USE
    assert "another gonogo is at work in it" in capsys.readouterr().err
    assert main([command, str(run)]) != EXIT_WRONG_USE


def test_parts_are_put_together_in_a_folder_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "part").mkdir()
    with alone(tmp_path / "run"):
        assert main(["merge", str(tmp_path / "part"), "--run", str(tmp_path / "run")]) == EXIT_WRONG_USE
    assert "another gonogo is at work in it" in capsys.readouterr().err


def test_what_is_no_folder_is_left_to_whoever_writes_there(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("mine")
    with alone(tmp_path / "run"):
        assert (tmp_path / "run").read_text() == "mine"


def test_where_the_file_system_has_no_locks_the_command_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with alone(tmp_path / "run"):
        assert (tmp_path / "run").is_dir()


def test_a_lock_that_fails_for_another_reason_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(OSError, match="broken"), alone(tmp_path / "run"):
        pass


def test_a_process_that_asks_twice_is_told_so_too(tmp_path: Path) -> None:
    with alone(tmp_path / "run"), pytest.raises(UserError, match="at work"), alone(tmp_path / "run"):
        pass
