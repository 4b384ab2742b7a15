"""`gonogo policy list --proposed`: rules that are shown and block nothing, since when, and what they would find."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from checks import cli, errors
from checks.run_folder import PAGES, RUN, SITE, RunFolder

RULE = """
title: Titles are long
description: x
x-reads: page
x-severity: error
x-owner: marketing
x-fix: x
x-status: proposed
properties: {title: {properties: {length: {minimum: 30}}}}
examples: [{title: {length: 30}}]
x-counterexamples: [{title: {length: 9}}]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository whose only commit, of 2026-03-01, holds a proposed policy; and a run of three pages."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "gonogo" / "policies" / "own" / "title.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(RULE)
    (tmp_path / "gonogo.yaml").write_text("policies: {use: []}\n")
    when = {"GIT_COMMITTER_DATE": "2026-03-01T12:00:00Z", "GIT_AUTHOR_DATE": "2026-03-01T12:00:00Z"}
    person = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "gonogo"], [*person, "commit", "-qm", "Propose"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, env={**os.environ, **when})
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    folder.write(RUN, {})
    folder.write(SITE, {"kind": "site", "path": "/", "measured": []})
    lengths = {"/": 3, "/a/": 4, "/b/": 40}
    folder.write_lines(
        PAGES,
        ({"kind": "page", "path": at, "measured": ["title"], "title": {"length": n}} for at, n in lengths.items()),
    )
    return file


@pytest.mark.usefixtures("project", "one_day")
def test_a_proposed_rule_is_listed_with_days_and_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["policy", "list", "--proposed", "--run", "run"]) == errors.EXIT_GO
    days = (dt.datetime.now(dt.UTC).date() - dt.date(2026, 3, 1)).days
    said = capsys.readouterr().out
    assert f"proposed since 2026-03-01, {days:,} days" in said
    assert "would find 2 findings on 2 pages; blocks nothing while it is proposed" in said


def test_what_nobody_committed_is_proposed_since_the_day_of_the_file(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write_text(RULE + "# mine\n")
    os.utime(project, (1_760_000_000, 1_760_000_000))
    cli.main(["policy", "list", "--proposed"])
    assert "proposed since 2025-10-09" in capsys.readouterr().out


def test_where_nothing_is_proposed_that_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project.unlink()
    cli.main(["policy", "list", "--proposed"])
    assert capsys.readouterr().out == "No policy is proposed.\n"
