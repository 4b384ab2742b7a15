"""The first step of the action on a pull request whose commits, events and reviews are known."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from jsonschema import Draft202012Validator

from action import handover
from checks import shapes
from tests.action.conftest import HEAD, NUMBER, Job, payload, pull
from tests.action.fake_github import FakeGithub

Make = Callable[..., Job]
Document = dict[str, Any]
ADA, GRACE, ANA = 11, 12, 21
OLD, MERGED, NOTHING = "2" * 40, "3" * 40, "0" * 40


def commit(email: str = "ada@bakery.example", message: str = "Bake", parents: int = 1, **more: Any) -> Document:
    author = {"name": "A", "email": email}
    return {
        "sha": HEAD,
        "commit": {"author": author, "committer": author, "message": message},
        "parents": [{"sha": "4" * 40}] * parents,
        **more,
    }


def known(github: FakeGithub, *more: Document) -> FakeGithub:
    """Let GitHub know the pull request 7 by Ada, and others."""
    github.pulls = [pull(user={"login": "ada", "id": ADA}), *more]
    github.commits[NUMBER] = [commit()]
    return github


def begun(job: Job) -> Document:
    """Return the context that the first step leaves."""
    assert job.step("begin").code == 0
    file = handover.context_file(handover.file(job.folder, job.run))
    told: Document = json.loads(file.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(shapes.load("context")).iter_errors(told)) == []
    return told


def event(job: Job, name: str, **change: Any) -> Job:
    (job.folder / "event.json").write_text(json.dumps({**payload(name), **change}), encoding="utf-8")
    return job
