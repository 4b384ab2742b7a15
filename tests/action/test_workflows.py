"""The ready workflows keep to their schemas and judge the folder that goes live, at every event that matters."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from checks.init import workflows
from tests.action.linting import lint
from tests.action.ready_workflows import FOLDER, WORKFLOWS, jobs, read, steps, uses

HOSTS = ("Netlify", "Cloudflare Pages", "Vercel", "S3", "GitHub Pages")


def recipes() -> dict[str, str]:
    """Return deploy.yml once for each host: with its recipe and without the others."""
    text = (FOLDER / "deploy.yml").read_text()
    head, *parts = re.split(r"^      # --- (.+?) ---.*\n", text, flags=re.MULTILINE)
    head = re.sub(r"      - name: Choose a recipe.*\n.*\n", "", head)
    chosen = {}
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        rights = re.sub(rf"^      # ([a-z-]+: write # .*{name})", r"      \1", head, flags=re.MULTILINE)
        chosen[name] = rights + re.sub(r"^      # ?", "      ", part, flags=re.MULTILINE)
    return chosen


def test_all_workflows_are_looked_at() -> None:
    for_pull_requests = {"fork-report.yml", "many-machines.yml", "pull-request.yml", "release.yml"}
    assert set(WORKFLOWS) == {*for_pull_requests, "deploy.yml", "push-to-base.yml"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_keeps_to_the_schema(name: str) -> None:
    code, said = lint("check-jsonschema", "--builtin-schema", "vendor.github-workflows", FOLDER / name)
    assert code == 0, said


@pytest.mark.parametrize("name", ["gitlab-ci.yml", "gitlab-many-machines.yml"])
def test_the_one_for_gitlab_keeps_to_the_schema(name: str) -> None:
    code, said = lint("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", FOLDER / name)
    assert code == 0, said


def test_zizmor_finds_nothing_in_them() -> None:
    code, said = lint("zizmor", "--offline", "--no-progress", *(FOLDER / name for name in WORKFLOWS))
    assert (code, [name for name in WORKFLOWS if f"{name}\n" not in said]) == (0, []), said


def test_every_recipe_for_a_host_keeps_to_the_schema_and_zizmor_finds_nothing_in_it(tmp_path: Path) -> None:
    chosen = recipes()
    for name, text in chosen.items():
        file = tmp_path / ".github" / "workflows" / f"{name.replace(' ', '-')}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    files = sorted((tmp_path / ".github" / "workflows").iterdir())
    schema = lint("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files)
    assert (tuple(chosen), schema[0]) == (HOSTS, 0), schema[1]
    code, said = lint("zizmor", "--offline", "--no-progress", tmp_path)
    assert code == 0, said


@pytest.mark.parametrize("host", HOSTS)
def test_a_recipe_only_hands_over_what_the_seal_was_asked_about(host: str) -> None:
    deploy = YAML(typ="safe", pure=True).load(recipes()[host])["jobs"]["deploy"]
    said = [step.get("run", "") for step in deploy["steps"]]
    sealed = next(index for index, run in enumerate(said) if "seal verify ../site --run ../gonogo-run" in run)
    handed = [run for run in said[sealed + 1 :] if run]
    assert handed
    assert all(re.search(r"\bsite\b", run) and not re.search(r"(?<!no-)\b(build|install|ci)\b", run) for run in handed)


@pytest.mark.parametrize("host", ["S3", "GitHub Pages"])
def test_a_host_that_is_met_without_a_password_gets_the_right_to_name_the_workflow(host: str) -> None:
    permissions = YAML(typ="safe", pure=True).load(recipes()[host])["jobs"]["deploy"]["permissions"]
    assert permissions["id-token"] == "write"


@pytest.mark.parametrize("script", ["generic.sh", "gitlab-ci.yml"])
def test_shellcheck_finds_nothing_in_what_other_systems_run(tmp_path: Path, script: str) -> None:
    file = FOLDER / script
    if script.endswith(".yml"):
        described = read(script)
        scripts = [described[job]["script"] for job in ("gate", "deploy", "launched")]
        lines = [line for script in (described[".gonogo"]["before_script"], *scripts) for line in script]
        file = tmp_path / "gitlab.sh"
        file.write_text("\n".join(["#!/usr/bin/env bash", *lines, ""]))
    # After `exit`, the next job's lines are not reached in the one script made of both.
    code, said = lint("shellcheck", "--exclude=SC2317", file)
    assert code == 0, said


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_asks_gonogo_has_the_history_with_the_base_branch(name: str) -> None:
    gates = [job for job in jobs(name).values() if uses(job, "OWNER/gonogo")]
    assert len(gates) == 1
    assert [inputs["fetch-depth"] for inputs in uses(gates[0], "actions/checkout")] == [0]


@pytest.mark.parametrize("name", [name for name in WORKFLOWS if name != "fork-report.yml"])
def test_the_folder_that_is_judged_is_the_one_that_was_built(name: str) -> None:
    build, gate = jobs(name)["build"], jobs(name)["gate"]
    (built,), (judged,) = uses(build, "actions/upload-artifact"), uses(gate, "OWNER/gonogo")
    fetched = uses(gate, "actions/download-artifact")[0]
    assert (built["name"], fetched["path"]) == (fetched["name"], judged["preview"])
    assert built["include-hidden-files"] is True


@pytest.mark.parametrize("name", [name for name in WORKFLOWS if name != "fork-report.yml"])
def test_nothing_that_is_committed_lies_in_the_way_of_what_is_judged_or_written(name: str) -> None:
    gate = jobs(name)["gate"]
    fetched, (judged,) = uses(gate, "actions/download-artifact")[0], uses(gate, "OWNER/gonogo")
    kept = uses(gate, "actions/upload-artifact")[0]
    assert fetched["path"] == judged["preview"] == "${{ runner.temp }}/gonogo-preview"
    assert kept["path"] == judged["run"] == "${{ runner.temp }}/gonogo-run"


def test_a_review_asks_again_wherever_a_pull_request_is_judged() -> None:
    asked = {name for name in WORKFLOWS if "pull_request_review" in read(name)["on"]}
    assert asked == {name for name in WORKFLOWS if "pull_request" in read(name)["on"]}


def test_a_release_is_judged_whatever_event_it_comes_by_and_nothing_else_is() -> None:
    assert read("release.yml")["on"]["pull_request"]["branches"] == ["main"]
    assert jobs("release.yml")["build"]["if"] == "github.event.pull_request.base.ref == 'main'"


def test_a_release_tells_the_other_workflow_to_leave_it_alone() -> None:
    line = re.search(r"(?m)^#     (if: .+)$", (FOLDER / "release.yml").read_text())
    assert line
    assert line[1] == f"if: {jobs('release.yml')['build']['if'].replace('==', '!=')}"
    assert "if" not in jobs("pull-request.yml")["build"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_job_is_called_as_the_status_is(name: str) -> None:
    assert "gonogo" not in {str(job.get("name", key)).lower() for key, job in jobs(name).items()}


def cancels(concurrency: Any) -> Any:
    return (concurrency or {}).get("cancel-in-progress", False)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_that_posts_or_deploys_is_cut_off(name: str) -> None:
    posts = [job for job in jobs(name).values() if job["permissions"] != {"contents": "read"} or "environment" in job]
    assert posts
    assert [cancels(each.get("concurrency")) for each in [*posts, read(name)]] == [False] * (len(posts) + 1)


def test_only_a_newer_push_to_a_pull_request_cancels_a_build() -> None:
    for name in ("pull-request.yml", "release.yml"):
        assert cancels(jobs(name)["build"]["concurrency"]) == "${{ github.event_name == 'pull_request' }}"


def test_the_merge_queue_gets_its_answer() -> None:
    assert read("pull-request.yml")["on"]["merge_group"] == {"types": ["checks_requested"]}


def test_no_path_filter_leaves_a_required_status_waiting() -> None:
    assert read("pull-request.yml")["on"]["pull_request"] is None


def test_a_bucket_gets_every_file_whatever_its_time() -> None:
    deploy = YAML(typ="safe", pure=True).load(recipes()["S3"])["jobs"]["deploy"]
    first, second = deploy["steps"][-1]["run"].splitlines()
    assert first == 'aws s3 cp site "s3://$BUCKET" --recursive'
    assert second == 'aws s3 sync site "s3://$BUCKET" --delete --size-only'


def test_the_deployment_waits_for_the_word_and_not_only_for_an_exit_code() -> None:
    deploy = jobs("deploy.yml")["deploy"]
    assert (deploy["needs"], deploy["if"]) == ("gate", "needs.gate.outputs.verdict == 'GO'")


def test_a_deployment_without_a_recipe_fails() -> None:
    assert steps("deploy.yml")[-1]["run"] == "exit 2"


@pytest.mark.parametrize("name", workflows.NAME_BY_TEMPLATE)
def test_what_is_written_for_a_project_is_the_ready_workflow_itself(tmp_path: Path, name: str) -> None:
    (tmp_path / "package.json").write_text('{"scripts": {"build": "x"}}')
    (tmp_path / "package-lock.json").write_text("")
    written = {file.name: file.read_text() for file in workflows.write(tmp_path)}
    expected = (FOLDER / name).read_text().replace("PREVIEW: dist", 'PREVIEW: "dist"')
    assert written[workflows.NAME_BY_TEMPLATE[name]] == expected
