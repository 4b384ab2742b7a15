"""Which reviews say something about a change, as the first step finds out, and whether each still stands."""

from __future__ import annotations

import hashlib
import json

import pytest

from action import handover
from action.reviews import MARK
from checks.signoff.offers import HEADER
from tests.action.begun import ADA, ANA, GRACE, OLD, Document, Make, begun, commit, known
from tests.action.conftest import BASE, HEAD, NUMBER, pull
from tests.action.fake_github import Answer, FakeGithub

TEXT = f"{MARK}https://www.bakery.example\nM-1 ...\n"


def test_the_text_that_is_looked_for_is_the_one_that_is_read() -> None:
    assert MARK == HEADER


def test_a_review_is_told_with_what_decides_whether_it_stands(job: Make, github: FakeGithub) -> None:
    made = known(github).review(NUMBER, ANA, TEXT, HEAD)
    (told,) = begun(job())["reviews"]
    assert told == {
        "id": made["id"],
        "pull_request": NUMBER,
        "user_id": ANA,
        "state": "APPROVED",
        "commit_id": HEAD,
        "head": "same",
        "settled": False,
        "edited": False,
        "superseded": False,
        "submitted_at": "1970-01-12T00:00:00Z",
        "body": TEXT,
        "body_digest": hashlib.sha256(TEXT.encode()).hexdigest(),
        "github_ids": [ADA],
        "emails": ["ada@bakery.example"],
    }


def test_reviews_that_are_not_meant_for_the_gate_are_nobodys_business(job: Make, github: FakeGithub) -> None:
    known(github).review(NUMBER, ANA, "LGTM", HEAD)
    github.review(NUMBER, ANA, TEXT, HEAD)["user"] = None
    github.review(NUMBER, ANA, TEXT, HEAD, state="PENDING", submitted_at=None)
    assert begun(job())["reviews"] == []


def test_an_edited_review_is_known_by_graphql(job: Make, github: FakeGithub) -> None:
    made = known(github).review(NUMBER, ANA, TEXT, HEAD)
    github.edited[made["node_id"]] = "1970-01-12T01:00:00Z"
    assert begun(job())["reviews"][0]["edited"] is True


def test_a_review_of_which_it_is_not_told_counts_as_edited(job: Make, github: FakeGithub) -> None:
    known(github).review(NUMBER, ANA, TEXT, HEAD)["node_id"] = "PRR_unknown"
    github.reviews[NUMBER][0] = {**github.reviews[NUMBER][0], "node_id": None}
    assert begun(job())["reviews"][0]["edited"] is True


def test_asking_for_changes_later_supersedes_a_review_of_the_same_account(job: Make, github: FakeGithub) -> None:
    known(github).review(NUMBER, ANA, TEXT, HEAD)
    github.review(NUMBER, GRACE, TEXT, HEAD)
    github.review(NUMBER, ANA, "no", HEAD, state="CHANGES_REQUESTED")
    assert [one["superseded"] for one in begun(job())["reviews"]] == [True, False]


PATCH = {"filename": "index.html", "status": "modified", "sha": "5" * 40, "patch": "@@ -1 +1 @@\n old\n-a\n+b"}
REBASED = {**PATCH, "sha": "6" * 40, "patch": "@@ -9 +9 @@\n new\n-a\n+b"}


