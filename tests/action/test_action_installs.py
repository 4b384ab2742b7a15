"""How the action installs gonogo, and what it keeps between runs: by hashes, and nothing for a fork."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.action.composite import Job, Ran, Runner, Stub
from tests.action.installed import machine
from tests.action.linting import ROOT


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
