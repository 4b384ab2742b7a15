"""Who made the change, as the first step finds out for sign-offs: authors, pushers, and nobody who is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from action import fetch, handover
from tests.action.begun import ADA, ANA, GRACE, MERGED, NOTHING, OLD, Document, Make, begun, commit, event, known
from tests.action.conftest import BASE, HEAD, NUMBER, pull
from tests.action.fake_github import FakeGithub
from tests.action.stand_in import command, seen


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
