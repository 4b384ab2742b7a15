"""Whose rules decide, through the installed command and real git repositories; nothing needs to be rendered for it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CONFIG = "site: https://www.example.com\nrender: {third-party: block}\n"
WEAKER = f"{CONFIG}policies: {{change: {{seo/title-present: null}}}}\n"
PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title></title><h1>Bread</h1>"
RULE = """
title: A heading is not too short
description: A word says little.
x-reads: page
x-severity: error
x-owner: marketing
x-message: "{title.text}"
x-fix: Write more.
properties: {title: {properties: {length: {minimum: 10}}}}
examples: [{title: {length: 10}}]
x-counterexamples: [{title: {length: 9}}]
"""


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text(PAGE)
    (tmp_path / "gonogo.yaml").write_text(CONFIG)
    (tmp_path / ".gitignore").write_text("gonogo-run\n")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path)
    return tmp_path


def commit(project: Path) -> str:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message=x")
    return git(project, "rev-parse", "HEAD")


@pytest.fixture
def check(gonogo: Path, project: Path) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Judge the project and return the exit code and its verdict, with `run`, `failed` and `existing` beside."""

    def run(*arguments: str, **environment: str) -> tuple[int, dict[str, Any]]:
        command: list[str | Path] = [gonogo, "check", "dist", "--no-render", *arguments]
        done = subprocess.run(
            command, cwd=project, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        print(done.stdout, done.stderr)  # noqa: T201  # pytest shows it when the claim fails
        folder = project / "gonogo-run"
        verdict = json.loads((folder / "verdict.json").read_text())
        verdict["run"] = json.loads((folder / "run.json").read_text())
        found = [json.loads(line) for line in (folder / "findings.jsonl").read_text().splitlines()]
        verdict["failed"] = {one["policy"] for one in found}
        verdict["existing"] = {one["fingerprint"] for one in found if one["state"] == "existing"}
        return done.returncode, verdict

    return run


Check = Callable[..., tuple[int, dict[str, Any]]]


def test_a_policy_that_the_change_drops_still_judges_and_the_exit_code_is_4(project: Path, check: Check) -> None:
    (project / "gonogo.yaml").write_text(WEAKER)
    commit(project)
    code, said = check("--trust-ref", "HEAD~1")
    assert (code, said["verdict"], said["weakened"]) == (4, "NO-GO", True)
    assert "seo/title-present" in said["failed"]
    assert [one["kind"] for one in said["weakenings"]] == ["policy-dropped"]


def test_without_git_the_rules_of_the_working_tree_decide(project: Path, check: Check) -> None:
    (project / "gonogo.yaml").write_text(WEAKER)
    _, said = check()
    assert (said["run"]["trust"]["root"], said["weakened"]) == ("working-tree", False)
    assert "seo/title-present" not in said["failed"]


def test_what_others_did_to_the_rules_since_the_change_began_is_not_its_doing(project: Path, check: Check) -> None:
    (project / "gonogo.yaml").write_text(
        f"{CONFIG}policies: {{change: {{seo/title-present: {{x-severity: warning}}}}}}\n"
    )
    began = commit(project)
    git(project, "checkout", "--quiet", "-b", "stricter")
    (project / "gonogo.yaml").write_text(CONFIG)
    tip = commit(project)
    git(project, "checkout", "--quiet", "-b", "change", began)
    commit(project)
    _, said = check("--trust-ref", tip)
    assert (said["weakened"], said["run"]["trust"]["commit"]) == (False, tip)


def test_a_rule_that_the_change_adds_is_shown_and_finds_nothing_yet(project: Path, check: Check) -> None:
    file = project / "gonogo" / "policies" / "own" / "heading.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(RULE)
    commit(project)
    _, said = check("--trust-ref", "HEAD~1")
    assert [(one["policy"], one["finds"], one["pages"]) for one in said["rules_preview"]] == [("own/heading", 1, 1)]
    assert ("own/heading" in said["failed"], said["weakened"]) == (False, False)


def test_what_a_push_weakened_is_told_and_blocks_nothing(project: Path, check: Check) -> None:
    (project / "gonogo.yaml").write_text(WEAKER)
    commit(project)
    _, said = check("--trust-ref", "HEAD", "--since", "HEAD~1")
    assert (said["weakened"], len(said["weakenings"])) == (False, 1)
    assert any("was merged last weakened the rules" in note for note in said["notes"])


def test_in_ci_the_base_of_the_change_decides_without_being_named(project: Path, check: Check, tmp_path: Path) -> None:
    base = git(project, "rev-parse", "HEAD")
    (project / "gonogo.yaml").write_text(WEAKER)
    commit(project)
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"base": {"sha": base}}}))
    told = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(event)}
    code, said = check(**told)
    assert (code, said["run"]["trust"]["commit"]) == (4, base)


