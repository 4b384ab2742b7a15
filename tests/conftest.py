"""What many tests share: the installed command, a browser, and how hypothesis searches."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

from checks.collect import browser
from checks.judge import policies

ROOT = Path(__file__).resolve().parent.parent

# No deadlines, and no complaint that examples are slow to make: how long that takes on a busy machine says nothing.
# Under CI the same examples every time, so that a change is never blamed for what chance found; on a desk chance goes
# on searching.
settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("desk", settings.get_profile("any"))
settings.register_profile("ci", settings.get_profile("any"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
IN_TIME_MS = 300_000
"""What a browser is to do or to show is waited for on a busy machine, too: only what hangs takes longer."""
expect.set_options(timeout=IN_TIME_MS)

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell lets what it starts in the background ignore Ctrl-C, and so would every command that the tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def within_a_day(seconds: float = 120) -> None:
    """Wait for midnight (UTC) to pass, if it comes within so many seconds: what is made next belongs to one day."""
    now = dt.datetime.now(dt.UTC)
    midnight = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), dt.UTC)
    left = (midnight - now).total_seconds()
    if left < seconds:
        time.sleep(left + 1)


@pytest.fixture
def one_day() -> None:
    """Begin so that midnight does not fall into the test: for what is told by days, or done anew on another one."""
    within_a_day()


@pytest.fixture(autouse=True, scope="session")
def _no_ci() -> Iterator[None]:
    """Hide the CI system that runs these tests: in one, the base of the change would decide what the tests judge."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("GITHUB_", "GITLAB_", "CI_"))]:
            patch.delenv(name)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_cache() -> Iterator[None]:
    """Measure every page: a test that reuses what another has measured would not notice what it breaks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONOGO_CACHE", "off")
        yield


MadeOnce = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Return what makes a folder once for all tests that run at the same time, by its name.

    Who asks first makes it, and the others wait. Nobody may change what is in it.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def once(name: str, make: Callable[[Path], None]) -> Path:
        folder, made = shared / "made" / name, shared / "made" / f"{name}.made"
        folder.parent.mkdir(exist_ok=True)
        with folder.with_suffix(".lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return once


SHIPPED = ("leak/secrets.json", "links/internal-broken.json", "seo/title-length.json")
"""A launch blocker, a recommended policy and one of the strict set."""


@pytest.fixture(scope="session")
def few_shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three of the shipped policies."""
    folder = tmp_path_factory.mktemp("shipped")
    for name in SHIPPED:
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / "policies" / name, target)
    return folder


@pytest.fixture
def three_policies(few_shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of the shipped policies stand for all, which take a second to check each time."""
    monkeypatch.setattr(policies, "shipped_folder", lambda: few_shipped)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def gonogo() -> Path:
    """Return the installed command that belongs to the interpreter that runs the tests."""
    command = Path(sys.executable).parent / "gonogo"
    if not command.is_file():
        pytest.fail(f"no {command}: the project is not installed here; `make setup` does it")
    return command


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return a browser to drive; its event loop runs as long as it is open, so that it is closed after each module."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=str(browser.find().path),
            chromium_sandbox=browser.can_sandbox(),
            args=browser.LAUNCH_ARGUMENTS,
            timeout=IN_TIME_MS,
        )
        yield running
        running.close()
