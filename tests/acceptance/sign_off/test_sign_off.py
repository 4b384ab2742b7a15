"""A sign-off from the request to the verdict, through the installed command, real keys, real git and a browser."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CONFIG = "site: https://www.example.com\nrender: {third-party: block}\n"
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 8
PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title></title>"
    "<meta name=viewport content='width=device-width, initial-scale=1'><meta name=description content='Bread.'></head>"
    f"<body><main><h1>Bread</h1><p>{WORDS}</p></main></body></html>"
)
PEOPLE = """
people:
  ana: {name: Ana Silva, github: 11, emails: [ana@example.com], principals: [ana], roles: [marketing]}
  eve: {name: Eve Moss, github: 12, emails: [eve@example.com]}
"""
REASON = "The title comes with the campaign on Monday; until then nobody searches for this page."


def run(folder: Path, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def git(folder: Path, *arguments: str, by: str = "eve") -> str:
    who = ["-c", f"user.name={by}", "-c", f"user.email={by}@example.com", "-c", "commit.gpgsign=false"]
    done = run(folder, "git", *who, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(project: Path, by: str = "eve") -> str:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message=x", by=by)
    return git(project, "rev-parse", "HEAD")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a repository whose base knows who may sign, with a change by somebody else that breaks a title."""
    folder = tmp_path / "project"
    (folder / "gonogo").mkdir(parents=True)
    run(tmp_path, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", tmp_path / "key")
    public = (tmp_path / "key.pub").read_text()
    (folder / "gonogo" / "people.yaml").write_text(PEOPLE)
    (folder / "gonogo" / "allowed_signers").write_text(f'ana namespaces="sign-off@gonogo" {public}')
    (folder / "gonogo" / "revoked_keys").write_text("# none\n")
    (folder / "gonogo.yaml").write_text(CONFIG)
    (folder / ".gitignore").write_text("gonogo-run\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "change")
    (folder / "dist").mkdir()
    (folder / "dist" / "index.html").write_text(PAGE)
    commit(folder)
    return folder


Check = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def check(gonogo: Path, project: Path, tmp_path: Path) -> Check:
    def judged(*, author: int = 12, **change: Any) -> tuple[int, dict[str, Any]]:
        told = {"repository_id": 7, "repository": "bakery/site", "base_branch": "main", "emails": [], "reviews": []}
        context = tmp_path / "context.json"
        context.write_text(json.dumps({**told, "github_ids": [author], **change}))
        done = run(project, gonogo, "check", "dist", "--trust-ref", "main", "--context", context)
        print(done.stdout, done.stderr)  # noqa: T201  # pytest shows it when the claim fails
        return done.returncode, json.loads((project / "gonogo-run" / "verdict.json").read_text())

    return judged


@pytest.fixture
def asked(gonogo: Path, project: Path, check: Check) -> Path:
    """Ask for an exception for the empty title, and return the request."""
    assert check()[0] == 1
    until = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=5)).isoformat()
    why = ("--reason-code", "campaign-deadline", "--reason", REASON, "--until", until)
    done = run(project, gonogo, "sign-off", "request", "--policy", "seo/title-present", *why, "--by", "eve")
    assert done.returncode == 0, done.stderr
    (request,) = (project / "gonogo" / "sign-offs").glob("*.request.json")
    return request


@pytest.fixture
def signed(gonogo: Path, project: Path, tmp_path: Path, asked: Path) -> None:
    """Sign for it as Ana does, who brings the signature along."""
    done = run(project, gonogo, "sign-off", "approve", asked, "--key", tmp_path / "key", "--yes")
    assert done.returncode == 0, done.stderr
    commit(project, by="ana")


@pytest.mark.usefixtures("signed")
def test_what_somebody_signed_for_does_not_block_and_stays_in_sight(check: Check, project: Path) -> None:
    code, said = check()
    assert (code, said["verdict"], said["counts"]["signed_off"]) == (0, "GO", 1)
    assert [(one["outcome"], one["by"]) for one in said["sign_offs"]] == [("applied", ["Ana Silva"])]
    lines = [json.loads(line) for line in (project / "gonogo-run" / "findings.jsonl").read_text().splitlines()]
    (finding,) = [line for line in lines if line["state"] == "signed-off"]
    assert (finding["policy"], finding["sign_off"]["reason"]) == ("seo/title-present", REASON)


@pytest.mark.usefixtures("signed")
def test_who_brings_anything_beside_the_signature_has_made_the_change(check: Check, project: Path) -> None:
    (project / "dist" / "robots.txt").write_text("User-agent: *\nAllow: /\n")
    commit(project, by="ana")
    code, said = check()
    assert (code, [one["outcome"] for one in said["sign_offs"]]) == (1, ["self-approval"])


