"""A launch is kept by a GO on the default branch and by nothing else, and later checks are told where it lies."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.action.conftest import Job, payload, pull
from tests.action.fake_github import Answer
from tests.action.runner_model import outputs as parsed
from tests.action.runs import go, no_go, write_run
from tests.action.test_launches import LIVE

Make = Callable[..., Job]
TOLD: dict[str, Any] = {"baseline": "launch"}
_PROGRAM = """
import json, shutil, sys
said = sys.argv[1:]
print(json.dumps(said), file=open({log!r}, "a"))
if said[0] == "baseline":
    sys.exit({saving})
shutil.copytree({made!r}, {run!r}, dirs_exist_ok=True)
sys.exit({code})
"""


def set_up(job: Job, verdict: dict[str, Any], saving: int = 0) -> Job:
    """Let the command of `job` leave `verdict`, and end with `saving` where it is to save a baseline."""
    made = write_run(job.folder / "made", verdict)
    program = job.folder / "program.py"
    log = str(job.folder / "log.jsonl")
    said = {"log": log, "saving": saving, "made": str(made), "run": str(job.run), "code": verdict["exit_code"]}
    program.write_text(_PROGRAM.format(**said))
    job.command = [sys.executable, "-I", str(program)]
    job.github.pulls = [pull()]
    return job


def commands(job: Job) -> list[list[str]]:
    return [json.loads(line) for line in (job.folder / "log.jsonl").read_text().splitlines()]


def kept(job: Job) -> str:
    """Run all steps, and return the output that names the folder to upload."""
    job.all_steps()
    return parsed(job.outputs.read_text(encoding="utf-8"))["baseline"]


def launch_of(arguments: list[str]) -> str:
    return arguments[arguments.index("--launch") + 1]


@pytest.mark.parametrize("event", ["push", "workflow_dispatch", "schedule"])
def test_a_go_on_the_default_branch_is_kept(job: Make, event: str) -> None:
    made = set_up(_on_main(job(event=event, inputs=TOLD)), go())
    folder = kept(made)
    assert commands(made)[1] == ["baseline", "save", str(made.run), folder, "--keep", "20"]
    assert Path(folder).parent == made.folder


def _on_main(made: Job) -> Job:
    made.environment = {
        "GITHUB_SHA": "1" * 40,
        "GITHUB_REF": "refs/heads/main",
        "GITHUB_REPOSITORY_ID": "1001",
        "GITHUB_REPOSITORY": "bakery/site",
    }
    return made


@pytest.mark.parametrize("event", ["pull_request", "pull_request_review", "merge_group"])
def test_what_is_not_merged_is_never_kept(job: Make, event: str) -> None:
    assert kept(set_up(job(event=event, inputs=TOLD), go())) == ""


def test_a_push_to_another_branch_is_not_kept(job: Make) -> None:
    made = job(event="push", inputs=TOLD)
    (made.folder / "event.json").write_text(json.dumps({**payload("push"), "ref": "refs/heads/new-bread"}))
    assert kept(set_up(made, go())) == ""


def test_a_push_of_a_tag_is_not_kept(job: Make) -> None:
    made = job(event="push", inputs=TOLD)
    (made.folder / "event.json").write_text(json.dumps({**payload("push"), "ref": "refs/tags/main"}))
    assert kept(set_up(made, go())) == ""


def test_a_no_go_is_not_kept(job: Make) -> None:
    assert kept(set_up(job(event="push", inputs=TOLD), no_go())) == ""


def test_what_nobody_can_tell_is_not_kept(job: Make) -> None:
    assert kept(set_up(job(event="push", inputs=TOLD), go(verdict="CANNOT TELL", exit_code=3))) == ""


def test_an_advisory_run_keeps_nothing(job: Make) -> None:
    made = job(event="push", inputs={**TOLD, "advisory": "true"})
    assert kept(set_up(made, go(advisory=True))) == ""


def test_nothing_is_kept_that_nobody_asked_for(job: Make) -> None:
    made = set_up(job(event="push"), go())
    assert (kept(made), len(commands(made))) == ("", 1)
    assert "--launch" not in commands(made)[0]


def test_a_launch_that_can_not_be_saved_is_told_and_not_uploaded(job: Make) -> None:
    made = set_up(job(event="push", inputs=TOLD), go(), saving=3)
    _, check, _ = made.all_steps()
    assert "This launch can't be kept" in check.log
    assert (check.code, parsed(made.outputs.read_text())["baseline"]) == (0, "")


def test_a_pull_request_is_told_where_the_last_launch_lies(job: Make) -> None:
    made = set_up(job(inputs=TOLD), go())
    made.github.tips, made.github.compared = {"main": "a" * 40}, {f"{'a' * 40}...{'a' * 40}": {"status": "identical"}}
    made.github.artifact("gonogo-baseline", LIVE)
    made.all_steps()
    assert (Path(launch_of(commands(made)[0])) / "latest").read_text() == "live"


def test_before_the_first_launch_the_check_is_told_so(job: Make) -> None:
    made = set_up(job(inputs=TOLD), go())
    made.all_steps()
    assert launch_of(commands(made)[0]) == "none"


def test_an_outage_is_no_first_launch(job: Make) -> None:
    made = set_up(job(inputs=TOLD), go())
    made.github.next.extend([Answer(500, {})] * 40)
    made.all_steps()
    assert "500" in Path(launch_of(commands(made)[0])).read_text()


def test_each_site_has_a_launch_of_its_own(job: Make) -> None:
    made = set_up(job(inputs={**TOLD, "config": "shop/gonogo.yaml"}), go())
    made.all_steps()
    (asked,) = [one for one in made.github.requests if one.path.endswith("/actions/artifacts")]
    assert asked.query["name"] == "gonogo-baseline-shop"


def test_another_baseline_is_handed_to_the_command_for_the_base_to_allow(job: Make) -> None:
    made = set_up(job(inputs={"baseline": "https://www.bakery.example"}), go())
    made.all_steps()
    said = commands(made)[0]
    assert said[said.index("--baseline") + 1] == "https://www.bakery.example"
    assert "--launch" not in said
