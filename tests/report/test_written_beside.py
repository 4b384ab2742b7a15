"""Reports of a run with many findings, which two processes write, or an earlier run wrote in part: the same bytes."""

from __future__ import annotations

import datetime as dt
import os
import signal
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TextIO

import pytest

from checks import gate, run_folder, run_result
from checks.cache.store import Store
from checks.report import junit
from checks.report.interactive import facts
from checks.report.result import Result
from checks.run_folder import RunFolder
from checks.run_result import write_reports
from checks.trust import rules

PAGE = '<!doctype html><html lang="en"><title>Bread</title><h1>Bread</h1><img src="/rye.png">'
PARENT = "GONOGO_TEST_PARENT"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Return a run that was judged, and whose reports are to be written."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "dist").mkdir()
    (folder / "dist/index.html").write_text(PAGE, encoding="utf-8")
    (folder / "gonogo.yaml").write_text("site: https://www.example.com\nhost: netlify\n", encoding="utf-8")
    moment = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
    decided = gate.Ruling(rules.from_folder(folder / "gonogo.yaml", {}, moment.date()))
    run = RunFolder(folder / "run")
    gate.collect(decided, folder / "dist", run, gate.Invocation("gonogo check", moment), lambda *_: None, render=False)
    gate.judge(run, advisory=False)
    return run


def written(run: RunFolder) -> dict[str, str]:
    return {file: run.file(file).read_text(encoding="utf-8") for file in run_folder.FILE_BY_FORMAT.values()}


def removed(run: RunFolder) -> None:
    for file in run_folder.FILE_BY_FORMAT.values():
        run.file(file).unlink(missing_ok=True)


def test_two_processes_write_what_one_does(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reports(run)
    alone = written(run)
    removed(run)
    monkeypatch.setattr(run_result, "_MANY", 0)
    write_reports(run)
    assert written(run) == alone


def test_pages_that_were_told_before_are_not_packed_again(
    run: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(run)
    alone = written(run)
    assert 'data-part="page-' in alone["report.html"]
    with closing(Store(tmp_path / "cache", bytes(32), 0)) as store:
        write_reports(run, store=store)
        monkeypatch.setattr(facts, "_packed", lambda *_: pytest.fail("it was packed"))
        write_reports(run, store=store)
    assert written(run) == alone


def test_of_other_findings_the_same_pages_are_told_anew(run: RunFolder, tmp_path: Path) -> None:
    kept = run.file(run_folder.FINDINGS).read_bytes()
    with closing(Store(tmp_path / "cache", bytes(32), 0)) as store:
        write_reports(run, store=store)
        run.file(run_folder.FINDINGS).write_bytes(b"")
        write_reports(run, store=store)
        with_store = written(run)
    write_reports(run)
    assert written(run) == with_store
    run.file(run_folder.FINDINGS).write_bytes(kept)


def which_process(_result: Result, out: TextIO) -> None:
    """Take the place of a report, and tell which process writes it."""
    out.write(str(os.getpid()))


def test_the_page_is_written_here_and_the_others_by_another_process(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_result, "_MANY", 0)
    write_reports(run, dict.fromkeys(run_folder.FILE_BY_FORMAT, which_process))
    wrote = written(run)
    page = wrote.pop("report.html")
    assert page == str(os.getpid())
    assert page not in wrote.values()
    assert len(set(wrote.values())) == 1


def killed(*_: object) -> None:
    """Take the place of a report, and end the process, unless it is the one of the test."""
    if os.environ[PARENT] != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)


def test_reports_of_a_process_that_was_killed_are_written_all_the_same(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed(run)
    monkeypatch.setattr(run_result, "_MANY", 0)
    monkeypatch.setenv(PARENT, str(os.getpid()))
    write_reports(run, {"sarif": killed})
    assert all(written(run)[name] for name in ("report.html", "junit.xml", "summary.md"))


def test_a_dialect_that_was_asked_for_is_kept_by_the_other_process(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    variants = {"junit": partial(junit.write, profile=junit.GITLAB)}
    write_reports(run, variants)
    alone = written(run)
    monkeypatch.setattr(run_result, "_MANY", 0)
    write_reports(run, variants)
    assert written(run) == alone
