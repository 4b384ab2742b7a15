"""The action: thin, pinned, the token where nothing is rendered, and from its first step to its last a verdict."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from ruamel.yaml import YAML

from action.outputs import KEYS
from tests.action.composite import Job, Ran, Runner, Stub
from tests.action.conftest import payload, pull
from tests.action.fake_github import REPOSITORY, TOKEN, FakeGithub, serving

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
EXAMPLES = ROOT / "examples"
ACTION: dict[str, Any] = YAML(typ="safe", pure=True).load(ROOT / "action.yml")
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"]}
OURS = ("begin", "check", "publish")


def lint(tool: str, *arguments: str | Path) -> tuple[int, str]:
    done = subprocess.run([BIN / tool, *arguments], capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout + done.stderr


# ------------------------------------------------------------------------------------------------------ what it says


def test_it_keeps_to_the_schema() -> None:
    code, said = lint("check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    assert code == 0, said


def test_zizmor_finds_nothing_in_it() -> None:
    code, said = lint("zizmor", "--offline", "--no-progress", ROOT / "action.yml")
    assert (code, "completed" in said) == (0, True), said


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if "run" in step])
def test_shellcheck_finds_nothing_in_its_scripts(tmp_path: Path, step: str) -> None:
    file = tmp_path / "script.sh"
    file.write_text(f"#!/usr/bin/env bash\nset -e -o pipefail\n{STEPS[step]['run']}\n")
    code, said = lint("shellcheck", file)
    assert code == 0, said


def test_it_can_be_found_in_the_marketplace() -> None:
    assert set(ACTION["branding"]) == {"icon", "color"}


def test_what_it_uses_is_pinned_to_a_commit() -> None:
    assert [
        step["uses"] for step in STEPS.values() if "uses" in step and not re.search("@[0-9a-f]{40}$", step["uses"])
    ] == []


def test_the_token_is_given_to_the_steps_that_post_and_to_no_other() -> None:
    holders = [name for name, step in STEPS.items() if "token" in json.dumps(step).lower()]
    assert holders == ["begin", "publish"]


def test_the_secret_of_the_cache_is_given_to_the_step_that_measures_and_to_no_step_that_posts() -> None:
    holders = [name for name, step in STEPS.items() if "inputs.cache-key" in json.dumps(step)]
    assert holders == ["python", "check"]


@pytest.mark.parametrize("step", OURS)
def test_every_input_but_the_secrets_reaches_the_step_by_its_environment(step: str) -> None:
    mapped = {name: value for name, value in STEPS[step]["env"].items() if name.startswith("GONOGO_INPUT_")}
    inputs = [name for name in ACTION["inputs"] if name not in {"token", "cache-key"}]
    assert mapped == {f"GONOGO_INPUT_{name.upper().replace('-', '_')}": f"${{{{ inputs.{name} }}}}" for name in inputs}


@pytest.mark.parametrize("step", OURS)
def test_the_checkout_can_not_bring_modules_of_its_own(step: str) -> None:
    assert re.search(rf'" -I -m action\.main {step}\s*$', STEPS[step]["run"])


def test_its_outputs_are_the_ones_that_the_check_writes() -> None:
    values = {name: about["value"] for name, about in ACTION["outputs"].items()}
    assert values == {name: f"${{{{ steps.check.outputs.{name} }}}}" for name in KEYS}


def test_every_input_and_output_is_described_in_the_page_for_people() -> None:
    page = (ROOT / "docs" / "github.md").read_text()
    assert [name for name in (*ACTION["inputs"], *ACTION["outputs"]) if f"`{name}`" not in page] == []


# ------------------------------------------------------------------------------------------------- how it is installed


def machine(folder: Path, action: Path = ROOT, path: str = "/usr/local/bin:/usr/bin:/bin") -> Runner:
    (folder / "workspace").mkdir(parents=True)
    (folder / "temp").mkdir()
    # Nothing is fetched: neither an index nor what this machine is told about one.
    environment = {"PATH": path, "HOME": str(folder), "PIP_CONFIG_FILE": "/dev/null", "PIP_NO_INDEX": "1"}
    return Runner(action, folder / "workspace", folder / "temp", token=TOKEN, environment=environment)


def wheel(folder: Path) -> Path:
    """Write the wheel of a package `tinier`, which says hello."""
    file = folder / "tinier-1.0-py3-none-any.whl"
    with ZipFile(file, "w") as archive:
        archive.writestr("tinier.py", "print('hello')\n")
        archive.writestr("tinier-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tinier\nVersion: 1.0\n")
        archive.writestr("tinier-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("tinier-1.0.dist-info/RECORD", "")
    return file


@pytest.fixture
def cached(tmp_path: Path) -> Runner:
    """Return a machine with an action that needs `tinier`, which lies in the cache already."""
    action, where = tmp_path / "action", tmp_path / "job"
    (action / "checks").mkdir(parents=True)
    (action / "checks" / "__init__.py").write_text("print('ours')\n")
    shutil.copy(ROOT / "action.yml", action)
    runner = machine(where, action)
    (runner.temp / "gonogo-wheels").mkdir()
    digest = hashlib.sha256(wheel(runner.temp / "gonogo-wheels").read_bytes()).hexdigest()
    (action / "requirements.lock").write_text(f"tinier==1.0 \\\n    --hash=sha256:{digest}\n")
    return replace(runner, stubs={"actions/cache": lambda _: {"cache-hit": "true"}})


def python(job: Job, code: str, where: Path) -> str:
    command = [job.step("install").outputs["python"], "-I", "-c", code]
    return subprocess.run(command, cwd=where, capture_output=True, text=True, check=True).stdout


def test_gonogo_is_installed_from_the_cache_and_the_pinned_commit_beside_whatever_is_checked_out(
    cached: Runner,
) -> None:
    (cached.workspace / "checks").mkdir()
    (cached.workspace / "checks" / "__init__.py").write_text("raise SystemExit('hijacked')\n")
    job = cached.run()
    assert job.step("install").exit_code == 0, job.log
    assert python(job, "import tinier, checks", cached.workspace) == "hello\nours\n"


def test_an_archive_that_was_changed_in_the_cache_is_refused(cached: Runner) -> None:
    with (cached.temp / "gonogo-wheels" / "tinier-1.0-py3-none-any.whl").open("ab") as file:
        file.write(b"!")
    job = cached.run()
    assert "DO NOT MATCH THE HASHES" in job.step("install").log
    assert (job.exit_code, job.step("check").exit_code) == (1, None)


def test_a_dependency_without_a_hash_is_refused(cached: Runner) -> None:
    (cached.action / "requirements.lock").write_text("tinier==1.0\n")
    assert "Hashes are required" in cached.run().step("install").log


def test_where_nothing_could_be_installed_the_last_step_says_so_and_fails(cached: Runner) -> None:
    (cached.temp / "gonogo-wheels" / "tinier-1.0-py3-none-any.whl").unlink()
    last = cached.run().step("publish")
    assert (bool(last.exit_code), "gonogo could not be installed" in last.log) == (True, True)


def test_what_is_cached_is_known_by_system_python_and_lock(cached: Runner) -> None:
    stubs: dict[str, Stub] = {"actions/cache": lambda _: {}, "install": lambda _: {}}
    key = replace(cached, stubs=stubs).run().step("wheels").environment["key"]
    digest = hashlib.sha256((cached.action / "requirements.lock").read_bytes()).hexdigest()
    assert re.fullmatch(rf"gonogo-\w+-\w+-py3\.\d+-{digest}", key)


def test_a_job_that_posts_for_a_fork_uses_no_cache(tmp_path: Path) -> None:
    runner = replace(machine(tmp_path), stubs={"install": lambda _: {}})
    assert runner.run(facts="elsewhere").step("wheels").exit_code is None


def pages(runner: Runner, **inputs: str) -> Ran:
    """Return the step that keeps what was measured."""
    environment = {**runner.environment, "GITHUB_RUN_ID": "4711", "GITHUB_RUN_ATTEMPT": "2"}
    stubs: dict[str, Stub] = {"actions/cache": lambda _: {}, "install": lambda _: {}}
    return replace(runner, environment=environment, stubs=stubs).run(**inputs).step("pages")


def test_without_a_secret_nothing_that_was_measured_is_kept(cached: Runner) -> None:
    assert pages(cached).exit_code is None


def test_with_a_secret_each_run_keeps_what_it_measured_and_finds_what_the_last_one_did(cached: Runner) -> None:
    said = pages(cached, cache_key="s" * 32).environment
    assert said["path"] == str(cached.temp / "gonogo-pages")
    assert said["key"] == f"{said['restore-keys']}4711-2"
    assert "s" * 32 not in json.dumps(dict(said))


def test_a_job_that_posts_for_a_fork_takes_nothing_that_was_measured_before(tmp_path: Path) -> None:
    assert pages(machine(tmp_path), cache_key="s" * 32, facts="elsewhere").exit_code is None


def test_a_machine_without_python_is_told_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "bash").symlink_to("/bin/bash")
    job = machine(tmp_path / "job", path=str(tmp_path / "bin")).run()
    assert job.exit_code == 3
    assert job.step("python").log.startswith("::error title=gonogo::Python 3.11 or later")


# ------------------------------------------------------------------------------------------------------- what it does


@dataclass(frozen=True)
class Judged:
    """One use of the action on a pull request, and what GitHub knows afterwards."""

    job: Job
    github: FakeGithub
    head: str

    @property
    def statuses(self) -> list[str]:
        return [status["state"] for status in self.github.statuses.get(self.head, [])]


CONFIG = "render: {third-party: block}\n"
WEAKER = "render: {third-party: block}\npolicies: {change: {seo/title-present: null}}\n"
PAGE = '<!doctype html><html lang="en"><title>One page of a very small site</title><h1>One page</h1></html>'
SITE = json.loads((EXAMPLES / "bakery-broken.defects.json").read_text())["site"]


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"]
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def pull_request(folder: Path, before: str, after: str) -> dict[str, Any]:
    """Make a repository in which a pull request changes gonogo.yaml, and return the payload of its event."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    event = payload("pull_request")
    for side, config in (("base", before), ("head", after)):
        (folder / "gonogo.yaml").write_text(config)
        (folder / "README").write_text(side)
        git(folder, "add", "gonogo.yaml", "README")
        git(folder, "commit", "--quiet", "--message", side)
        event["pull_request"][side]["sha"] = git(folder, "rev-parse", "HEAD")
    return event


def use(runner: Runner, github: FakeGithub, name: str, event: dict[str, Any], **inputs: str) -> Job:
    """Run the whole action, in the environment of the tests, for an event."""
    file = runner.temp.parent / "event.json"
    file.write_text(json.dumps(event))
    environment = {
        "PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(runner.temp.parent),
        "LANG": "C.UTF-8",
        "GITHUB_API_URL": github.url,
        "GITHUB_EVENT_NAME": name,
        "GITHUB_EVENT_PATH": str(file),
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_RUN_ID": "1",
        "GITHUB_SERVER_URL": "https://github.example",
    }
    stubs: dict[str, Stub] = {"actions/cache": lambda _: {}, "install": lambda _: {"python": sys.executable}}
    return replace(runner, environment=environment, stubs=stubs).run(**inputs)


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
