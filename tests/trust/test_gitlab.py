"""What the variables of a GitLab job tell of a change."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from checks import shapes
from checks.errors import UserError
from checks.trust import gitlab

JOB = {
    "GITLAB_CI": "true",
    "CI_PROJECT_ID": "41",
    "CI_PROJECT_PATH": "hearth/crumb",
    "GITLAB_USER_EMAIL": "ana@x.example",
}
BRANCH = {**JOB, "CI_COMMIT_BRANCH": "main"}
MERGE_REQUEST = {
    **JOB,
    "CI_PROJECT_ID": "99",  # of the fork in which the pipeline may run
    "CI_MERGE_REQUEST_IID": "7",
    "CI_MERGE_REQUEST_PROJECT_ID": "41",
    "CI_MERGE_REQUEST_PROJECT_PATH": "hearth/crumb",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    "CI_MERGE_REQUEST_EVENT_TYPE": "detached",
}


@pytest.mark.parametrize("environment", [BRANCH, MERGE_REQUEST], ids=["branch", "merge request"])
def test_the_change_is_for_the_project_that_it_goes_to(environment: dict[str, str]) -> None:
    told = gitlab.context(environment)
    assert told == {
        "repository_id": 41,
        "repository": "hearth/crumb",
        "base_branch": "main",
        "github_ids": [],
        "emails": [],
        "reviews": [],
    }
    Draft202012Validator(shapes.load("context")).validate(told)


def test_elsewhere_nothing_is_told() -> None:
    assert gitlab.context({"GITHUB_ACTIONS": "true"}) is None
    assert gitlab.context({**JOB, "CI_COMMIT_TAG": "v1"}) is None


@pytest.mark.parametrize("number", ["", "0", "x", "-1", "1" * 30])
def test_a_project_without_a_number_is_wrong_use(number: str) -> None:
    with pytest.raises(UserError, match="for which project"):
        gitlab.context({**BRANCH, "CI_PROJECT_ID": number})


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        (MERGE_REQUEST, "ana@x.example"),
        ({**MERGE_REQUEST, "CI_MERGE_REQUEST_EVENT_TYPE": "merged_result"}, "ana@x.example"),
        ({**MERGE_REQUEST, "CI_MERGE_REQUEST_EVENT_TYPE": "merge_train"}, ""),
        (BRANCH, ""),
        ({}, ""),
    ],
    ids=["push", "merged result", "merge train", "merged", "elsewhere"],
)
def test_who_starts_a_pipeline_has_pushed_unless_it_merges(environment: dict[str, str], address: str) -> None:
    assert gitlab.pusher(environment) == address


def test_what_was_pushed_is_the_source_where_a_merge_of_it_is_checked_out() -> None:
    assert gitlab.pushed(MERGE_REQUEST, "HEAD") == "HEAD"
    assert gitlab.pushed({**MERGE_REQUEST, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "a" * 40}, "HEAD") == "a" * 40
