"""What a run depends on: each of it is told apart, and what can't be known beforehand is a reason to do all anew."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
from pathlib import Path

import pytest

from checks import gate
from checks.sources import repository, state
from checks.trust import rules
from checks.unchanged import dependencies
from checks.unchanged.dependencies import Run

DAY = dt.date(2026, 11, 1)
MORNING = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)


def a_run(folder: Path, config: str = "", day: dt.date = DAY, asked: str = "launch") -> Run:
    (folder / "gonogo.yaml").write_text(f"site: https://www.example.com\n{config}", encoding="utf-8")
    (folder / "dist").mkdir(exist_ok=True)
    (folder / "dist/index.html").write_text("<h1>Home</h1>", encoding="utf-8")
    decided = gate.Ruling(rules.from_folder(None, {}, day))
    sources, invocation = repository.find(), gate.Invocation("gonogo check", MORNING, gate=asked)
    return Run(decided, folder / "dist", invocation, None, sources, state.of(sources), {})


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def changed(before: Run, after: Run) -> list[str]:
    then, now = dependencies.of(before, None), dependencies.of(after, None)
    assert list(then) == list(now)
    return [name for name in then if then[name] != now[name]]


def test_the_same_run_at_another_hour_depends_on_the_same(tmp_path: Path) -> None:
    run = a_run(tmp_path)
    later = dataclasses.replace(run.asked, started=MORNING + dt.timedelta(hours=3))
    assert changed(run, dataclasses.replace(run, asked=later)) == []


def test_another_day_is_told_first_for_what_ends_and_what_is_old_depends_on_it(tmp_path: Path) -> None:
    assert changed(a_run(tmp_path), a_run(tmp_path, day=DAY + dt.timedelta(days=1)))[0] == "the day"


def test_a_patch_of_a_policy_changes_the_policies(tmp_path: Path) -> None:
    patched = "policies: {change: {seo/title-length: {x-severity: error}}}"
    assert "a policy" in changed(a_run(tmp_path), a_run(tmp_path, patched))


def test_another_program_is_told_before_all_else(tmp_path: Path) -> None:
    assert next(iter(dependencies.of(a_run(tmp_path), None))) == "gonogo"


def test_another_commit_is_another_state_of_the_repository(tmp_path: Path) -> None:
    run = a_run(tmp_path)
    one, other = dependencies.of(run, "1" * 40), dependencies.of(run, "2" * 40)
    assert [name for name in one if one[name] != other[name]] == ["the repository"]


def git(*arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def test_a_source_that_was_edited_is_another_state_though_git_has_not_seen_it(tmp_path: Path) -> None:
    (tmp_path / "home.md").write_text("# Home", encoding="utf-8")
    git("init")
    git("add", "home.md")
    git("commit", "-m", "Begin")
    before = dependencies.of(a_run(tmp_path), None)
    for text in ("# Name", "# Nome"):
        (tmp_path / "home.md").write_text(text, encoding="utf-8")
        after = dependencies.of(a_run(tmp_path), None)
        assert [name for name in before if before[name] != after[name]] == ["the repository"], text
        before = after


def test_a_file_that_git_was_told_not_to_look_at_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "home.md").write_text("# Home", encoding="utf-8")
    git("init")
    git("add", "home.md")
    git("update-index", "--assume-unchanged", "home.md")
    assert dependencies.unfit(a_run(tmp_path)) == "the state of the repository is not known"


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ("preview: https://preview.example.com/\n", "the preview is a URL"),
        ("baseline: live\n", "it is compared with a baseline"),
        ("lighthouse: {runs: 3}\n", "Lighthouse measures"),
        ("moved_from: [https://old.example.com]\n", "exports of other tools are read"),
    ],
)
def test_what_lies_outside_the_build_is_a_reason(tmp_path: Path, config: str, why: str) -> None:
    assert dependencies.unfit(a_run(tmp_path, config)) == why


def test_a_run_of_some_pages_is_not_fit(tmp_path: Path) -> None:
    run = a_run(tmp_path)
    some = dataclasses.replace(run, asked=dataclasses.replace(run.asked, only=("/a/",)))
    assert dependencies.unfit(some) == "some pages only were asked for"


def test_a_run_over_a_build_alone_is_fit(tmp_path: Path) -> None:
    assert dependencies.unfit(a_run(tmp_path)) is None


def test_the_review_gate_is_a_reason_for_it_compares_with_the_last_run(tmp_path: Path) -> None:
    assert dependencies.unfit(a_run(tmp_path, asked="review")) == "the review gate was asked for"
