"""Which commit decides, as each CI system and each of its events tells it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checks.errors import UserError
from checks.trust.base import Base, base_of, read_event
from tests.trust.project import Document

A, B, NEW_BRANCH = "a" * 40, "b" * 40, "0" * 40
REPOSITORY = {"repository": {"default_branch": "main"}}


def github(name: str, event: Document, ref: str = "refs/heads/main") -> Base | None:
    environment = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": name, "GITHUB_REF": ref}
    return base_of(environment, {**REPOSITORY, **event})


def gitlab(**variables: str) -> Base | None:
    return base_of({"GITLAB_CI": "true", "CI_DEFAULT_BRANCH": "main", **variables}, None)


@pytest.mark.parametrize("name", ["pull_request", "pull_request_target"])
def test_a_pull_request_is_judged_by_the_tip_of_its_base_branch(name: str) -> None:
    event = {"pull_request": {"base": {"sha": A, "ref": "main"}, "head": {"sha": B}}}
    assert github(name, event, "refs/pull/1/merge") == Base(name, A)


def test_a_merge_queue_is_judged_by_the_base_of_its_group() -> None:
    event = {"merge_group": {"base_sha": A, "head_sha": B}}
    assert github("merge_group", event, "refs/heads/gh-readonly-queue/main/pr-1") == Base("merge_group", A)


def test_a_push_to_the_default_branch_is_judged_by_what_was_merged_and_compared_with_what_was_there() -> None:
    assert github("push", {"before": A, "after": B}) == Base("push", "HEAD", A)


def test_the_first_push_has_nothing_to_be_compared_with() -> None:
    assert github("push", {"before": NEW_BRANCH}) == Base("push", "HEAD", None)


@pytest.mark.parametrize("name", ["push", "workflow_dispatch", "create"])
def test_a_branch_that_nobody_protects_does_not_decide_about_itself(name: str) -> None:
    assert github(name, {"before": A}, "refs/heads/topic") == Base(name, "refs/remotes/origin/main")


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("pull_request", {}),
        ("pull_request", {"pull_request": {"base": {"sha": "main"}}}),
        ("pull_request", {"pull_request": {"base": {"sha": ["x"]}}}),
        ("pull_request", {"pull_request": None}),
        ("merge_group", {"merge_group": {"base_sha": "--all"}}),
        ("push", {"repository": {}}),
    ],
)
def test_an_event_that_does_not_say_what_decides_is_wrong_use(name: str, event: Document) -> None:
    with pytest.raises(UserError, match="the event does not"):
        github(name, event)


def test_a_merge_request_is_judged_by_the_tip_of_its_target_branch_where_that_is_known() -> None:
    both = {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": A, "CI_MERGE_REQUEST_DIFF_BASE_SHA": B, "CI_MERGE_REQUEST_IID": "1"}
    assert gitlab(CI_PIPELINE_SOURCE="merge_request_event", **both) == Base("merge_request_event", A)
    assert gitlab(**{**both, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": ""}) == Base("", B)


def test_a_merge_request_without_a_base_is_wrong_use() -> None:
    with pytest.raises(UserError, match="does not say which commit"):
        gitlab(CI_MERGE_REQUEST_IID="1")


def test_a_pipeline_of_the_default_branch_is_judged_by_what_was_merged() -> None:
    told = {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": A}
    assert gitlab(CI_COMMIT_BRANCH="main", **told) == Base("push", "HEAD", A)
    assert gitlab(CI_COMMIT_BRANCH="topic", **told) == Base("push", "refs/remotes/origin/main")


def test_a_desk_has_no_base() -> None:
    assert base_of({"HOME": "/home/ana", "GITHUB_EVENT_NAME": "push"}, None) is None


def test_the_event_is_read_from_the_file_that_the_runner_names(tmp_path: Path) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(REPOSITORY))
    assert read_event({"GITHUB_EVENT_PATH": str(file)}) == REPOSITORY
    assert read_event({}) is None


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000])
def test_a_file_that_holds_no_event_is_wrong_use(tmp_path: Path, text: str) -> None:
    file = tmp_path / "event.json"
    file.write_text(text)
    with pytest.raises(UserError):
        read_event({"GITHUB_EVENT_PATH": str(file)})
