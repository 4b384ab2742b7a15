"""The ready workflows keep to their schemas, ask for as little as they can, and judge the folder that goes live."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from action import launches
from action.inputs import LAUNCH
from checks.init import workflows

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
FOLDER = ROOT / "docs" / "workflows"
WORKFLOWS = sorted(path.name for path in FOLDER.glob("*.yml") if not path.name.startswith("gitlab"))
HOSTS = ("Netlify", "Cloudflare Pages", "Vercel", "S3", "GitHub Pages")
UNTRUSTED = re.compile(r"github\.(head_ref|event\.(pull_request|workflow_run|issue|comment|head_commit))")


def read(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((FOLDER / name).read_text())


def jobs(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read(name)["jobs"]
    return found


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in jobs(name).values() for step in job["steps"]]


def uses(job: dict[str, Any], action: str) -> list[dict[str, Any]]:
    """Return the inputs of each step of `job` that uses `action`."""
    return [step.get("with", {}) for step in job["steps"] if step.get("uses", "").startswith(f"{action}@")]


def lint(tool: str, *arguments: str | Path) -> tuple[int, str]:
    command = [BIN / tool, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout + done.stderr


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


@pytest.mark.parametrize("name", workflows.NAME_BY_TEMPLATE)
def test_what_is_written_for_a_project_is_the_ready_workflow_itself(tmp_path: Path, name: str) -> None:
    (tmp_path / "package.json").write_text('{"scripts": {"build": "x"}}')
    (tmp_path / "package-lock.json").write_text("")
    written = {file.name: file.read_text() for file in workflows.write(tmp_path)}
    expected = (FOLDER / name).read_text().replace("PREVIEW: dist", 'PREVIEW: "dist"')
    assert written[workflows.NAME_BY_TEMPLATE[name]] == expected
