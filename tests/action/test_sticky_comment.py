"""The sticky comment: made once, found again, changed in place, and never somebody else's."""

from __future__ import annotations

from typing import Any

import pytest

from action import comment
from tests.action.conftest import HEAD, NUMBER, pull
from tests.action.fake_github import Answer
from tests.action.runs import go, no_go
from tests.action.stepping import Make, set_up, status


def test_the_comment_is_made_once_and_then_changed_in_place(job: Make) -> None:
    made = set_up(job(), no_go())
    made.all_steps()
    set_up(made, go()).all_steps()
    (only,) = made.github.comments[NUMBER]
    assert "GO · 4 pages" in only["body"]
    assert "is being checked" not in only["body"]


def test_while_it_is_checked_again_the_comment_says_so(job: Make) -> None:
    made = set_up(job(), no_go())
    made.all_steps()
    made.step("begin")
    assert "is being checked" in made.github.comments[NUMBER][0]["body"]


def test_a_marker_in_somebody_elses_comment_is_left_alone(job: Make) -> None:
    made = set_up(job(), no_go())
    spoofs = [
        made.github.comment(NUMBER, f"{comment.marker('')}\nAPPROVED", {"login": "mallory", "type": "User"}),
        made.github.comment(NUMBER, f"{comment.marker('')}\nAPPROVED", {"login": "other[bot]", "type": "Bot"}),
        made.github.comment(NUMBER, f"quoted:\n{comment.marker('')}"),
    ]
    before = [one["body"] for one in spoofs]
    made.all_steps()
    assert [one["body"] for one in spoofs] == before
    assert len(made.github.comments[NUMBER]) == 4


def test_the_comment_is_found_among_hundreds(job: Make) -> None:
    made = set_up(job(), no_go())
    for number in range(140):
        made.github.comment(NUMBER, f"talk {number}", {"login": "ada", "type": "User"})
    made.all_steps()
    set_up(made, go()).all_steps()
    assert len(made.github.comments[NUMBER]) == 141


def test_a_comment_whose_answer_was_lost_is_not_made_twice(job: Make) -> None:
    made = set_up(job(), no_go())
    made.step("begin")
    made.step("check")
    lost = False
    carry_out = made.github._carry_out  # noqa: SLF001 - the answer is lost on the way, after the comment was made

    def lose_the_first(request: Any) -> Answer:
        nonlocal lost
        answer = carry_out(request)
        if request.method == "POST" and request.path.endswith("/comments") and not lost:
            lost = True
            return Answer(502, {})
        return answer

    made.github._carry_out = lose_the_first  # type: ignore[method-assign]  # noqa: SLF001 - as above
    assert made.step("publish").code == 0
    assert (lost, len(made.github.comments[NUMBER])) == (True, 1)


def test_an_older_check_does_not_overwrite_the_comment_of_a_newer_commit(job: Make) -> None:
    made = set_up(job(), no_go())
    made.github.pulls = [pull(head="2" * 40)]
    made.all_steps()
    assert made.github.comments == {}
    assert status(made)[0] == "failure"


def test_no_comment_is_made_where_none_is_wished(job: Make) -> None:
    made = set_up(job(inputs={"comment": "false"}), no_go())
    made.all_steps()
    assert made.github.comments == {}


@pytest.mark.parametrize("event", ["merge_group", "push", "workflow_dispatch"])
def test_without_a_pull_request_there_is_a_status_and_no_comment(job: Make, event: str) -> None:
    made = set_up(job(event=event, environment={"GITHUB_SHA": HEAD, "GITHUB_REF": "refs/heads/main"}), go())
    assert [step.code for step in made.all_steps()] == [0, 0, 0]
    assert (status(made)[0], made.github.comments) == ("success", {})
