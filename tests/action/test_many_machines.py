"""The workflow for many machines: its jobs measure parts, and its gate posts green only where all of them are there.

What runs here is the file that `gonogo init --github --machines 2` writes; what it is written from is read.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from checks.init import workflows
from tests.action.composite import Runner
from tests.action.conftest import pull
from tests.action.fake_github import FakeGithub, serving
from tests.action.installed import CONFIG, PAGE, Judged, machine, pull_request, use
from tests.action.linting import lint
from tests.action.ready_workflows import FOLDER, jobs, read, uses
from tests.conftest import within_a_day

NAME = "many-machines.yml"
SHARDS = (1, 2)


Jobs = dict[str, Any]


def script(of: Jobs, name: str) -> str:
    """Return what the step of this name of a job `shard` runs."""
    (found,) = (step["run"] for step in of["shard"]["steps"] if step.get("name") == name)
    return str(found)


def written(folder: Path) -> Jobs:
    """Return the jobs of the workflow that a project with two machines is given."""
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x")
    file, *_ = workflows.write(folder, len(SHARDS))
    found: Jobs = YAML(typ="safe", pure=True).load(file)["jobs"]
    return found


def measure(runner: Runner, event: dict[str, Any], of: Jobs, number: int) -> None:
    """Run the step that measures a part as a job of the matrix does, and bring what it left to where the gate looks."""
    tool = runner.temp / "gonogo-tool" / "env" / "bin" / "python"
    if not tool.exists():
        tool.parent.mkdir(parents=True)
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        tool.chmod(0o755)
    file = runner.temp.parent / "event.json"
    file.write_text(json.dumps(event))
    environment = {
        **{name: os.environ[name] for name in ("GONOGO_BROWSER", "PLAYWRIGHT_BROWSERS_PATH") if name in os.environ},
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(runner.temp.parent),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": str(file),
        "RUNNER_TEMP": str(runner.temp),
        "SHARD": f"{number}/{len(of['shard']['strategy']['matrix']['shard'])}",
    }
    bash = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script(of, "Measure a part")]
    subprocess.run(bash, cwd=runner.workspace, env=environment, check=True, timeout=300)
    shutil.move(runner.temp / "gonogo-shard", runner.temp / "gonogo-shards" / f"gonogo-shard-{number}")


@dataclass(frozen=True)
class Measured:
    """A machine that has what all jobs of the matrix have left."""

    runner: Runner
    event: dict[str, Any]
    jobs: Jobs


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    folder = tmp_path_factory.mktemp("many")
    runner, of = machine(folder), written(folder / "project")
    event = pull_request(runner.workspace, CONFIG, CONFIG)
    for page in ("index.html", "a/index.html", "b/index.html"):
        file = runner.temp / "gonogo-preview" / page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE)
    (runner.temp / "gonogo-shards").mkdir()
    within_a_day()  # shards of two days are of two sites
    for number in SHARDS:
        measure(runner, event, of, number)
    return Measured(runner, event, of)


def judged(measured: Measured, folder: Path, *shards: int) -> Judged:
    """Run the gate with what these jobs have left."""
    runner, event = measured.runner, measured.event
    for number in shards:
        name = f"gonogo-shard-{number}"
        shutil.copytree(runner.temp / "gonogo-shards" / name, folder / "gonogo-shards" / name)
    shutil.copytree(runner.temp / "gonogo-preview", folder / "gonogo-preview")
    head, given = event["pull_request"]["head"]["sha"], gate_inputs(measured.jobs)
    inputs = {name: text.replace("${{ runner.temp }}", str(folder)) for name, text in given.items()}
    with serving(FakeGithub(pulls=[pull(event["pull_request"]["number"], head)])) as github:
        return Judged(use(replace(runner, temp=folder), github, "pull_request", event, **inputs), github, head)


def gate_inputs(of: Jobs) -> dict[str, str]:
    (inputs,) = uses(of["gate"], "OWNER/gonogo")
    return inputs


def test_the_gate_judges_what_all_machines_have_measured(measured: Measured, tmp_path: Path) -> None:
    found = judged(measured, tmp_path, *SHARDS)
    run = json.loads((tmp_path / "gonogo-run" / "run.json").read_text())
    assert json.loads(found.job.outputs["counts"])["pages"] == 3, found.job.log
    assert found.job.outputs["verdict"] in {"GO", "NO-GO"}
    assert run["trust"]["root"] == "base"
    assert len(found.statuses) == 2


def test_where_a_machine_has_left_nothing_nobody_can_tell(measured: Measured, tmp_path: Path) -> None:
    found = judged(measured, tmp_path, 2)
    assert (found.job.outputs["verdict"], found.job.outputs["exit-code"]) == ("CANNOT TELL", "3")
    assert "a shard is missing: 1/2" in found.job.log
    assert found.statuses == ["pending", "error"]


def test_where_no_machine_has_left_anything_nobody_can_tell(measured: Measured, tmp_path: Path) -> None:
    assert judged(measured, tmp_path).job.outputs["exit-code"] == "3"


def test_the_gate_runs_where_a_part_failed_and_fetches_every_part() -> None:
    gate, (kept,) = jobs(NAME)["gate"], uses(jobs(NAME)["shard"], "actions/upload-artifact")
    assert gate["needs"] == ["build", "shard"]
    assert gate["if"] == "${{ !cancelled() && needs.build.result == 'success' }}"
    fetched = uses(gate, "actions/download-artifact")[1]
    assert kept["name"] == fetched["pattern"].replace("*", "${{ matrix.shard }}")
    assert fetched["path"] == gate_inputs(jobs(NAME))["shards"]


def test_all_jobs_of_the_matrix_go_on_when_one_fails_and_have_no_right_to_write() -> None:
    shard = jobs(NAME)["shard"]
    assert (shard["strategy"]["fail-fast"], shard["permissions"]) == (False, {"contents": "read"})


def test_every_machine_measures_the_folder_that_was_built() -> None:
    built, (fetched, *_) = (
        uses(jobs(NAME)["build"], "actions/upload-artifact")[0],
        uses(jobs(NAME)["shard"], "actions/download-artifact"),
    )
    assert built["name"] == fetched["name"]
    assert fetched["path"] == "${{ runner.temp }}/gonogo-preview"
    assert '"$RUNNER_TEMP/gonogo-preview"' in script(jobs(NAME), "Measure a part")


@pytest.mark.parametrize("step", ["Install gonogo", "Measure a part"])
def test_shellcheck_finds_nothing_in_its_scripts(tmp_path: Path, step: str) -> None:
    file = tmp_path / "script.sh"
    file.write_text(f"#!/usr/bin/env bash\nset -e -o pipefail\n{script(jobs(NAME), step)}\n")
    code, said = lint("shellcheck", file)
    assert code == 0, said


def test_shellcheck_finds_nothing_in_the_one_for_gitlab(tmp_path: Path) -> None:
    file = tmp_path / "gitlab.sh"
    lines = [*read("gitlab-ci.yml")[".gonogo"]["before_script"], *read("gitlab-many-machines.yml")["shard"]["script"]]
    file.write_text("\n".join(["#!/usr/bin/env bash", *lines, ""]))
    code, said = lint("shellcheck", file)
    assert code == 0, said


def test_in_gitlab_the_gate_gets_the_folder_in_which_the_jobs_leave_their_parts() -> None:
    many = read("gitlab-many-machines.yml")
    folder = many["gate"]["variables"]["SHARDS"]
    assert many["shard"]["artifacts"]["paths"] == [folder]
    assert many["gate"]["needs"] == ["build", "shard"]
    assert any('${SHARDS:+--shards "$SHARDS"}' in line for line in read("gitlab-ci.yml")["gate"]["script"])
    assert f'--run "{folder}/$CI_NODE_INDEX"' in many["shard"]["script"][-1]


def test_in_gitlab_the_parts_are_measured_by_the_gonogo_that_judges() -> None:
    assert read("gitlab-many-machines.yml")["shard"]["extends"] == read("gitlab-ci.yml")["gate"]["extends"]


def test_on_github_the_parts_are_measured_by_the_gonogo_that_judges() -> None:
    (used,) = (step["uses"] for step in jobs(NAME)["gate"]["steps"] if "OWNER/gonogo" in step.get("uses", ""))
    environment = read(NAME)["env"]
    address = environment["GONOGO_URL"].removeprefix("https://github.com/").removesuffix(".git")
    assert used == f"{address}@{environment['GONOGO_COMMIT']}"
    assert (FOLDER / NAME).read_text().count(environment["GONOGO_COMMIT"]) == 2
