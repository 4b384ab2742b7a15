"""Which commit is judged, and whose rules decide, for every trigger that there is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from action import event
from action.event import Event
from checks.errors import UserError
from tests.action.conftest import BASE, HEAD, payload

SURROUNDINGS = {"GITHUB_SHA": HEAD, "GITHUB_REPOSITORY": "bakery/site", "GITHUB_REPOSITORY_ID": "1001"}


def of(name: str, document: dict[str, Any] | None = None, **environment: str) -> Event:
    return event.of(name, payload(name) if document is None else document, {**SURROUNDINGS, **environment})


def test_a_pull_request_is_judged_at_its_head_by_the_rules_of_its_base() -> None:
    read = of("pull_request")
    assert (read.head_sha, read.rules_ref, read.base_branch, read.pull_request) == (HEAD, BASE, "main", 7)
    assert (read.sender_id, read.author_id, read.is_fork) == (12, 11, False)


def test_a_pull_request_from_another_repository_is_a_forks() -> None:
    read = of("pull_request", payload("pull_request_fork"))
    assert (read.is_fork, read.head_repository, read.repository) == (True, "visitor/site", "bakery/site")


def test_a_pull_request_whose_fork_is_gone_is_a_forks() -> None:
    document = payload("pull_request")
    document["pull_request"]["head"]["repo"] = None
    assert of("pull_request", document).is_fork


def test_a_review_is_judged_by_the_rules_of_the_base_too() -> None:
    read = of("pull_request_review")
    assert (read.head_sha, read.rules_ref, read.pull_request, read.sender_id) == (HEAD, BASE, 7, 13)


def test_pull_request_target_is_refused_with_the_workflow_to_use() -> None:
    with pytest.raises(UserError, match="fork-report"):
        of("pull_request_target", payload("pull_request"))


def test_a_group_of_the_merge_queue_is_judged_by_the_rules_it_is_queued_on() -> None:
    read = of("merge_group")
    assert (read.head_sha, read.rules_ref, read.base_branch, read.pull_request) == (HEAD, BASE, "main", None)


def test_a_push_to_the_default_branch_is_judged_by_its_own_rules() -> None:
    read = of("push")
    assert (read.head_sha, read.rules_ref, read.base_sha) == (HEAD, HEAD, BASE)


def test_a_push_to_another_branch_is_judged_by_the_rules_of_the_default_branch() -> None:
    assert of("push", {**payload("push"), "ref": "refs/heads/new-bread"}).rules_ref == "origin/main"


def test_a_tag_that_is_called_like_the_default_branch_does_not_bring_its_own_rules() -> None:
    assert of("push", {**payload("push"), "ref": "refs/tags/main"}).rules_ref == "origin/main"


def test_a_run_by_hand_on_another_branch_is_judged_by_the_rules_of_the_default_branch() -> None:
    assert of("workflow_dispatch", GITHUB_REF="refs/heads/new-bread").rules_ref == "origin/main"
    assert of("workflow_dispatch", GITHUB_REF="refs/heads/main").rules_ref == HEAD


def test_the_clock_judges_the_default_branch_though_its_payload_says_nothing() -> None:
    read = of("schedule", GITHUB_REF="refs/heads/main")
    assert (read.head_sha, read.rules_ref, read.repository_id) == (HEAD, HEAD, 1001)


def test_the_half_that_posts_for_forks_knows_the_commit_and_not_yet_the_rules() -> None:
    read = of("workflow_run")
    assert (read.head_sha, read.rules_ref, read.pull_request) == (HEAD, None, None)
    assert (read.is_fork, read.head_repository, read.head_branch) == (True, "visitor/site", "new-bread")


def test_a_review_of_a_fork_is_followed_up_too_for_its_token_can_only_read() -> None:
    document = payload("workflow_run")
    document["workflow_run"]["event"] = "pull_request_review"
    assert of("workflow_run", document).is_follow_up


def test_what_did_not_begin_as_a_pull_request_needs_no_follow_up() -> None:
    document = payload("workflow_run")
    document["workflow_run"]["event"] = "push"
    with pytest.raises(UserError, match=r"github\.event\.workflow_run\.event == 'pull_request'"):
        of("workflow_run", document)


def test_a_deleted_branch_is_nothing_to_judge() -> None:
    with pytest.raises(UserError, match="deleted"):
        of("push", {**payload("push"), "after": "0" * 40})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("pull_request", "head", "sha"), "main"),
        (("pull_request", "base", "sha"), "-" * 40),
        (("pull_request", "base", "ref"), "a\nb"),
        (("pull_request", "number"), "7"),
        (("pull_request", "number"), True),
        (("repository", "full_name"), "bakery/site/../../other"),
        (("pull_request", "user"), None),
    ],
)
def test_an_odd_payload_is_refused_with_the_place(path: tuple[str, ...], value: object) -> None:
    document = payload("pull_request")
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    with pytest.raises(UserError, match=r"`" + r"\.".join(path)):
        of("pull_request", document)


def test_a_job_that_knows_no_event_is_told_where_this_runs(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="GitHub Actions only"):
        event.read({})
    (tmp_path / "event.json").write_text(json.dumps([]), encoding="utf-8")
    with pytest.raises(UserError, match="not a JSON object"):
        event.read({"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(tmp_path / "event.json")})
