"""A push keeps a launch and a pull request finds it: the whole action, in a browser, against a GitHub on loopback."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.action.composite import Job
from tests.action.conftest import payload, pull
from tests.action.fake_github import FakeGithub, serving
from tests.action.installed import EXAMPLES, git, machine, use
from tests.action.test_launches import zipped

CONFIG = "site: https://www.hearthandcrumb.example\nbaseline: launch\nrender: {third-party: block}\n"
GONE = "courses/sourdough-for-beginners"


@dataclass(frozen=True)
class Checked:
    """One use of the action, and the verdict and run that it left."""

    job: Job
    verdict: dict[str, Any]
    run: dict[str, Any]
    comment: str
    status: str

    @property
    def blocking(self) -> set[str]:
        lines = (self.job.runner.temp / "gonogo-run" / "findings.jsonl").read_text().splitlines()
        return {str(one["policy"]) for one in map(json.loads, lines) if one["blocking"]}


def site(folder: Path, gone: str = "") -> None:
    shutil.copytree(EXAMPLES / "bakery", folder)
    if gone:
        shutil.rmtree(folder / gone)
        for page in folder.rglob("*.html"):
            page.write_text(page.read_text().replace(f"/{gone}/", "/courses/"))
        (folder / "sitemap.xml").write_text((folder / "sitemap.xml").read_text().replace(f"/{gone}/", "/courses/"))


def check(
    folder: Path, github: FakeGithub, name: str, *, gone: str = "", brings: dict[str, str] | None = None
) -> Checked:
    """Run the action on a repository whose base compares with the last launch; `brings` is what the change adds."""
    runner = machine(folder)
    git(runner.workspace, "init", "--quiet", "--initial-branch=main")
    event = payload(name)
    shas = []
    for message, files in (("base", {"gonogo.yaml": CONFIG}), ("head", {"README": "new", **(brings or {})})):
        for path, text in files.items():
            (runner.workspace / path).parent.mkdir(parents=True, exist_ok=True)
            (runner.workspace / path).write_text(text)
        git(runner.workspace, "add", "--all")
        git(runner.workspace, "commit", "--quiet", "--message", message)
        shas.append(git(runner.workspace, "rev-parse", "HEAD"))
    if name == "push":
        event["before"], event["after"] = shas
    else:
        event["pull_request"]["base"]["sha"], event["pull_request"]["head"]["sha"] = shas
        github.pulls = [pull(event["pull_request"]["number"], shas[1])]
    site(runner.temp / "gonogo-preview", gone)
    inputs = {"preview": str(runner.temp / "gonogo-preview"), "run": str(runner.temp / "gonogo-run")}
    job = use(runner, github, name, event, baseline="launch", **inputs)
    run = runner.temp / "gonogo-run"
    comments = [one["body"] for bodies in github.comments.values() for one in bodies]
    return Checked(
        job,
        json.loads((run / "verdict.json").read_text()),
        json.loads((run / "run.json").read_text()),
        comments[-1] if comments else "",
        str((github.last_status(shas[1]) or {}).get("description")),
    )


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The very first push: nothing was kept before it."""
    with serving(FakeGithub()) as github:
        return check(tmp_path_factory.mktemp("push"), github, "push")


@pytest.fixture(scope="module")
def kept(launched: Checked) -> bytes:
    """What the workflow uploads after it."""
    folder = Path(launched.job.outputs["baseline"])
    return zipped({str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()})


def github_with(*artifacts: tuple[bytes, dict[str, Any]]) -> FakeGithub:
    made = FakeGithub(tips={"main": "a" * 40}, compared={f"{'a' * 40}...{'a' * 40}": {"status": "identical"}})
    for archive, more in artifacts:
        made.artifact("gonogo-baseline", archive, **more)
    return made


def test_the_first_launch_is_compared_with_nothing_says_so_and_is_kept(launched: Checked) -> None:
    assert launched.job.exit_code == 0, launched.job.log
    assert launched.run["baseline"] is None
    assert "no launch has been kept yet" in " ".join(launched.verdict["notes"])
    assert "no launch has been kept yet" in launched.job.step("check").files["GITHUB_STEP_SUMMARY"]
    assert launched.job.outputs["baseline"]


def test_a_pull_request_is_compared_with_what_was_launched(kept: bytes, tmp_path: Path) -> None:
    with serving(github_with((kept, {}))) as github:
        found = check(tmp_path, github, "pull_request", gone=GONE)
    assert (found.job.exit_code, found.run["baseline"]["why"]) == (1, None), found.job.log
    assert "change/url-removed" in found.blocking
    assert found.verdict["compared"]["baseline"] == "launch"
    assert json.loads(found.job.outputs["counts"])["new"] > 0
    assert found.job.outputs["baseline"] == ""


@pytest.fixture(scope="module")
def poisoned(launched: Checked, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A baseline in which the page that goes was never there: it would excuse the loss."""
    folder = tmp_path_factory.mktemp("poison") / "kept"
    shutil.copytree(launched.job.outputs["baseline"], folder)
    for name in ("manifest.jsonl", "coverage.jsonl"):
        (file,) = folder.glob(f"runs/*/{name}")
        file.write_text("".join(line for line in file.read_text().splitlines(keepends=True) if GONE not in line))
    return zipped({str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()})


def test_the_baseline_of_a_pull_request_of_a_fork_or_of_a_branch_excuses_nothing(
    kept: bytes, poisoned: bytes, tmp_path: Path
) -> None:
    theirs: list[dict[str, Any]] = [
        {"event": "pull_request", "head_branch": "new-bread", "head_sha": "c" * 40},
        {"event": "pull_request", "head_repository": {"id": 2002}},
        {"head_branch": "new-bread", "head_sha": "c" * 40},
        {"head_sha": "c" * 40},
    ]
    artifacts = [(poisoned, {"run": run, "created_at": "2026-11-20T00:00:00Z"}) for run in theirs]
    with serving(github_with((kept, {"created_at": "2026-11-01T00:00:00Z"}), *artifacts)) as github:
        found = check(tmp_path, github, "pull_request", gone=GONE)
    assert "change/url-removed" in found.blocking, found.job.log


def test_a_launch_that_has_expired_is_not_made_up_for_by_a_folder_of_the_change(kept: bytes, tmp_path: Path) -> None:
    own = {"launch/latest": "mine\n", "gonogo-baseline/latest": "mine\n", "baselines/latest": "mine\n"}
    with serving(github_with((kept, {"expired": True}))) as github:
        found = check(tmp_path, github, "pull_request", brings=own)
    assert found.job.exit_code == 3, found.job.log
    assert "it has expired" in found.run["baseline"]["why"]
    assert "it has expired" in found.comment
    assert "it has expired" in found.job.step("check").files["GITHUB_STEP_SUMMARY"]
