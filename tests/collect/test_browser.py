"""Which browser is found, in which order, and how one is got where there is none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from checks.collect.browser import (
    LAUNCH_ARGUMENTS,
    UNKNOWN_VERSION,
    VARIABLE,
    can_sandbox,
    find,
    playwright_shell,
)
from checks.collect.browser_install import BY_HAND, Machine, install, ways
from checks.collect.programs import NOT_STARTED, OUT_OF_TIME, run
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from pathlib import Path


def program(folder: Path, name: str, text: str = "echo Chromium 156.0.8078.79") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def alone(tmp_path: Path, **more: str) -> dict[str, str]:
    """An environment in which no browser of this machine is found."""
    return {
        "PATH": str(tmp_path / "bin"),
        "HOME": str(tmp_path),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "own"),
        **more,
    }


def own_shell(tmp_path: Path, *, complete: bool = True) -> Path:
    """A headless shell where this Playwright would put its own."""
    listed = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "--dry-run", "--only-shell", "chromium"],
        env={**os.environ, **alone(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    home = re.search(r"Install location: +(.*chromium_headless_shell.*)", listed)
    assert home is not None
    folder = tmp_path / "own" / home[1].rpartition("/")[2]
    path = program(folder / "chrome-headless-shell-linux64", "chrome-headless-shell")
    if complete:
        (folder / "INSTALLATION_COMPLETE").touch()
    return path


def test_the_browser_that_is_named_comes_first(tmp_path: Path) -> None:
    program(tmp_path / "bin", "chromium-headless-shell")
    named = program(tmp_path, "my-chrome", "echo Google Chrome 150.0.1.2")
    browser = find(alone(tmp_path, **{VARIABLE: str(named)}))
    assert (browser.path, browser.kind, browser.version, browser.found_by) == (named, "chrome", "150.0.1.2", VARIABLE)


def test_a_named_browser_that_is_not_there_is_not_replaced(tmp_path: Path) -> None:
    program(tmp_path / "bin", "chromium-headless-shell")
    with pytest.raises(CannotMeasureError, match="is not there"):
        find(alone(tmp_path, **{VARIABLE: str(tmp_path / "nothing")}))


def test_a_named_browser_that_may_not_be_run_says_so(tmp_path: Path) -> None:
    named = program(tmp_path, "chrome")
    named.chmod(0o644)
    with pytest.raises(CannotMeasureError, match="can't be run by this user"):
        find(alone(tmp_path, **{VARIABLE: str(named)}))


def test_playwrights_own_shell_comes_before_those_on_the_path(tmp_path: Path) -> None:
    program(tmp_path / "bin", "chromium-headless-shell")
    own = own_shell(tmp_path)
    browser = find(alone(tmp_path))
    assert (browser.path, browser.kind, browser.found_by) == (own, "headless-shell", "Playwright")


def test_a_download_that_was_cut_off_is_no_browser(tmp_path: Path) -> None:
    own_shell(tmp_path, complete=False)
    assert playwright_shell(alone(tmp_path)) is None


def test_a_headless_shell_on_the_path_comes_before_chrome(tmp_path: Path) -> None:
    for name in ("chromium", "google-chrome", "chrome-headless-shell"):
        program(tmp_path / "bin", name)
    browser = find(alone(tmp_path))
    assert (browser.path.name, browser.kind, browser.found_by) == ("chrome-headless-shell", "headless-shell", "PATH")


def test_a_browser_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "bin", "chromium", "echo install the snap; exit 10")
    program(tmp_path / "bin", "chromium-browser")
    assert find(alone(tmp_path)).path.name == "chromium-browser"


def test_a_browser_that_does_not_say_its_version_is_a_browser(tmp_path: Path) -> None:
    program(tmp_path / "bin", "chromium", "exit 0")
    assert find(alone(tmp_path)).version == UNKNOWN_VERSION


def test_no_browser_at_all_ends_with_3_and_the_command_that_gets_one(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasureError, match="no browser was found") as caught:
        find(alone(tmp_path))
    assert caught.value.exit_code == 3
    assert "gonogo doctor --install" in caught.value.remedy


def test_an_empty_path_has_no_browser() -> None:
    with pytest.raises(CannotMeasureError):
        find({"PATH": "", "HOME": "", "PLAYWRIGHT_BROWSERS_PATH": "/nowhere"})


def test_a_browser_that_was_found_but_does_not_run_is_told(tmp_path: Path) -> None:
    program(tmp_path / "bin", "chromium", "echo needs the snap >&2; exit 10")
    with pytest.raises(CannotMeasureError, match=r"chromium does not run \(needs the snap\)"):
        find(alone(tmp_path))


@pytest.mark.skipif(os.geteuid() != 0, reason="says something about root")
def test_root_has_no_sandbox() -> None:
    assert can_sandbox() is False


def test_no_launch_argument_would_undo_one_of_playwrights() -> None:
    names = [argument.partition("=")[0] for argument in LAUNCH_ARGUMENTS]
    assert not {"--disable-features", "--enable-features", "--blink-settings", "--no-sandbox"} & set(names)
    assert len(names) == len(set(names))


def test_playwright_is_tried_before_the_systems_package() -> None:
    found = ways(Machine(is_debian=True, root=()))
    assert [way.name for way in found] == ["Playwright's headless shell", "the system's package"]
    assert found[0].commands[0][-3:] == ("--with-deps", "--only-shell", "chromium")
    assert [command[2:4] for command in found[1].commands] == [("apt-get", "update"), ("apt-get", "install")]


def test_sudo_is_used_only_without_a_password() -> None:
    package = ways(Machine(is_debian=True, root=("sudo", "-n")))[1]
    assert all(command[:2] == ("sudo", "-n") for command in package.commands)


def test_without_root_nothing_is_tried_that_needs_it() -> None:
    (only,) = ways(Machine(is_debian=True, root=None))
    assert "--with-deps" not in only.commands[0]


def test_packages_are_those_of_debian_only() -> None:
    assert len(ways(Machine(is_debian=False, root=()))) == 1


def test_an_install_that_fails_says_what_was_tried(tmp_path: Path) -> None:
    said: list[str] = []
    # Nothing listens there, and there is no apt-get on this PATH: so nothing is fetched, on any machine.
    environ = alone(tmp_path, PLAYWRIGHT_DOWNLOAD_HOST="http://127.0.0.1:9")
    with pytest.raises(CannotMeasureError, match="Playwright's headless shell: ") as caught:
        install(said.append, environ)
    assert said[0].startswith("running: ")
    assert "GONOGO_BROWSER" in caught.value.remedy


def test_the_command_to_run_by_hand_names_the_package() -> None:
    assert BY_HAND == "sudo apt-get install -y --no-install-recommends chromium-headless-shell fonts-liberation"


def test_a_command_gives_its_code_and_both_streams() -> None:
    ran = run(["sh", "-c", "echo one; echo two >&2; exit 3"], 10)
    assert (ran.code, ran.output, ran.last_line) == (3, "one\ntwo\n", "two")


def test_a_command_that_is_not_there_is_told_and_not_raised() -> None:
    assert run(["no-such-program"], 10).code == NOT_STARTED


def test_a_command_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    # Each of them holds the pipe open: it comes to its end when the last one is gone.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    ran = run(["sh", "-c", f"exec 9> {pipe}; sleep 600 & sleep 600"], 2)
    os.set_blocking(reading, True)
    with os.fdopen(reading, "rb") as told:
        assert (ran.code, told.read()) == (OUT_OF_TIME, b"")
