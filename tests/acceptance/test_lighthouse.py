"""The lab, by the installed command: what it measures, what it compares, and every way in which it can fail."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import psutil
import pytest

from checks import shapes
from checks.collect import browser
from checks.collect.lighthouse import tools
from checks.collect.lighthouse.processes import MARK

SITE = "https://www.example.com"
WORDS = "The bread is baked slowly, from flour, water and salt, in an oven that has burnt since morning. " * 3
STAND_IN = Path(__file__).parent / "lighthouse_stand_in.js"
Check = Callable[..., subprocess.CompletedProcess[str]]


def page(lcp: int, body: str = "") -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sourdough courses in Bristol</title>'
        '<meta name="description" content="Courses for beginners."><meta name="viewport" content="width=device-width">'
        f"<meta name=lcp content={lcp}></head>"
        f"<body><main><h1>Sourdough</h1><p>{WORDS}</p>{body}</main></body></html>"
    )


def build(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a folder in which the stand-in lies where the Lighthouse CI command would."""
    for package, version in (("@lhci/cli", "0.15.1"), ("lighthouse", "12.6.1")):
        build(tmp_path / "lhci", {f"node_modules/{package}/package.json": json.dumps({"version": version})})
    command = tmp_path / "lhci/node_modules/@lhci/cli/src/cli.js"
    command.parent.mkdir()
    command.write_bytes(STAND_IN.read_bytes())
    return tmp_path / "lhci"


@pytest.fixture
def check(gonogo: Path, tmp_path: Path, home: Path) -> Iterator[Check]:
    """Run `gonogo check --lighthouse` on files with a Lighthouse of the given `way`; nothing may stay behind."""

    def run(way: str, files: Mapping[str, str], *more: str, lab: str = "lighthouse: {}", **env: str) -> Any:
        (tmp_path / "gonogo.yaml").write_text(f"policies: {{use: [launch-blocker], folders: [rules]}}\n{lab}\n")
        (tmp_path / "rules").mkdir(exist_ok=True)
        folder = build(tmp_path / "build", files)
        return subprocess.run(
            [str(gonogo), "check", str(folder), "--site", SITE, *more],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            env={**os.environ, "GONOGO_LIGHTHOUSE": str(home), "LAB_TEST": way, "LAB_PLACE": str(tmp_path), **env},
        )

    yield run
    assert [process.name() for process in psutil.process_iter() if _is_of(process, tmp_path)] == []


def _is_of(process: psutil.Process, place: Path) -> bool:
    """Tell whether a process was started by Lighthouse for the test at `place`."""
    try:
        told = {} if process.status() == psutil.STATUS_ZOMBIE else process.environ()
    except psutil.Error:
        return False
    return MARK in told and told.get("LAB_PLACE") == str(place)


def documents(folder: Path, name: str = "lighthouse") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "gonogo-run" / f"{name}.jsonl").read_text().splitlines()]


def ledger(folder: Path) -> dict[str, tuple[str, str]]:
    return {
        one["path"]: (one["state"], one["why"]) for one in documents(folder, "coverage") if one["kind"] == "lighthouse"
    }


ALIKE = {"index.html": page(1500), "a/index.html": page(1600), "b/index.html": page(1700)}


def test_the_home_page_and_one_of_each_template_are_measured_as_often_as_asked(check: Check, tmp_path: Path) -> None:
    done = check("measure", ALIKE, lab="lighthouse: {runs: 5}")
    assert done.returncode == 0, done.stderr
    assert ledger(tmp_path) == {
        "/": ("measured", "the home page; phone and desktop"),
        "/a/": ("measured", "stands for 3 pages of one template; phone and desktop"),
    }
    found = {(one["path"], one["profile"]): one["aggregate"] for one in documents(tmp_path)}
    assert {key: (one["runs"], one["metrics"]["lcp_ms"]["median"]) for key, one in found.items()} == {
        ("/", "phone"): (5, 1502.0),
        ("/", "desktop"): (5, 1502.0),
        ("/a/", "phone"): (5, 1602.0),
        ("/a/", "desktop"): (5, 1602.0),
    }


