"""A sign-off in what is merged: waited for, over, taken away, for a weaker rule, and on GitLab."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.acceptance.sign_off.changing import CONFIG, Check, Judge, commit, git, merge, run

GITLAB = {
    "GITLAB_CI": "true",
    "CI_PROJECT_ID": "7",
    "CI_PROJECT_PATH": "bakery/site",
    "CI_DEFAULT_BRANCH": "main",
    "GITLAB_USER_EMAIL": "ana@example.com",
}
MERGE_REQUEST = {
    **GITLAB,
    "CI_MERGE_REQUEST_IID": "3",
    "CI_MERGE_REQUEST_PROJECT_ID": "7",
    "CI_MERGE_REQUEST_PROJECT_PATH": "bakery/site",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    "CI_MERGE_REQUEST_EVENT_TYPE": "detached",
}


def states(project: Path) -> list[str]:
    lines = (project / "gonogo-run" / "findings.jsonl").read_text().splitlines()
    return [line["state"] for line in map(json.loads, lines) if line["policy"] == "seo/title-present"]


@pytest.mark.usefixtures("asked")
def test_what_is_asked_for_and_all_that_is_missing_is_waited_for(judge: Judge) -> None:
    code, said = judge()
    assert (code, said["waiting"], said["requests"][0]["owners"]) == (1, True, ["marketing"])


@pytest.mark.usefixtures("one_day", "signed")
def test_signed_merged_and_over_it_blocks_an_unrelated_pull_request_and_is_no_old_debt(
    check: Check, judge: Judge, gonogo: Path, project: Path
) -> None:
    assert check()[0] == 0
    merge(project, "change")
    assert run(project, gonogo, "adopt", "gonogo-run").returncode == 0
    commit(project)
    git(project, "checkout", "--quiet", "-b", "unrelated")
    (project / "notes.txt").write_text("Nothing of this is about a title.")
    commit(project)
    code, said = check()
    assert (code, said["verdict"], states(project)) == (0, "GO", ["signed-off"])
    assert judge(days=5)[0] == 0
    code, said = judge(days=6)
    assert (code, said["verdict"], states(project)) == (1, "NO-GO", ["expired"])
    assert [(one["outcome"], one["by"]) for one in said["sign_offs"]] == [("expired", ["Ana Silva"])]


@pytest.mark.usefixtures("signed")
def test_a_weaker_rule_is_exit_4_until_its_owner_has_signed(
    check: Check, judge: Judge, gonogo: Path, project: Path, tmp_path: Path
) -> None:
    (project / "gonogo.yaml").write_text(f"{CONFIG}policies: {{change: {{seo/placeholder-text: null}}}}\n")
    commit(project)
    code, said = check()
    assert (code, [one["kind"] for one in said["weakenings"]]) == (4, ["policy-dropped"])
    until = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=5)).isoformat()
    why = ("--reason-code", "accepted-risk", "--reason", "The names of two breads are filler words.", "--until", until)
    assert run(project, gonogo, "sign-off", "request", "--weakenings", "--by", "eve", *why).returncode == 0
    request = max((project / "gonogo" / "sign-offs").glob("*.request.json"), key=lambda file: file.stat().st_mtime_ns)
    done = run(project, gonogo, "sign-off", "approve", request, "--key", tmp_path / "key", "--yes")
    assert done.returncode == 0, done.stderr
    commit(project, by="ana")
    code, said = judge()
    assert (code, said["weakened"], [one["what"] for one in said["weakenings_signed"]]) == (
        0,
        False,
        ["seo/placeholder-text"],
    )
    assert "GO, with 2 exceptions signed by Ana Silva." in (project / "gonogo-run" / "summary.md").read_text()


@pytest.mark.usefixtures("signed")
def test_a_pull_request_that_takes_a_sign_off_away_is_judged_without_it(
    check: Check, judge: Judge, project: Path
) -> None:
    check()
    merge(project, "change")
    git(project, "checkout", "--quiet", "-b", "tidy")
    assert judge()[0] == 0
    git(project, "rm", "--quiet", "-r", "gonogo/sign-offs")
    commit(project)
    code, said = judge()
    assert (code, [one["outcome"] for one in said["sign_offs"]]) == (1, ["revoked"])


@pytest.mark.usefixtures("signed")
def test_on_gitlab_it_counts_for_the_merge_request_and_for_what_is_merged(
    check: Check, judge: Judge, project: Path
) -> None:
    check()
    assert judge(**MERGE_REQUEST)[0] == 0
    before = merge(project, "change")
    merged = {**GITLAB, "CI_COMMIT_BRANCH": "main"}
    assert judge("--since", before, **merged)[0] == 0
    assert judge(**merged)[0] == 0
    code, said = judge(**{**merged, "CI_PROJECT_ID": "8"})
    assert (code, [one["outcome"] for one in said["sign_offs"]]) == (1, ["wrong-context"])


@pytest.mark.usefixtures("signed")
def test_on_gitlab_who_pushed_the_change_can_not_sign_for_it(check: Check, judge: Judge, project: Path) -> None:
    check()
    commit(project)
    code, said = judge(**MERGE_REQUEST)
    assert (code, [one["outcome"] for one in said["sign_offs"]]) == (1, ["self-approval"])
