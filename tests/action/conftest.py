"""What the tests of the action share: a GitHub on loopback, a job, and run folders made of documents."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from action.main import main
from action.surroundings import Surroundings
from tests.action.fake_github import REPOSITORY, TOKEN, FakeGithub, serving

PAYLOADS = Path(__file__).parent / "payloads"
HEAD, BASE, NUMBER = "1" * 40, "b" * 40, 7


@pytest.fixture
def github() -> Iterator[FakeGithub]:
    with serving(FakeGithub()) as running:
        yield running


@dataclass
class Step:
    """What one step of the action did."""

    code: int
    log: str


@dataclass
class Job:
    """A job on a runner: an event, inputs, folders, and a clock that nobody has to wait for."""

    folder: Path
    github: FakeGithub
    event: str = "pull_request"
    inputs: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    @property
    def run(self) -> Path:
        return self.folder / "gonogo-run"

    @property
    def outputs(self) -> Path:
        return self.folder / "outputs"

    @property
    def summary(self) -> Path:
        return self.folder / "summary"

    def surroundings(self, step: str, out: io.StringIO) -> Surroundings:
        payload = self.folder / "event.json"
        if not payload.exists():
            payload.write_text((PAYLOADS / f"{self.event}.json").read_text(encoding="utf-8"), encoding="utf-8")
        inputs = {f"GONOGO_INPUT_{name.upper().replace('-', '_')}": value for name, value in self.inputs.items()}
        environment = {
            "GITHUB_API_URL": self.github.url,
            "GITHUB_EVENT_NAME": self.event,
            "GITHUB_EVENT_PATH": str(payload),
            "GITHUB_OUTPUT": str(self.outputs),
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_RUN_ID": "4711",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GONOGO_INPUT_RUN": str(self.run),
            "PATH": "/usr/bin:/bin",
            "RUNNER_TEMP": str(self.folder),
            **inputs,
            **({} if step == "check" else {"GONOGO_TOKEN": TOKEN}),
            **self.environment,
        }
        made = Surroundings(environment, out, now=lambda: 1_000_000.0, sleep=self.slept.append)
        return replace(made, command=self.command) if self.command else made

    def step(self, name: str) -> Step:
        out = io.StringIO()
        code = main([name], self.surroundings(name, out))
        return Step(code, out.getvalue())

    def all_steps(self) -> tuple[Step, Step, Step]:
        """Run the three steps as the runner does: the last one always, the middle one after a good first one."""
        begin = self.step("begin")
        check = self.step("check") if begin.code == 0 else Step(-1, "")
        return begin, check, self.step("publish")


@pytest.fixture
def job(tmp_path: Path, github: FakeGithub) -> Callable[..., Job]:
    def make(**more: Any) -> Job:
        return Job(tmp_path, github, **more)

    return make


def pull(number: int = NUMBER, head: str = HEAD, *, repository: str = REPOSITORY, **more: Any) -> dict[str, Any]:
    """Return a pull request as the API tells it."""
    repository_id = 1001 if repository == REPOSITORY else 2002
    return {
        "number": number,
        "state": "open",
        "head": {"sha": head, "ref": "new-bread", "repo": {"id": repository_id, "full_name": repository}},
        "base": {"sha": BASE, "ref": "main"},
        **more,
    }


def payload(name: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    return made
