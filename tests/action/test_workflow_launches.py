"""Where the ready workflows keep a launch, and compare with the last one: after a deployment, and in GitLab."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from action import launches
from action.inputs import LAUNCH
from tests.action.ready_workflows import FOLDER, WORKFLOWS, jobs, read, uses


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_check_is_compared_with_the_last_launch_and_may_read_it(name: str) -> None:
    (gate,) = [job for job in jobs(name).values() if uses(job, "OWNER/gonogo")]
    (judged,) = uses(gate, "OWNER/gonogo")
    assert (judged["baseline"], gate["permissions"]["actions"]) == (LAUNCH, "read")


def keepers() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return each workflow that keeps a launch, with the job that does, and what it uploads."""
    return {
        name: (key, uploaded)
        for name in WORKFLOWS
        for key, job in jobs(name).items()
        for uploaded in uses(job, "actions/upload-artifact")
        if uploaded["name"] == launches.NAME
    }


def test_only_what_runs_on_the_default_branch_keeps_a_launch() -> None:
    kept = keepers()
    assert set(kept) == {"deploy.yml", "push-to-base.yml"}
    assert all(set(read(name)["on"]) <= launches.EVENTS for name in kept)
    assert all(uploaded["retention-days"] == 90 for _, uploaded in kept.values())


def test_where_gonogo_holds_the_deployment_the_launch_is_kept_after_it() -> None:
    key, uploaded = keepers()["deploy.yml"]
    (fetched,) = uses(jobs("deploy.yml")[key], "actions/download-artifact")
    candidate = uses(jobs("deploy.yml")["gate"], "actions/upload-artifact")[-1]
    assert jobs("deploy.yml")[key]["needs"] == "deploy"
    assert (fetched["name"], fetched["path"]) == (candidate["name"], uploaded["path"])
    assert candidate["path"] == "${{ steps.gonogo.outputs.baseline }}"


def test_where_somebody_else_deploys_a_go_is_kept_and_nothing_else() -> None:
    key, uploaded = keepers()["push-to-base.yml"]
    (step,) = [one for one in jobs("push-to-base.yml")[key]["steps"] if one.get("with") == uploaded]
    assert (uploaded["path"], step["if"]) == (
        "${{ steps.gonogo.outputs.baseline }}",
        "steps.gonogo.outputs.baseline != ''",
    )


def test_in_gitlab_a_launch_is_kept_after_the_deployment_of_the_default_branch() -> None:
    described = read("gitlab-ci.yml")
    assert described["launched"]["needs"] == ["gate", "deploy"]
    assert described["launched"]["rules"] == described["deploy"]["rules"]


@pytest.mark.parametrize(
    ("kept", "answers", "expected"), [("none", True, "none"), ("kept", True, "launch/gonogo-launches")]
)
def test_in_gitlab_the_last_launch_is_where_the_check_is_told(
    tmp_path: Path, kept: str, answers: bool, expected: str
) -> None:
    assert last_launch(tmp_path, kept, answers=answers).endswith(expected)


def test_in_gitlab_a_launch_that_can_not_be_fetched_is_never_none(tmp_path: Path) -> None:
    said = last_launch(tmp_path, "kept", answers=False)
    assert "can't be fetched" in Path(said).read_text()


def last_launch(folder: Path, kept: str, *, answers: bool) -> str:
    """Return what the function of gitlab-ci.yml prints, where `curl` fetches an archive or fails."""
    (function,) = [line for line in read("gitlab-ci.yml")[".gonogo"]["before_script"] if "last_launch()" in line]
    with zipfile.ZipFile(folder / "made.zip", "w") as archive:
        archive.writestr("gonogo-launches/latest", "one")
    curl = f'curl() {{ cp "{folder}/made.zip" "$CI_BUILDS_DIR/launch.zip"; }}' if answers else "curl() { return 22; }"
    done = subprocess.run(
        ["bash", "-e", "-c", f'{curl}\npython() {{ "{sys.executable}" "$@"; }}\n{function}\nlast_launch'],
        env={"PATH": "/usr/bin:/bin", "LAUNCH": kept, "LAUNCH_READER": "JOB-TOKEN: x", "CI_BUILDS_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_in_gitlab_only_a_no_go_may_become_a_warning() -> None:
    allowed = re.findall(r"exit_codes: \[(.*)\]", (FOLDER / "gitlab-ci.yml").read_text())
    assert allowed == ["1"]
