"""A baseline is believed only where it holds facts of pages; what can't be had compares nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.baseline import store
from checks.baseline.launch import NOT_AT_A_DESK, NOTHING_KEPT
from checks.baseline.launch import told as told_of
from checks.run_folder import RunFolder
from tests.action.conftest import HEAD
from tests.action.runs import SITE, line, site, write_facts
from tests.against.baselines import Change, brought, launched, put, text, told, why


def test_a_run_is_a_baseline(tmp_path: Path) -> None:
    live = write_facts(tmp_path / "live", HEAD)
    assert list(brought(live, tmp_path / "run").paths()) == ["/", "/about/"]


def test_a_baseline_without_a_page_can_not_be_had(tmp_path: Path) -> None:
    live = write_facts(tmp_path / "live", HEAD)
    put("coverage.jsonl")(live)
    put("pages.jsonl")(live)
    assert "no page of it was measured" in why(live, tmp_path / "run")


def test_an_empty_folder_can_not_be_had(tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    assert "no page of it was measured" in why(tmp_path / "live", tmp_path / "run")


def test_a_baseline_of_which_all_failed_says_why(tmp_path: Path) -> None:
    live = write_facts(tmp_path / "live", HEAD)
    put("coverage.jsonl", line("/", state="failed", why="it asks for a password"))(live)
    put("pages.jsonl")(live)
    assert "no page of it was measured: it asks for a password" in why(live, tmp_path / "run")


def test_another_site_is_no_baseline(tmp_path: Path) -> None:
    live = write_facts(tmp_path / "live", HEAD)
    assert "it is of another site" in why(live, tmp_path / "run", b"site: https://www.example.com")


def test_where_the_site_was_before_is_a_baseline(tmp_path: Path) -> None:
    live = write_facts(tmp_path / "live", HEAD)
    config = f"site: https://www.example.com\nmoved_from: [{SITE}]".encode()
    assert brought(live, tmp_path / "run", config).is_read


ODD: dict[str, tuple[Change, str]] = {
    "a ledger of another shape": (put("coverage.jsonl", {"path": "/", "state": "measured"}), "not of its shape"),
    "a site document of another kind": (put("site.json", {"kind": "page"}), "not of its shape"),
    "a site document without its groups": (put("site.json", {**site(), "measured": 5}), "not of its shape"),
    "a site document of groups in groups": (put("site.json", {**site(), "measured": [["x"]]}), "not of its shape"),
    "endless nesting": (text("run.json", '{"a":' + "[" * 200_000), "can't be read"),
    "no site document": (lambda folder: (folder / "site.json").unlink(), "is missing"),
}


@pytest.mark.parametrize("name", list(ODD))
def test_facts_that_can_not_be_read_are_no_baseline(name: str, tmp_path: Path) -> None:
    change, told = ODD[name]
    live = write_facts(tmp_path / "live", HEAD)
    change(live)
    assert told in why(live, tmp_path / "run")


def test_a_run_of_the_review_gate_is_no_baseline(tmp_path: Path) -> None:
    live = write_facts(tmp_path / "live", HEAD)
    put("coverage.jsonl", line("/"), line("/about/", state="represented", represented_by=["/"]))(live)
    assert "review gate" in why(live, tmp_path / "run")


def test_the_last_launch_is_read_where_ci_has_put_it(tmp_path: Path) -> None:
    store.save(RunFolder(write_facts(tmp_path / "live", HEAD)), tmp_path / "kept")
    found = launched(tmp_path / "run", told(str(tmp_path / "kept")))
    assert list(found.paths()) == ["/", "/about/"]
    assert found.about is not None
    assert (found.about["name"], found.about["kind"], found.about["commit"]) == ("launch", "saved", HEAD)


def test_before_the_first_launch_nothing_is_compared_and_that_is_told(tmp_path: Path) -> None:
    found = launched(tmp_path / "run", told("none"))
    assert (found.about, found.notes) == (None, (NOTHING_KEPT,))


@pytest.mark.parametrize("root", ["working-tree", "base"])
def test_on_a_desk_without_the_last_launch_nothing_is_compared_and_a_base_that_decides_is_no_desk(
    root: str, tmp_path: Path
) -> None:
    found = launched(tmp_path / "run", told_of(None, in_ci=False), root)
    expected = (True, (NOT_AT_A_DESK,)) if root == "working-tree" else (False, ())
    assert (found.about is None, found.notes) == expected


def test_a_ci_system_is_no_desk(tmp_path: Path) -> None:
    found = launched(tmp_path / "run", told(None), "working-tree")
    assert found.about is not None
    assert "--launch DIR" in found.about["why"]


LOST: dict[str, Callable[[Path], str | None]] = {
    "nobody says where it is": lambda _: None,
    "there is no such folder": lambda folder: str(folder / "nowhere"),
    "the folder is empty": lambda folder: str(_empty(folder)),
    "it was cut": lambda folder: str(_cut(folder)),
}


def _empty(folder: Path) -> Path:
    (folder / "kept").mkdir()
    return folder / "kept"


def _cut(folder: Path) -> Path:
    store.save(RunFolder(write_facts(folder / "live", HEAD)), folder / "kept")
    next((folder / "kept" / "objects").rglob("*.gz")).write_bytes(b"no archive")
    return folder / "kept"


@pytest.mark.parametrize("name", list(LOST))
def test_a_launch_that_can_not_be_had_is_never_none_yet(name: str, tmp_path: Path) -> None:
    found = launched(tmp_path / "run", told(LOST[name](tmp_path)))
    assert found.about is not None
    assert (bool(found.about["why"]), found.is_read) == (True, False)


def test_why_a_launch_can_not_be_had_is_what_ci_says(tmp_path: Path) -> None:
    (tmp_path / "why.txt").write_text("it has expired")
    found = launched(tmp_path / "run", told(str(tmp_path / "why.txt")))
    assert found.about is not None
    assert found.about["why"] == "it has expired"