@pytest.mark.parametrize(
    ("then", "now", "head"),
    [
        ([PATCH], [REBASED], "same-change"),
        ([PATCH], [{**PATCH, "patch": "@@ -1 +1 @@\n old\n-a\n+c"}], "other"),
        ([PATCH], [PATCH, {**PATCH, "filename": "evil.html"}], "other"),
        ([PATCH], [{**PATCH, "filename": "other.html"}], "other"),
        ([{**PATCH, "patch": None}], [{**REBASED, "patch": None}], "other"),
        ([], [], "other"),
        ([PATCH] * 300, [PATCH] * 300, "other"),
        (None, [PATCH], "other"),
        ([PATCH], [PATCH, {"filename": f"gonogo/sign-offs/{'a' * 26}.1.sig", "status": "added"}], "same-change"),
        ([PATCH], [PATCH, {"filename": f"gonogo/sign-offs/{'a' * 26}.1.sig", "status": "removed"}], "other"),
    ],
    ids=["rebased", "changed", "added", "moved", "binary", "empty", "too many", "gone", "signed", "unsigned"],
)
def test_a_review_of_an_older_commit_stands_only_for_the_same_change(
    job: Make, github: FakeGithub, then: list[Document] | None, now: list[Document], head: str
) -> None:
    known(github).review(NUMBER, ANA, TEXT, OLD)
    github.compared = {f"{BASE}...{HEAD}": {"files": now}}
    if then is not None:
        github.compared[f"{BASE}...{OLD}"] = {"files": then}
    assert begun(job())["reviews"][0]["head"] == head


def test_in_the_merge_queue_the_reviews_of_all_that_is_queued_are_told(job: Make, github: FakeGithub) -> None:
    known(github, pull(8, OLD, user={"id": GRACE})).queue = [NUMBER, 8]
    github.commits[8] = [commit("grace@bakery.example")]
    github.review(NUMBER, ANA, TEXT, HEAD)
    github.review(8, ANA, TEXT, OLD)
    told = begun(job(event="merge_group"))["reviews"]
    assert [(one["pull_request"], one["settled"], one["head"]) for one in told] == [
        (7, True, "same"),
        (8, True, "same"),
    ]
    assert [one["github_ids"] for one in told] == [[ADA], [GRACE]]


def test_a_review_of_what_was_merged_is_told_to_every_later_pull_request(job: Make, github: FakeGithub) -> None:
    known(github, pull(6, OLD, user={"id": GRACE}, merged_at="1970-01-12T00:00:00Z", state="closed"))
    github.review(6, ANA, TEXT, OLD)
    told = begun(job())["reviews"]
    assert [(one["pull_request"], one["settled"]) for one in told] == [(6, True)]


def test_on_the_base_branch_the_reviews_are_asked_for_again(job: Make, github: FakeGithub) -> None:
    known(github).pulls[0] |= {"merged_at": "1970-01-12T00:00:00Z", "merge_commit_sha": HEAD, "state": "closed"}
    made = github.review(NUMBER, ANA, TEXT, HEAD)
    assert begun(job(event="push"))["reviews"][0]["state"] == "APPROVED"
    made["state"] = "DISMISSED"
    assert begun(job(event="push"))["reviews"][0]["state"] == "DISMISSED"


def test_what_was_merged_long_ago_is_not_asked_for(job: Make, github: FakeGithub) -> None:
    old = pull(6, OLD, user={"id": GRACE}, merged_at="1969-10-01T00:00:00Z", state="closed")
    known(github, old).review(6, ANA, TEXT, OLD)
    assert begun(job())["reviews"] == []


def test_where_reviews_can_not_be_had_statements_still_count(job: Make, github: FakeGithub) -> None:
    known(github).review(NUMBER, ANA, TEXT, HEAD)
    made = job()
    refused = Answer(200, {"errors": [{"message": "Resource not accessible ::error::"}]})
    github.refuses = {"mergeQueue": refused}
    step = made.step("begin")
    assert "Reviews that sign off are left out" in step.log
    assert "::error::" not in step.log
    assert json.loads(handover.context_file(handover.file(made.folder, made.run)).read_text())["reviews"] == []


def test_a_hostile_review_reaches_the_check_as_data_only(job: Make, github: FakeGithub) -> None:
    text = f"{TEXT}\ud800 ::error:: \u202e \x00 </code> @all"
    known(github).review(NUMBER, ANA, text, HEAD)
    made = job()
    assert begun(made)["reviews"][0]["body"] == text
    assert "@all" not in made.step("begin").log