FAILING = {
    "hangs": "Lighthouse did not end within",
    "is killed": "Lighthouse failed",
    "prints garbage": "Lighthouse failed",
    "leaves nothing": "left 0 of 1 reports",
}


@pytest.mark.parametrize("way", FAILING)
def test_a_lighthouse_that_fails_leaves_the_verdict_open(check: Check, tmp_path: Path, way: str) -> None:
    limit = "4s" if way == "hangs" else "300s"  # the others end by themselves, when a busy machine lets them
    done = check(way, ALIKE, lab=f"lighthouse: {{pages: [/], profiles: [phone], runs: 1, time-limit: {limit}}}")
    assert done.returncode == 3
    state, why = ledger(tmp_path)["/"]
    assert (state, FAILING[way] in why) == ("failed", True), why
    assert "CANNOT TELL" in done.stdout
    assert "/ (Lighthouse) phone: " in done.stdout
    assert [one["measured"] for one in documents(tmp_path)] == [[]]


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_who_ends_a_run_ends_what_lighthouse_has_started(
    check: Check, gonogo: Path, tmp_path: Path, home: Path, sent: signal.Signals, code: int
) -> None:
    assert check is not None  # it looks for what stays behind
    build(tmp_path / "build", ALIKE)
    env = {**os.environ, "GONOGO_LIGHTHOUSE": str(home), "LAB_TEST": "hangs", "LAB_PLACE": str(tmp_path)}
    command = [str(gonogo), "check", "build", "--site", SITE, "--lighthouse", "--set", "recommended"]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not any(_is_of(one, tmp_path) for one in psutil.process_iter()):
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(sent)
        assert process.wait(240) == code


def test_without_node_the_cure_is_said_once(check: Check, tmp_path: Path) -> None:
    done = check("measure", ALIKE, GONOGO_NODE=str(tmp_path / "nothing"))
    assert done.returncode == 3
    assert "GONOGO_NODE names no Node" in done.stdout
    assert (len(ledger(tmp_path)), len(documents(tmp_path))) == (1, 1)


def test_without_the_command_the_cure_is_said_once(check: Check, tmp_path: Path) -> None:
    done = check("measure", ALIKE, GONOGO_LIGHTHOUSE=str(tmp_path / "nothing"))
    assert done.returncode == 3
    assert "gonogo doctor --install --lighthouse" in done.stdout
    assert (len(ledger(tmp_path)), len(documents(tmp_path))) == (1, 1)


def test_a_policy_of_the_project_that_needs_lighthouse_cannot_tell_where_nobody_asked_for_it(
    check: Check, tmp_path: Path
) -> None:
    shipped = json.loads((Path(__file__).parents[2] / "policies/lh/performance-score--error.json").read_text())
    build(tmp_path / "rules", {"fast.json": json.dumps(shipped)})
    done = check("measure", ALIKE, lab="fail-on: error")
    assert done.returncode == 3
    assert "fast could not be judged on 1 document" in done.stdout


SLOWER = {**ALIKE, "index.html": page(2500)}


def test_a_preview_that_is_slower_than_the_baseline_is_no_go(check: Check, tmp_path: Path) -> None:
    build(tmp_path / "live", ALIKE)
    done = check("measure", SLOWER, "--baseline", "live", lab="lighthouse: {profiles: [phone]}")
    assert done.returncode == 1, done.stdout
    assert "lh/lcp-regressed" in done.stdout
    found = [(one["page"], one["what"]) for one in documents(tmp_path, "findings")]
    assert found == [("/", "phone")]
    (compared,) = (one for one in documents(tmp_path) if one["path"] == "/")
    assert (compared["comparison"]["pairs"], compared["comparison"]["lcp_ms"]["effect"]) == (6, 1000.0)


