"""What the action does, from its first step to its last: a verdict, a status, a comment, and for forks two halves."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.action.composite import Job
from tests.action.conftest import payload, pull
from tests.action.fake_github import TOKEN, FakeGithub, serving
from tests.action.installed import CONFIG, EXAMPLES, PAGE, Judged, git, machine, pull_request, use

WEAKER = "render: {third-party: block}\npolicies: {change: {seo/title-present: null}}\n"
SITE = json.loads((EXAMPLES / "bakery-broken.defects.json").read_text())["site"]


def judge(folder: Path, build: Path | str | None, before: str = CONFIG, after: str = CONFIG, **inputs: str) -> Judged:
    """Run the action on a pull request that changes gonogo.yaml from `before` to `after` and builds `build`.

    Build and run lie beside the checkout, as in the ready workflows.
    """
    runner = machine(folder)
    event = pull_request(runner.workspace, before, after)
    site = runner.temp / "gonogo-preview"
    if isinstance(build, Path):
        shutil.copytree(build, site)
    else:
        site.mkdir()
        for name in ["index.html"] if build else []:
            (site / name).write_text(str(build))
    head = event["pull_request"]["head"]["sha"]
    inputs |= {"preview": str(site), "run": str(runner.temp / "gonogo-run")}
    with serving(FakeGithub(pulls=[pull(event["pull_request"]["number"], head)])) as github:
        return Judged(use(runner, github, "pull_request", event, **inputs), github, head)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Judged]:
    """One run for each verdict, by the exit code that it must end with."""
    folder = tmp_path_factory.mktemp("action")
    return {
        0: judge(folder / "go", EXAMPLES / "bakery"),
        1: judge(folder / "no-go", EXAMPLES / "bakery-broken", site=SITE),
        2: judge(folder / "config", PAGE, before="titel: x\n"),
        3: judge(folder / "empty", None),
        4: judge(folder / "weaker", PAGE, after=WEAKER),
    }


CODES = [0, 1, 2, 3, 4]
VERDICTS = {0: "GO", 1: "NO-GO", 2: "ERROR", 3: "CANNOT TELL", 4: "NO-GO"}
STATES = {0: "success", 1: "failure", 2: "error", 3: "error", 4: "failure"}


@pytest.mark.parametrize("code", CODES)
def test_the_action_ends_with_the_exit_code_of_the_check(judged: dict[int, Judged], code: int) -> None:
    job = judged[code].job
    assert (job.exit_code, job.step("check").exit_code, job.outputs["exit-code"]) == (code, code, str(code)), job.log


@pytest.mark.parametrize("code", CODES)
def test_the_verdict_is_an_output(judged: dict[int, Judged], code: int) -> None:
    assert judged[code].job.outputs["verdict"] == VERDICTS[code], judged[code].job.log


@pytest.mark.parametrize("code", CODES)
def test_the_commit_gets_a_pending_status_and_then_the_one_of_the_verdict(judged: dict[int, Judged], code: int) -> None:
    assert judged[code].statuses == ["pending", STATES[code]], judged[code].job.log


@pytest.mark.parametrize("code", CODES)
def test_the_pull_request_gets_one_comment(judged: dict[int, Judged], code: int) -> None:
    assert [len(comments) for comments in judged[code].github.comments.values()] == [1]


@pytest.mark.parametrize("code", CODES)
def test_no_step_changes_what_later_steps_believe(judged: dict[int, Judged], code: int) -> None:
    steps = [step for step in judged[code].job.steps if step.files]
    assert {step.files[name] for step in steps for name in ("GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE")} == {""}


@pytest.mark.parametrize("code", CODES)
def test_the_token_is_in_no_log_and_in_no_file(judged: dict[int, Judged], code: int) -> None:
    job = judged[code].job
    folders = (job.runner.workspace, job.runner.temp)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []
    assert TOKEN not in job.log


@pytest.mark.parametrize("code", CODES)
def test_the_summary_of_the_job_is_written_by_the_check(judged: dict[int, Judged], code: int) -> None:
    assert judged[code].job.step("check").files["GITHUB_STEP_SUMMARY"]


@pytest.mark.parametrize("code", [0, 1, 4])
def test_what_the_outputs_name_is_there(judged: dict[int, Judged], code: int) -> None:
    job = judged[code].job
    paths = [job.runner.workspace / job.outputs[name] for name in ("report", "summary", "run")]
    assert [path for path in paths if not path.exists()] == []
    assert json.loads(job.outputs["counts"])["pages"] > 0


@pytest.mark.parametrize("code", [0, 1])
def test_the_digest_of_the_build_is_an_output(judged: dict[int, Judged], code: int) -> None:
    assert re.fullmatch("(sha256:)?[0-9a-f]{64}", judged[code].job.outputs["build-digest"])


@dataclass(frozen=True)
class Halves:
    """A pull request of a fork: what its own run did, and what the one on the default branch did afterwards."""

    first: Job
    heard_first: FakeGithub
    second: Job
    heard_second: FakeGithub
    head: str


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Halves:
    folder = tmp_path_factory.mktemp("fork")
    stranger, trusted = machine(folder / "first"), machine(folder / "second")
    shas = pull_request(stranger.workspace, CONFIG, CONFIG)["pull_request"]
    base, head = shas["base"]["sha"], shas["head"]["sha"]
    opened, finished = payload("pull_request_fork"), payload("workflow_run")
    opened["pull_request"]["base"]["sha"], opened["pull_request"]["head"]["sha"] = base, head
    finished["workflow_run"]["head_sha"] = head
    (stranger.workspace / "site").mkdir()
    (stranger.workspace / "site" / "index.html").write_text(PAGE)
    # As on GitHub: a clone of the base's own branches, and a server that gives out the commits of pull requests.
    git(stranger.workspace, "branch", "trunk", base)
    git(stranger.workspace, "config", "uploadpack.allowAnySHA1InWant", "true")
    address = f"file://{stranger.workspace}"
    git(trusted.workspace, "clone", "--quiet", "--single-branch", "--branch=trunk", address, ".")
    theirs = pull(head=head, repository="visitor/site", base={"sha": base, "ref": "main"})
    with serving(FakeGithub(may_write=set(), pulls=[theirs])) as closed:
        first = use(stranger, closed, "pull_request", opened, preview="site")
    with serving(FakeGithub(pulls=[theirs])) as github:
        facts = stranger.workspace / "gonogo-run"
        second = use(trusted, github, "workflow_run", finished, facts=str(facts))
    return Halves(first, closed, second, github, head)


def test_the_run_of_a_fork_keeps_its_exit_code_and_leaves_posting_to_the_other_half(halves: Halves) -> None:
    assert (halves.first.exit_code, halves.first.step("publish").exit_code) == (1, 0), halves.first.log
    assert (halves.heard_first.statuses, halves.heard_first.comments) == ({}, {})
    assert "follow-up job" in halves.first.step("publish").log


def test_the_other_half_judges_the_facts_of_the_fork_again_and_posts_what_it_found(halves: Halves) -> None:
    assert halves.second.exit_code == 1, halves.second.log
    posted = halves.heard_second.statuses[halves.head]
    assert [status["state"] for status in posted] == ["pending", "failure"]
    assert posted[-1]["description"].endswith("unverified")


def test_the_other_half_comments_on_the_pull_request_of_the_fork(halves: Halves) -> None:
    assert [len(comments) for comments in halves.heard_second.comments.values()] == [1]