@pytest.mark.usefixtures("signed")
def test_who_made_the_change_can_not_sign_for_it(check: Check) -> None:
    code, said = check(author=11)
    assert (code, [one["outcome"] for one in said["sign_offs"]]) == (1, ["self-approval"])


@pytest.mark.usefixtures("signed")
def test_a_sign_off_for_one_branch_says_nothing_of_another(check: Check) -> None:
    code, said = check(base_branch="release")
    assert (code, [one["outcome"] for one in said["sign_offs"]]) == (1, ["wrong-context"])


@pytest.mark.usefixtures("signed")
def test_a_byte_that_was_changed_voids_it(check: Check, project: Path) -> None:
    (statement,) = [file for file in (project / "gonogo" / "sign-offs").glob("*.json") if ".request." not in file.name]
    statement.write_bytes(statement.read_bytes().replace(b"Monday", b"Sunday"))
    code, said = check()
    assert (code, said["counts"]["signed_off"]) == (1, 0)
    assert [one["outcome"] for one in said["sign_offs"]] in (["malformed"], ["bad-signature"])


@pytest.mark.usefixtures("signed")
def test_on_a_desk_it_is_said_what_it_would_do(gonogo: Path, project: Path) -> None:
    done = run(project, gonogo, "check", "dist", "--trust-ref", "main")
    said = json.loads((project / "gonogo-run" / "verdict.json").read_text())
    assert (done.returncode, said["sign_offs"][0]["outcome"]) == (1, "would-apply")


@pytest.mark.usefixtures("signed")
def test_judging_again_comes_to_the_same_without_keys(check: Check, gonogo: Path, project: Path) -> None:
    check()
    before = (project / "gonogo-run" / "verdict.json").read_bytes()
    done = run(project, gonogo, "judge", "gonogo-run", PATH="/nowhere")
    assert (done.returncode, (project / "gonogo-run" / "verdict.json").read_bytes()) == (0, before)


LATER = """
import datetime, sys
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=int(sys.argv[1]))
datetime.datetime = Later
from checks import cli
sys.exit(cli.main(sys.argv[2:]))
"""
"""The command with a clock that runs so many days ahead."""
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


def merge(project: Path, branch: str) -> str:
    """Merge a branch as somebody who may sign does, and return what the base was at before."""
    git(project, "checkout", "--quiet", "main")
    before = git(project, "rev-parse", "HEAD")
    git(project, "merge", "--quiet", "--no-ff", "--no-edit", branch, by="ana")
    return before


Judge = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def judge(project: Path, tmp_path: Path) -> Judge:
    """Judge the last run again by the rules of `main`, as what is checked out now, so many days later."""

    def judged(*arguments: str | Path, days: int = 0, **environment: str) -> tuple[int, dict[str, Any]]:
        context = () if environment else ("--context", tmp_path / "context.json")
        command = ("judge", "gonogo-run", "--trust-ref", "main", *context, *arguments)
        done = run(project, sys.executable, "-c", LATER, str(days), *command, **environment)
        print(done.stdout, done.stderr)  # noqa: T201  # pytest shows it when the claim fails
        return done.returncode, json.loads((project / "gonogo-run" / "verdict.json").read_text())

    return judged


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


def review(said: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a review that approves by the text which the run offered, with a reason."""
    offer = said["offer"]
    body = "\n".join([*offer["head"], *offer["lines"], *offer["foot"]]) + f" {REASON}\n"
    return {
        "id": 5,
        "pull_request": 3,
        "user_id": 11,
        "state": "APPROVED",
        "commit_id": "a" * 40,
        "head": "same",
        "settled": False,
        "edited": False,
        "superseded": False,
        "submitted_at": dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "body": body,
        "body_digest": hashlib.sha256(body.encode()).hexdigest(),
        "github_ids": [12],
        "emails": ["eve@example.com"],
        **more,
    }


def test_a_review_that_says_the_offered_text_signs_without_a_key(check: Check) -> None:
    _, said = check()
    code, said = check(reviews=[review(said)])
    assert (code, said["verdict"], said["counts"]["signed_off"]) == (0, "GO", 1), said["sign_offs"]


@pytest.mark.parametrize(
    "how", [{"state": "DISMISSED"}, {"edited": True}, {"head": "other"}, {"user_id": 12}, {"superseded": True}], ids=str
)
def test_a_review_that_does_not_stand_signs_nothing(check: Check, how: dict[str, Any]) -> None:
    _, said = check()
    code, said = check(reviews=[review(said, **how)])
    assert (code, said["counts"]["signed_off"]) == (1, 0)
