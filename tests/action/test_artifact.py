"""Facts that a stranger has collected: what is odd in any way is refused, and what decides is left behind."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from action import artifact
from checks import run_folder
from checks.errors import CannotMeasureError, UserError
from checks.run_folder import RunFolder
from tests.action.conftest import HEAD
from tests.action.runs import about, line, page, write_facts


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return write_facts(tmp_path / "facts", HEAD)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path / "run")


def test_facts_arrive_and_nothing_that_decides(facts: Path, run: RunFolder) -> None:
    for name in artifact.LEFT_BEHIND - {run_folder.SCREENS, run_folder.BASELINE}:
        (facts / name).write_text("forged", encoding="utf-8")
    for name in (run_folder.SCREENS, run_folder.BASELINE):
        (facts / name).mkdir()
    artifact.admit(facts, run, HEAD)
    assert [one["path"] for one in run.lines(run_folder.PAGES)] == ["/", "/about/"]
    assert run.read(run_folder.POLICIES) == {}
    assert run.read(run_folder.ADOPTED) == {"findings": []}
    arrived = {file.name for file in run.path.iterdir()}
    assert arrived == {"run.json", "pages.jsonl", "coverage.jsonl", "site.json", "policies.json", "adopted.json"}


def test_what_lighthouse_said_arrives_where_it_is_of_its_shape(facts: Path, run: RunFolder) -> None:
    said = facts / run_folder.LIGHTHOUSE
    said.write_text(json.dumps({"kind": "lighthouse", "path": "/", "measured": []}), encoding="utf-8")
    artifact.admit(facts, run, HEAD)
    assert [one["path"] for one in run.lines(run_folder.LIGHTHOUSE)] == ["/"]
    said.write_text(json.dumps({"kind": "lighthouse", "path": "/", "measured": [], "verdict": "GO"}), encoding="utf-8")
    with pytest.raises(CannotMeasureError, match=r"lighthouse\.jsonl: is not of its shape"):
        artifact.admit(facts, run, HEAD)


def test_what_a_stranger_says_is_live_stays_behind(facts: Path, run: RunFolder) -> None:
    told = json.loads((facts / run_folder.RUN).read_text(encoding="utf-8"))
    forged = {"name": "mine", "kind": "saved", "why": None}
    known = dict.fromkeys(("gonogo", "commit", "finished", "build_digest"))
    (facts / run_folder.RUN).write_text(json.dumps({**told, "baseline": {**forged, **known}}), encoding="utf-8")
    artifact.admit(facts, run, HEAD)
    assert "baseline" not in run.read(run_folder.RUN)


def test_every_file_that_a_run_writes_is_known() -> None:
    names = {value for name, value in vars(run_folder).items() if name.isupper() and isinstance(value, str)}
    written = {*names, *run_folder.FILE_BY_FORMAT.values()} - {run_folder.DEFAULT_NAME, run_folder.SCRATCH}
    assert written <= artifact.LEFT_BEHIND | set(artifact.TAKEN)


def test_facts_about_another_commit_are_refused(facts: Path, run: RunFolder) -> None:
    with pytest.raises(CannotMeasureError, match="is about commit 111111111"):
        artifact.admit(facts, run, "2" * 40)
    assert not run.path.exists()


def test_whose_rules_decided_is_not_for_the_facts_to_say(facts: Path, run: RunFolder) -> None:
    assert json.loads((facts / "run.json").read_text(encoding="utf-8"))["trust"]["root"] == "base"
    artifact.admit(facts, run, HEAD)
    assert "trust" not in run.read(run_folder.RUN)


def _replace(name: str, text: str) -> Callable[[Path], object]:
    return lambda facts: (facts / name).write_text(text, encoding="utf-8")


def _link(facts: Path) -> None:
    (facts / "site.json").rename(facts.parent / "elsewhere.json")
    (facts / "site.json").symlink_to(facts.parent / "elsewhere.json")


def _folder(facts: Path) -> None:
    (facts / "verdict.json").unlink()
    (facts / "verdict.json").mkdir()


def _pipe(facts: Path) -> None:
    (facts / "site.json").unlink()
    os.mkfifo(facts / "site.json")


def _lines(name: str, *documents: Any) -> Callable[[Path], object]:
    return _replace(name, "".join(f"{json.dumps(one)}\n" for one in documents))


DEEP = "[" * 100_000 + "]" * 100_000
ODD: dict[str, Callable[[Path], object]] = {
    "a file that no run writes": _replace("verdict.sh", "rm -rf /"),
    "a hidden file": _replace(".gitconfig", "[core] fsmonitor = id"),
    "a folder": lambda facts: (facts / "policies").mkdir(),
    "a folder instead of a file": _folder,
    "a link": _link,
    "a pipe": _pipe,
    "a missing file": lambda facts: (facts / "pages.jsonl").unlink(),
    "no JSON": _replace("site.json", "{"),
    "a list": _replace("site.json", "[]"),
    "an odd shape": _replace("site.json", '{"kind": "site"}'),
    "nothing but depth": _replace("site.json", DEEP),
    "depth in the settings": _replace("run.json", json.dumps(about(HEAD))[:-1] + f', "x": {DEEP}}}'),
    "not a number": _replace("site.json", '{"kind": NaN}'),
    "octets": lambda facts: (facts / "site.json").write_bytes(b"\xff\xfe{}"),
    "a lone surrogate": _lines("coverage.jsonl", line("/\ud800")),
    "an unknown fact": _lines("pages.jsonl", page("/", verdict="GO"), page("/about/")),
    "a page twice": _lines("pages.jsonl", page("/"), page("/"), page("/about/")),
    "a page less": _lines("pages.jsonl", page("/")),
    "a page that the ledger does not know": _lines("pages.jsonl", page("/"), page("/about/"), page("/new/")),
    "an address twice": _lines("coverage.jsonl", line("/"), line("/"), line("/about/")),
    "an unknown state": _lines("coverage.jsonl", line("/", state="skipped")),
    "settings of nobody": _replace("run.json", json.dumps(about(HEAD, settings={"today": "2026-11-23", "evil": 1}))),
    "no settings": _replace("run.json", json.dumps(about(HEAD, settings={}))),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_refused(facts: Path, run: RunFolder, name: str) -> None:
    ODD[name](facts)
    with pytest.raises(CannotMeasureError):
        artifact.admit(facts, run, HEAD)


@pytest.mark.parametrize("name", artifact.TAKEN)
def test_a_file_that_is_too_large_is_refused_before_it_is_read(facts: Path, run: RunFolder, name: str) -> None:
    with (facts / name).open("ab") as stream:
        stream.truncate(artifact.TAKEN[name].largest + 1)
    with pytest.raises(CannotMeasureError, match="bytes"):
        artifact.admit(facts, run, HEAD)


def test_a_line_without_end_is_refused(facts: Path, run: RunFolder) -> None:
    with (facts / "pages.jsonl").open("r+b") as stream:
        stream.truncate(40 * 1024 * 1024)
    with pytest.raises(CannotMeasureError, match="a line of more than"):
        artifact.admit(facts, run, HEAD)


def test_facts_that_are_no_folder_are_refused(tmp_path: Path, run: RunFolder) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    for path in (tmp_path / "link", tmp_path / "missing"):
        with pytest.raises(CannotMeasureError, match="not a folder"):
            artifact.admit(path, run, HEAD)


def test_facts_are_not_judged_where_they_lie(facts: Path) -> None:
    with pytest.raises(UserError, match="input `facts`"):
        artifact.admit(facts, RunFolder(facts), HEAD)