def test_pages_with_the_same_bytes_are_not_measured(check: Check, tmp_path: Path) -> None:
    build(tmp_path / "live", ALIKE)
    done = check("hangs", ALIKE, "--baseline", "live")
    assert done.returncode == 0, done.stdout
    same = "its bytes, and those of all that it loads, are the same in the baseline"
    assert {path: why.partition("; ")[2] for path, (_, why) in ledger(tmp_path).items()} == {"/": same, "/a/": same}


def test_a_page_that_is_not_live_yet_is_measured_alone(check: Check, tmp_path: Path) -> None:
    build(tmp_path / "live", ALIKE)
    done = check("measure", {**ALIKE, "new/index.html": page(1800)}, "--baseline", "live", lab="lighthouse: {}")
    assert done.returncode == 0, done.stdout
    assert {(one["path"], one["comparison"]) for one in documents(tmp_path)} == {("/new/", None)}


def test_a_preview_that_is_faster_is_go(check: Check, tmp_path: Path) -> None:
    build(tmp_path / "live", SLOWER)
    assert check("measure", ALIKE, "--baseline", "live", lab="lighthouse: {profiles: [phone]}").returncode == 0


def test_pages_that_the_budget_does_not_reach_are_told_and_left_out(check: Check, tmp_path: Path) -> None:
    done = check("hangs", ALIKE, lab="lighthouse: {budget: 1s}")
    assert done.returncode == 3  # nothing at all was measured
    assert {state for state, _ in ledger(tmp_path).values()} == {"failed", "excluded"}


def test_pages_that_the_config_names_must_be_measured_whatever_the_budget(check: Check, tmp_path: Path) -> None:
    done = check("hangs", ALIKE, lab="lighthouse: {budget: 1s, pages: [/, /a/]}")
    assert done.returncode == 3
    assert {state for state, _ in ledger(tmp_path).values()} == {"failed"}


@pytest.fixture
def dying_chrome(tmp_path: Path) -> Path:
    """Make a browser that renders pages, and dies soon after Lighthouse has started it."""
    script = tmp_path / "chrome"
    script.write_text(
        f'#!/bin/bash\nfor one in "$@"; do case $one in --remote-debugging-port=*)\n'
        f'{browser.find().path} "$@" & sleep 1; kill -9 $(pgrep -P $!) $!; exit 1;; esac; done\n'
        f'exec {browser.find().path} "$@"\n'
    )
    script.chmod(0o755)
    return script


def test_a_chrome_that_dies_leaves_the_verdict_open(check: Check, tmp_path: Path, dying_chrome: Path) -> None:
    real = str(tools.folder())
    lab = "lighthouse: {pages: [/], profiles: [phone], runs: 1}"
    done = check("", ALIKE, lab=lab, GONOGO_LIGHTHOUSE=real, GONOGO_BROWSER=str(dying_chrome))
    assert done.returncode == 3
    assert ledger(tmp_path)["/"][0] == "failed"


def test_lighthouse_itself_measures_a_page_at_its_production_address(check: Check, tmp_path: Path) -> None:
    lab = "lighthouse: {pages: [/], profiles: [phone], runs: 1}"
    done = check("", ALIKE, lab=lab, GONOGO_LIGHTHOUSE=str(tools.folder()))
    assert done.returncode == 0, done.stdout + done.stderr
    (document,) = documents(tmp_path)
    jsonschema.Draft202012Validator(shapes.load("lighthouse")).validate(document)
    assert (document["url"], document["versions"]["lhci"]) == (f"{SITE}/", "0.15.1")
    assert document["aggregate"]["metrics"]["lcp_ms"]["median"] > 0
    assert set(document["aggregate"]["categories"]) == {"performance", "accessibility", "best-practices", "seo"}


def test_the_command_in_the_lock_is_the_one_that_is_pinned() -> None:
    lock = json.loads((tools.LOCKED / "package-lock.json").read_text())
    assert lock["packages"][""]["dependencies"] == {"@lhci/cli": "0.15.1"}
    assert [name for name, one in lock["packages"].items() if name and "integrity" not in one] == []
    assert [name for name, one in lock["packages"].items() if "resolved" in one] == []
