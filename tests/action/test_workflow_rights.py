"""The ready workflows ask for as little as they can: rights, tokens, pins, and the privileged half of a fork."""

from __future__ import annotations

import re

import pytest

from checks.init import workflows
from tests.action.linting import ROOT
from tests.action.ready_workflows import FOLDER, WORKFLOWS, jobs, read, steps, uses


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_has_no_right_that_a_job_does_not_ask_for(name: str) -> None:
    assert read(name)["permissions"] == {}
    assert [key for key, job in jobs(name).items() if "permissions" not in job] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_runs_code_of_the_project_holds_no_secret_and_no_right_to_write(name: str) -> None:
    runs = [job for job in jobs(name).values() if any("npm" in step.get("run", "") for step in job["steps"])]
    assert (len(runs), name) == (0 if name == "fork-report.yml" else 1, name)
    assert all(job["permissions"] == {"contents": "read"} and "secrets." not in str(job) for job in runs)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_checkout_leaves_its_token_behind(name: str) -> None:
    checkouts = [inputs for job in jobs(name).values() for inputs in uses(job, "actions/checkout")]
    assert checkouts
    assert [inputs for inputs in checkouts if inputs.get("persist-credentials") is not False] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_script_holds_an_expression(name: str) -> None:
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_to_a_commit_and_says_which_version_that_is(name: str) -> None:
    lines = re.findall(r"^[ #-]*uses: (.+)", (FOLDER / name).read_text(), flags=re.MULTILINE)
    ours = f"{workflows.PLACEHOLDER} # Whose gonogo, and the commit of its release."
    assert lines
    assert [
        line
        for line in lines
        if line != ours and not re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    ] == []


def test_one_action_is_the_same_version_everywhere() -> None:
    texts = [(FOLDER / name).read_text() for name in WORKFLOWS]
    texts += [(ROOT / "action.yml").read_text(), (ROOT / "checks" / "init" / "workflows.py").read_text()]
    pins = {found for text in texts for found in re.findall(r"([\w-]+/[\w-]+)@([0-9a-f]{40}) # v", text)}
    assert len(pins) == len({action for action, _ in pins})


def test_no_workflow_gives_rights_to_code_of_a_fork() -> None:
    assert [name for name in WORKFLOWS if "pull_request_target" in str(read(name)["on"])] == []


def test_the_privileged_half_checks_out_the_default_branch_only() -> None:
    (checkout,) = uses(jobs("fork-report.yml")["report"], "actions/checkout")
    assert checkout["ref"] == "${{ github.event.repository.default_branch }}"
    assert "repository" not in checkout


def test_the_privileged_half_runs_no_script_and_uses_no_cache() -> None:
    assert [step for step in steps("fork-report.yml") if "run" in step or "cache" in step.get("uses", "")] == []


def test_the_privileged_half_keeps_the_artifact_out_of_the_checkout() -> None:
    job = jobs("fork-report.yml")["report"]
    (fetched,), (judged,) = uses(job, "actions/download-artifact"), uses(job, "OWNER/gonogo")
    assert fetched["path"] == judged["facts"] == "${{ runner.temp }}/gonogo-facts"


def test_the_privileged_half_fetches_what_the_other_half_keeps() -> None:
    (_, kept) = (uses(job, "actions/upload-artifact")[-1] for job in jobs("pull-request.yml").values())
    (fetched,) = uses(jobs("fork-report.yml")["report"], "actions/download-artifact")
    assert kept["name"] == fetched["name"]


def test_the_privileged_half_does_nothing_for_pull_requests_of_the_same_repository() -> None:
    condition = jobs("fork-report.yml")["report"]["if"]
    assert "github.event.workflow_run.head_repository.full_name != github.repository" in condition


def test_the_privileged_half_follows_pushes_and_reviews_of_a_fork() -> None:
    followed = re.findall(r"workflow_run\.event == '(\w+)'", jobs("fork-report.yml")["report"]["if"])
    assert set(followed) == set(read("pull-request.yml")["on"]) - {"merge_group"}
