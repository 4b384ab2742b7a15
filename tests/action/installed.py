"""The action on a machine: what it installs, and a project whose pull request it judges."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.action.composite import Job, Runner, Stub
from tests.action.conftest import payload
from tests.action.fake_github import REPOSITORY, TOKEN, FakeGithub
from tests.action.linting import BIN, ROOT

EXAMPLES = ROOT / "examples"
ACTION: dict[str, Any] = YAML(typ="safe", pure=True).load(ROOT / "action.yml")
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"]}
OURS = ("begin", "check", "publish")


def machine(folder: Path, action: Path = ROOT, path: str = "/usr/local/bin:/usr/bin:/bin") -> Runner:
    (folder / "workspace").mkdir(parents=True)
    (folder / "temp").mkdir()
    # Nothing is fetched: neither an index nor what this machine is told about one.
    environment = {"PATH": path, "HOME": str(folder), "PIP_CONFIG_FILE": "/dev/null", "PIP_NO_INDEX": "1"}
    return Runner(action, folder / "workspace", folder / "temp", token=TOKEN, environment=environment)


@dataclass(frozen=True)
class Judged:
    """One use of the action on a pull request, and what GitHub knows afterwards."""

    job: Job
    github: FakeGithub
    head: str

    @property
    def statuses(self) -> list[str]:
        return [status["state"] for status in self.github.statuses.get(self.head, [])]


CONFIG = "render: {third-party: block}\n"
PAGE = '<!doctype html><html lang="en"><title>One page of a very small site</title><h1>One page</h1></html>'


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"]
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def pull_request(folder: Path, before: str, after: str) -> dict[str, Any]:
    """Make a repository in which a pull request changes gonogo.yaml, and return the payload of its event."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    event = payload("pull_request")
    for side, config in (("base", before), ("head", after)):
        (folder / "gonogo.yaml").write_text(config)
        (folder / "README").write_text(side)
        git(folder, "add", "gonogo.yaml", "README")
        git(folder, "commit", "--quiet", "--message", side)
        event["pull_request"][side]["sha"] = git(folder, "rev-parse", "HEAD")
    return event


def use(runner: Runner, github: FakeGithub, name: str, event: dict[str, Any], **inputs: str) -> Job:
    """Run the whole action, in the environment of the tests, for an event."""
    file = runner.temp.parent / "event.json"
    file.write_text(json.dumps(event))
    environment = {
        "PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(runner.temp.parent),
        "LANG": "C.UTF-8",
        "GITHUB_API_URL": github.url,
        "GITHUB_EVENT_NAME": name,
        "GITHUB_EVENT_PATH": str(file),
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_RUN_ID": "1",
        "GITHUB_SERVER_URL": "https://github.example",
    }
    stubs: dict[str, Stub] = {"actions/cache": lambda _: {}, "install": lambda _: {"python": sys.executable}}
    return replace(runner, environment=environment, stubs=stubs).run(**inputs)
