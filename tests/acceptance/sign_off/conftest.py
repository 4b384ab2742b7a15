"""What the tests of a sign-off from end to end share: the project, its check, a request, a signature."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.sign_off.changing import CONFIG, LATER, PAGE, PEOPLE, REASON, Check, Judge, commit, git, run


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
