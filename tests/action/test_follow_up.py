"""The half that posts for forks: it believes GitHub about the pull request, the base about the rules, nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from action import fetch
from checks import run_folder
from tests.action.conftest import BASE, HEAD, NUMBER, Job, pull
from tests.action.fake_github import Answer, FakeGithub
from tests.action.runner_model import commands
from tests.action.runs import about, go, no_go, write_facts, write_run
from tests.action.stand_in import command, seen

FORK = "visitor/site"
BY_THE_BASE = {"root": "base", "ref": BASE, "commit": BASE, "said": "judged by the rules of the base branch"}
Make = Callable[..., Job]


@pytest.fixture(autouse=True)
def _fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the commit as fetched: there is no repository here (see test_fetch.py)."""
    monkeypatch.setattr(fetch, "head", lambda _job: None)


@pytest.fixture
def fork(job: Make, tmp_path: Path, github: FakeGithub) -> Callable[..., Job]:
    """A follow-up with honest facts; its command says what judging them again came to."""

    def make(verdict: dict[str, Any], *, trust: dict[str, Any] | None = BY_THE_BASE, **plan: Any) -> Job:
        facts = write_facts(tmp_path / "facts", HEAD)
        made = job(event="workflow_run", inputs={"facts": str(facts)})
        again = write_run(tmp_path / "again", verdict)
        (again / "run.json").unlink()
        made.command = command(
            made.folder, made.run, **{"leaves": again, "code": verdict["exit_code"], "trust": trust, **plan}
        )
        github.pulls = github.pulls or [pull(repository=FORK)]
        return made

    return make


def states(job: Job) -> list[str]:
    return [one["state"] for posted in job.github.statuses.values() for one in posted]


def test_the_facts_are_judged_again_by_the_rules_of_the_base(fork: Make) -> None:
    made = fork(go())
    assert [step.code for step in made.all_steps()] == [0, 0, 0]
    assert seen(made.folder)["arguments"] == [
        *["judge", str(made.run), "--trust-ref", BASE, "--head", HEAD, "--fail-on", "error"]
    ]
    assert made.github.statuses[HEAD][-1]["description"] == "GO · 4 pages · unverified"
    assert "unverified" in made.github.comments[NUMBER][0]["body"]


def test_a_passing_verdict_in_the_artifact_is_not_what_is_posted(fork: Make) -> None:
    made = fork(no_go())
    facts = Path(made.inputs["facts"])
    assert json.loads((facts / "verdict.json").read_text(encoding="utf-8"))["verdict"] == "GO"
    _, check, _ = made.all_steps()
    assert (check.code, states(made)) == (1, ["pending", "failure"])


def test_a_passing_verdict_in_the_artifact_is_gone_when_judging_breaks_off(fork: Make) -> None:
    made = fork(go(), leaves=None, trust=None, code=0)
    _, check, _ = made.all_steps()
    assert (check.code, states(made)) == (3, ["pending", "error"])


def test_facts_about_another_commit_post_nothing_green(fork: Make) -> None:
    made = fork(go())
    (Path(made.inputs["facts"]) / "run.json").write_text(json.dumps(about("2" * 40)), encoding="utf-8")
    _, check, publish = made.all_steps()
    assert (check.code, publish.code, states(made)) == (3, 0, ["pending", "error"])
    assert not (made.folder / "seen.json").exists()
    assert "is about commit 222222222" in commands(check.log)[0].data


def test_a_pull_request_named_in_the_artifact_is_refused_and_never_posted_to(fork: Make) -> None:
    made = fork(go())
    facts = Path(made.inputs["facts"])
    (facts / "run.json").write_text(json.dumps(about(HEAD, pull_request=1)), encoding="utf-8")
    _, check, _ = made.all_steps()
    assert (check.code, states(made)) == (3, ["pending", "error"])
    assert set(made.github.comments) == {NUMBER}


def test_a_file_with_the_number_of_another_pull_request_is_refused(fork: Make) -> None:
    made = fork(go())
    (Path(made.inputs["facts"]) / "pr-number.txt").write_text("1", encoding="utf-8")
    _, check, _ = made.all_steps()
    assert (check.code, "success" in states(made)) == (3, False)


@pytest.mark.parametrize(
    "trust",
    [None, {"root": "working-tree", "commit": None}, {"root": "base", "commit": "9" * 40}, {"root": "folder"}],
    ids=["nobody says", "the checkout's", "another commit's", "a folder's"],
)
def test_what_was_not_judged_by_the_rules_of_the_base_is_not_posted(fork: Make, trust: dict[str, Any] | None) -> None:
    made = fork(go(), trust=trust)
    _, check, _ = made.all_steps()
    assert (check.code, states(made)) == (3, ["pending", "error"])
    assert not (made.run / run_folder.VERDICT).exists()


@pytest.mark.parametrize(
    "pulls",
    [
        [pull(head="2" * 40, repository=FORK)],
        [pull(repository="bakery/site")],
        [pull(repository=FORK, state="closed")],
        [pull(7, repository=FORK), pull(8, repository=FORK, base={"sha": "c" * 40, "ref": "weak"})],
    ],
    ids=["a newer commit", "another repository's", "closed", "two with two bases"],
)
def test_without_exactly_one_open_pull_request_nothing_is_judged(fork: Make, pulls: list[dict[str, Any]]) -> None:
    made = fork(go())
    made.github.pulls = pulls
    begin, check, _ = made.all_steps()
    assert (begin.code, check.code, states(made), made.github.comments) == (3, -1, ["error"], {})


def test_a_closed_pull_request_is_none_even_if_github_lists_it(fork: Make) -> None:
    made = fork(go())
    made.github.next.append(Answer(200, [pull(repository=FORK, state="closed")]))
    assert made.step("begin").code == 3


def test_a_repository_of_the_same_name_and_another_number_is_not_the_fork(fork: Make) -> None:
    made = fork(go())
    made.github.pulls[0]["head"]["repo"]["id"] = 9
    assert made.step("begin").code == 3


def test_without_facts_the_checkout_is_not_judged_in_their_place(job: Make) -> None:
    begin = job(event="workflow_run").step("begin")
    assert (begin.code, "fork-report" in begin.log) == (2, True)


def test_the_half_that_must_post_and_may_not_fails(fork: Make) -> None:
    made = fork(go())
    made.github.may_write.clear()
    assert made.all_steps()[2].code == 3


def test_pages_named_by_a_fork_are_no_links(fork: Make) -> None:
    made = fork(no_go())
    facts = Path(made.inputs["facts"])
    (facts / "run.json").write_text(json.dumps(about(HEAD, preview="https://e.vil")), encoding="utf-8")
    made.all_steps()
    assert "e.vil" not in made.github.comments[NUMBER][0]["body"]