def test_judging_again_comes_to_the_same(project: Path, check: Check, gonogo: Path) -> None:
    (project / "gonogo.yaml").write_text(WEAKER)
    commit(project)
    check("--trust-ref", "HEAD~1")
    before = (project / "gonogo-run" / "verdict.json").read_bytes()
    done = subprocess.run([gonogo, "judge", "gonogo-run"], cwd=project, capture_output=True, check=False)
    assert (done.returncode, (project / "gonogo-run" / "verdict.json").read_bytes()) == (4, before)


def test_facts_that_were_collected_by_other_rules_are_judged_by_those_of_the_base(
    project: Path, check: Check, gonogo: Path
) -> None:
    (project / "gonogo.yaml").write_text(WEAKER)
    head = commit(project)
    check()
    command: list[str | Path] = [gonogo, "judge", "gonogo-run", "--trust-ref", "HEAD~1", "--head", head]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    findings = (project / "gonogo-run" / "findings.jsonl").read_text()
    assert (done.returncode, '"policy":"seo/title-present"' in findings) == (4, True)


def test_a_flag_can_make_the_gate_stricter(check: Check) -> None:
    _, mild = check()
    _, strict = check("--fail-on", "warning")
    assert (strict["counts"]["blocking"] > mild["counts"]["blocking"], strict["run"]["settings"]["fail-on"]) == (
        True,
        "warning",
    )


def test_a_flag_can_not_make_the_gate_milder(project: Path, check: Check) -> None:
    (project / "gonogo.yaml").write_text(f"{CONFIG}fail-on: warning\n")
    _, said = check("--fail-on", "error")
    assert said["run"]["settings"]["fail-on"] == "warning"


def test_a_page_belongs_to_the_owner_that_the_config_gives_its_path_to(project: Path, check: Check) -> None:
    owners = "owners: {marketing: {}, engineering: {}, security: {}, bakers: {paths: ['/']}}\n"
    (project / "gonogo.yaml").write_text(CONFIG + owners)
    _, said = check()
    assert {name for name, one in said["owners"].items() if one["blocking"]} == {"bakers"}


def test_a_build_without_a_go_is_not_sealed(project: Path, check: Check, gonogo: Path) -> None:
    check()
    done = subprocess.run([gonogo, "seal", "verify", "dist"], cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, "NO-GO" in done.stderr) == (1, True)


def test_a_change_is_told_what_its_own_files_have_caused_before_and_no_other_is(
    gonogo: Path, project: Path, check: Check
) -> None:
    check()
    subprocess.run([gonogo, "adopt", "gonogo-run"], cwd=project, capture_output=True, check=True)
    commit(project)
    (project / "notes.txt").write_text("nothing that makes a page\n")
    commit(project)
    _, elsewhere = check("--trust-ref", "HEAD~1")
    (project / "dist" / "index.html").write_text(PAGE.replace("Bread", "Rolls"))
    commit(project)
    _, here = check("--trust-ref", "HEAD~1")
    assert elsewhere["while_here"] == []
    assert {one["file"] for one in here["while_here"]} == {"dist/index.html"}
    assert {one["fingerprint"] for one in here["while_here"]} <= here["existing"]
