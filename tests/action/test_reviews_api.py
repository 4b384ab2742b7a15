"""What the first step finds out for sign-offs: who made the change, and which reviews say something about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from action import fetch, handover
from action.reviews import MARK
from checks import shapes
from checks.signoff.offers import HEADER
from tests.action.conftest import BASE, HEAD, NUMBER, Job, payload, pull
from tests.action.fake_github import Answer, FakeGithub
from tests.action.stand_in import command, seen

Make = Callable[..., Job]
Document = dict[str, Any]
ADA, GRACE, ANA = 11, 12, 21
OLD, MERGED, NOTHING = "2" * 40, "3" * 40, "0" * 40
TEXT = f"{MARK}https://www.bakery.example\nM-1 ...\n"


def commit(email: str = "ada@bakery.example", message: str = "Bake", parents: int = 1, **more: Any) -> Document:
    author = {"name": "A", "email": email}
    return {
        "sha": HEAD,
        "commit": {"author": author, "committer": author, "message": message},
        "parents": [{"sha": "4" * 40}] * parents,
        **more,
    }


def known(github: FakeGithub, *more: Document) -> FakeGithub:
    """Let GitHub know the pull request 7 by Ada, and others."""
    github.pulls = [pull(user={"login": "ada", "id": ADA}), *more]
    github.commits[NUMBER] = [commit()]
    return github


def begun(job: Job) -> Document:
    """Return the context that the first step leaves."""
    assert job.step("begin").code == 0
    file = handover.context_file(handover.file(job.folder, job.run))
    told: Document = json.loads(file.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(shapes.load("context")).iter_errors(told)) == []
    return told


def event(job: Job, name: str, **change: Any) -> Job:
    (job.folder / "event.json").write_text(json.dumps({**payload(name), **change}), encoding="utf-8")
    return job


def test_the_text_that_is_looked_for_is_the_one_that_is_read() -> None:
    assert MARK == HEADER


def test_the_context_says_which_change_it_is_about(job: Make, github: FakeGithub) -> None:
    known(github)
    told = begun(job())
    assert (told["repository_id"], told["repository"], told["base_branch"]) == (1001, "bakery/site", "main")


def test_the_check_is_told_where_the_context_lies(job: Make, github: FakeGithub) -> None:
    known(github)
    made = job()
    made.command = command(made.folder, made.run, code=3)
    begun(made)
    made.step("check")
    arguments = seen(made.folder)["arguments"]
    assert arguments[arguments.index("--context") + 1].endswith(".context.json")


# ----------------------------------------------------------------------------------------------------- who made it


def test_author_and_sender_made_the_change(job: Make, github: FakeGithub) -> None:
    known(github)
    assert begun(job())["github_ids"] == [ADA, GRACE]


def test_authors_committers_and_co_authors_made_the_change(job: Make, github: FakeGithub) -> None:
    known(github).commits[NUMBER] = [
        commit("ada@bakery.example", "Bake\n\nco-authored-by: Lin <lin@bakery.example>\n"),
        commit("eve@bakery.example"),
    ]
    assert begun(job())["emails"] == ["ada@bakery.example", "lin@bakery.example", "eve@bakery.example"]


def test_who_only_merged_the_base_in_did_not(job: Make, github: FakeGithub) -> None:
    merge = commit("ana@bakery.example", parents=2)
    merge["parents"] = [{"sha": OLD}, {"sha": MERGED}]
    known(github).commits[NUMBER] = [commit(), merge]
    github.compared = {f"{OLD}...{HEAD}": {"commits": [merge]}, f"main...{MERGED}": {"ahead_by": 0}}
    told = begun(event(job(), "pull_request", before=OLD, sender={"id": ANA}))
    assert (told["github_ids"], told["emails"]) == ([ADA], ["ada@bakery.example"])


@pytest.mark.parametrize(
    "compared",
    [
        {f"{OLD}...{HEAD}": {"commits": [commit()]}},
        {f"{OLD}...{HEAD}": {"commits": [commit(parents=2)]}},
        {
            f"{OLD}...{HEAD}": {"commits": [commit() | {"parents": [{"sha": OLD}, {"sha": MERGED}]}]},
            f"main...{MERGED}": {"ahead_by": 1},
        },
    ],
    ids=["a commit", "a merge onto something else", "a merge of something else"],
)
def test_who_pushed_anything_else_did(job: Make, github: FakeGithub, compared: Document) -> None:
    known(github).compared = compared
    assert ANA in begun(event(job(), "pull_request", before=OLD, sender={"id": ANA}))["github_ids"]


def test_who_reviews_did_not(job: Make, github: FakeGithub) -> None:
    known(github)
    made = job(environment={"GITHUB_EVENT_NAME": "pull_request_review"})
    assert begun(event(made, "pull_request", action="submitted", sender={"id": ANA}))["github_ids"] == [ADA]


def push(actor: int | None, before: str, after: str, kind: str = "push", ref: str = "refs/heads/new-bread") -> Document:
    told = {"before": before, "after": after, "activity_type": kind, "ref": ref, "repository": "bakery/site"}
    return {**told, "actor": {"id": actor} if actor else None}


def test_who_pushed_earlier_did_too_whatever_names_the_commits_have(job: Make, github: FakeGithub) -> None:
    known(github).activity = [
        push(ANA, OLD, HEAD),
        push(31, NOTHING, OLD, "branch_creation"),
        push(32, MERGED, NOTHING, "branch_deletion"),
        push(33, OLD, MERGED),
        push(34, NOTHING, OLD, ref="refs/heads/other"),
    ]
    made = job(environment={"GITHUB_EVENT_NAME": "pull_request_review"})
    assert begun(event(made, "pull_request", action="submitted", sender={"id": ANA}))["github_ids"] == [ADA, ANA, 31]
    assert begun(event(job(event="merge_group"), "merge_group"))["github_ids"] == [ADA, ANA, 31]


def test_who_pushed_to_the_branch_of_a_fork_did_too(
    job: Make, github: FakeGithub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "head", lambda _job: None)  # there is no repository here (see test_fetch.py)
    known(github).pulls = [pull(repository="visitor/site", user={"login": "ada", "id": ADA})]
    github.activity = [{**push(ANA, NOTHING, HEAD, "branch_creation"), "repository": "visitor/site"}]
    made = job(event="workflow_run", inputs={"facts": str(tmp_path / "facts")})
    assert begun(made)["github_ids"] == [ADA, ANA]


def test_who_pressed_update_branch_earlier_did_not(job: Make, github: FakeGithub) -> None:
    merge = commit(parents=2) | {"parents": [{"sha": OLD}, {"sha": MERGED}]}
    known(github).activity = [push(ANA, OLD, HEAD), push(ADA, NOTHING, OLD, "branch_creation")]
    github.compared = {f"{OLD}...{HEAD}": {"commits": [merge]}, f"main...{MERGED}": {"ahead_by": 0}}
    made = job(environment={"GITHUB_EVENT_NAME": "pull_request_review"})
    assert begun(event(made, "pull_request", action="submitted"))["github_ids"] == [ADA]


def test_where_it_is_not_known_who_pushed_there_is_no_context(job: Make, github: FakeGithub) -> None:
    known(github).activity = [push(None, OLD, HEAD)]
    assert "who pushed 111111111111 is not known any more" in job().step("begin").log


def test_who_queues_and_who_merges_did_not(job: Make, github: FakeGithub) -> None:
    known(github)
    assert begun(job(event="merge_group"))["github_ids"] == [ADA]
    github.pulls[0] |= {"merged_at": "1970-01-12T00:00:00Z", "merge_commit_sha": HEAD}
    made = job(event="push")
    (made.folder / "event.json").unlink()
    assert begun(made)["github_ids"] == [ADA]


def test_who_pushes_to_the_base_without_a_pull_request_did(job: Make, github: FakeGithub) -> None:
    github.compared = {f"{BASE}...{HEAD}": {"commits": [commit("eve@bakery.example")]}}
    told = begun(job(event="push"))
    assert (told["github_ids"], told["emails"]) == ([GRACE], ["eve@bakery.example"])


@pytest.mark.parametrize("user", [None, {}])
def test_where_the_author_is_gone_there_is_no_context(job: Make, github: FakeGithub, user: Any) -> None:
    known(github).pulls[0]["user"] = user
    made = job()
    step = made.step("begin")
    assert (step.code, "No sign-off counts" in step.log) == (0, True)
    assert not handover.context_file(handover.file(made.folder, made.run)).exists()


def test_a_context_of_an_earlier_job_is_forgotten(job: Make, github: FakeGithub) -> None:
    made = job()
    file = handover.context_file(handover.file(made.folder, made.run))
    file.write_text("{}", encoding="utf-8")
    github.pulls = []
    made.step("begin")
    assert not file.exists()


def test_of_many_commits_that_are_merged_not_all_are_known_and_so_nobody_is(job: Make, github: FakeGithub) -> None:
    known(github).commits[NUMBER] = [commit()] * 250
    github.pulls[0] |= {"merged_at": "1970-01-12T00:00:00Z", "merge_commit_sha": HEAD}
    assert "more commits than GitHub lists" in job(event="push").step("begin").log


def test_an_address_of_a_commit_is_kept_as_it_is(job: Make, github: FakeGithub) -> None:
    known(github).commits[NUMBER] = [commit("a b\n::error::@x")]
    assert begun(job())["emails"] == ["a b\n::error::@x"]


def test_an_author_without_an_address_is_one_whom_nobody_knows(job: Make, github: FakeGithub) -> None:
    known(github).commits[NUMBER] = [commit(), commit("")]
    assert begun(job())["emails"] == ["ada@bakery.example", "<>"]


SIGNED = "gonogo/sign-offs/hutpxtnhujy5r7snqbdzqzjnim"
SIGNATURE = [{"filename": f"{SIGNED}{end}", "status": "added"} for end in (".json", ".1.sig", ".pages")]
MORE: list[list[Document]] = [
    [*SIGNATURE, {"filename": "dist/index.html", "status": "modified"}],
    [*SIGNATURE, {"filename": "dist/new.html", "status": "added"}],
    [{"filename": f"{SIGNED}.json", "status": "modified"}],
    [{"filename": f"{SIGNED}.json", "status": "renamed", "previous_filename": "dist/index.html"}],
    [{"filename": f"content/{SIGNED}.json", "status": "added"}],
    [{"filename": "gonogo/sign-offs/README.md", "status": "added"}],
    [{"filename": "gonogo/people.yaml", "status": "added"}],
    SIGNATURE * 100,
    [],
]


def test_who_uploads_the_signature_did_not_make_the_change(job: Make, github: FakeGithub) -> None:
    known(github).commits[NUMBER] = [commit(), commit("ana@bakery.example", sha=OLD)]
    github.files = {OLD: SIGNATURE}
    github.compared = {f"{OLD}...{HEAD}": {"status": "ahead", "files": SIGNATURE}}
    github.activity = [push(ANA, OLD, HEAD), push(ADA, NOTHING, OLD, "branch_creation")]
    told = begun(event(job(), "pull_request", before=OLD, sender={"id": ANA}))
    assert (told["github_ids"], told["emails"]) == ([ADA], ["ada@bakery.example"])


@pytest.mark.parametrize("files", MORE, ids=range(len(MORE)))
def test_who_uploads_anything_else_with_it_did(job: Make, github: FakeGithub, files: list[Document]) -> None:
    known(github).commits[NUMBER] = [commit(), commit("ana@bakery.example", sha=OLD)]
    github.files = {OLD: files}
    github.compared = {f"{OLD}...{HEAD}": {"status": "ahead", "files": files, "commits": [commit()]}}
    told = begun(event(job(), "pull_request", before=OLD, sender={"id": ANA}))
    assert ANA in told["github_ids"]
    assert "ana@bakery.example" in told["emails"]


def test_who_replaces_the_branch_made_it_whatever_the_comparison_lists(job: Make, github: FakeGithub) -> None:
    known(github).compared = {f"{OLD}...{HEAD}": {"status": "diverged", "files": SIGNATURE, "commits": [commit()]}}
    assert ANA in begun(event(job(), "pull_request", before=OLD, sender={"id": ANA}))["github_ids"]


# ------------------------------------------------------------------------------------------------------------- reviews


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
