"""Run a composite action as the runner does, without GitHub.

In: an action.yml, values for its inputs, what the runner would know, and stubs for what can't be had here. Out: what
each step saw, wrote and ended with, and the outputs of the action.

It knows few expressions on purpose: an action that needs another one has logic where no test reaches it. Sources:
https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runs-for-composite-actions and, for
the files of outputs, FileCommandManager.cs of actions/runner.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILES = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_STATE", "GITHUB_PATH")
"""What a step may write to, besides its log; each step gets files of its own."""
LIMIT_S = 300
Stub = Callable[["Runner"], Mapping[str, str]]
"""Stands in for a step: makes what the step would have made, and returns its outputs."""

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_INPUT = re.compile(r"inputs\.([a-z-]+)")
_OUTPUT = re.compile(r"steps\.([a-z]+)\.outputs\.([a-z-]+)")


class NotThinError(AssertionError):
    """The action uses an expression that this runner does not know."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of one step; `exit_code` is None where it was skipped."""

    id: str
    exit_code: int | None
    environment: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    log: str = ""


@dataclass(frozen=True, slots=True)
class Runner:
    """One machine with one job: what it knows of itself, and where the project and its files lie."""

    action: Path
    """The folder of the action."""
    workspace: Path
    temp: Path
    token: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What the job gives to each of its steps."""
    stubs: Mapping[str, Stub] = field(default_factory=dict)
    """By the id of a step, or by the name of the action that it uses."""

    def run(self, **inputs: str) -> Job:
        """Run the action once; names of inputs are written with an underscore for each hyphen."""
        described = YAML(typ="safe", pure=True).load(self.action / "action.yml")
        job = Job(self, {"inputs": {}, "steps": {}})
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        if unknown := given.keys() - described["inputs"].keys():
            raise KeyError(f"the action has no input {sorted(unknown)}")
        for name, about in described["inputs"].items():
            job.known["inputs"][name] = given.get(name, job.filled(about.get("default", "")))
        for step in described["runs"]["steps"]:
            job.do(step)
        return Job(self, job.known, job.steps, {n: job.filled(a["value"]) for n, a in described["outputs"].items()})


@dataclass(frozen=True, slots=True)
class Job:
    """One run of the action, as far as it has got."""

    runner: Runner
    known: dict[str, Any]
    steps: list[Ran] = field(default_factory=list)
    outputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """Return what the job ends with: the exit code of the first step that failed."""
        return next((step.exit_code for step in self.steps if step.exit_code), 0)

    @property
    def log(self) -> str:
        """Return what all steps printed."""
        return "".join(step.log for step in self.steps)

    def step(self, wanted: str) -> Ran:
        """Return what became of the step with this id."""
        return next(step for step in self.steps if step.id == wanted)

    def value(self, expression: str) -> str:
        """Return what an expression stands for. Raises NotThinError where it is more than a name."""
        if named := _INPUT.fullmatch(expression):
            return str(self.known["inputs"][named[1]])
        if named := _OUTPUT.fullmatch(expression):
            return str(self.known["steps"].get(named[1], {}).get(named[2], ""))
        contexts = {"github.action_path": str(self.runner.action), "github.token": self.runner.token}
        if expression not in contexts:
            raise NotThinError(f"`{expression}` is more than the name of an input or of an output")
        return contexts[expression]

    def filled(self, text: str) -> str:
        """Return `text` with its expressions replaced."""
        return _EXPRESSION.sub(lambda found: self.value(found[1]), text)

    def wanted(self, condition: str) -> bool:
        """Tell whether a step runs: after a failure only those that always do."""
        return condition == "always()" or (not self.exit_code and bool(self.value(condition) if condition else True))

    def do(self, step: Mapping[str, Any]) -> None:
        """Run one step, or its stub, or skip it."""
        id_ = step["id"]
        stub = self.runner.stubs.get(id_) or self.runner.stubs.get(step.get("uses", "").partition("@")[0])
        if not self.wanted(step.get("if", "")):
            ran = Ran(id_, None)
        elif stub:
            ran = Ran(id_, 0, {key: self.filled(text) for key, text in step.get("with", {}).items()}, stub(self.runner))
        else:
            ran = self._bash(step)
        self.known["steps"][id_] = ran.outputs
        self.steps.append(ran)

    def _bash(self, step: Mapping[str, Any]) -> Ran:
        if step["shell"] != "bash" or "${{" in step["run"]:
            raise NotThinError(f"the step `{step['id']}` is not plain bash")
        home = self.runner.temp / f"_runner_{len(self.steps)}"
        home.mkdir(parents=True)
        files = {name: home / name.lower() for name in FILES}
        for file in files.values():
            file.touch()
        (home / "script.sh").write_text(step["run"], encoding="utf-8")
        own = {name: self.filled(text) for name, text in step.get("env", {}).items()}
        where = {
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            "GITHUB_ACTION_PATH": str(self.runner.action),
            "GITHUB_WORKSPACE": str(self.runner.workspace),
            "RUNNER_TEMP": str(self.runner.temp),
        }
        seen = {**self.runner.environment, **where, **{name: str(file) for name, file in files.items()}, **own}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(home / "script.sh")],
            cwd=self.runner.workspace,
            env=seen,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=LIMIT_S,
        )
        written = {name: file.read_bytes().decode() for name, file in files.items()}
        outputs = assignments(written["GITHUB_OUTPUT"])
        return Ran(step["id"], done.returncode, seen, outputs, written, done.stdout.decode())


def assignments(text: str) -> dict[str, str]:
    """Return what a file of outputs says, by the runner's rules: NAME=VALUE, or NAME<<DELIMITER, lines, DELIMITER.

    Raises ValueError where the runner would fail the step.
    """
    found: dict[str, str] = {}
    lines = iter(text.removesuffix("\n").split("\n"))
    for line in lines:
        if not line:
            continue
        name, sign, rest = min((line.partition(mark) for mark in ("=", "<<")), key=lambda parts: len(parts[0]))
        if not (sign and name) or (sign == "<<" and not rest):
            raise ValueError(f"invalid format: {line!r}")
        found[name] = rest if sign == "=" else "\n".join(_until(rest, lines))
    return found


def _until(delimiter: str, lines: Iterator[str]) -> list[str]:
    inside: list[str] = []
    for line in lines:
        if line == delimiter:
            return inside
        inside.append(line)
    raise ValueError(f"the delimiter {delimiter!r} is missing")
