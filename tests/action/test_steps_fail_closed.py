"""Nothing green in error: what is not believed, and what becomes of forks, limits and outages."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from tests.action.fake_github import Answer
from tests.action.runner_model import commands
from tests.action.runner_model import outputs as parsed
from tests.action.runs import go, no_go, write_run
from tests.action.stepping import VERDICTS, Make, posted_green, set_up, status

# ----------------------------------------------------------------------------------------------- nothing green in error


@pytest.mark.parametrize("code", [1, 2, 3, 4, 70, 130, 143, 5, 255])
def test_a_go_in_the_run_folder_is_not_believed_against_the_exit_code(job: Make, code: int) -> None:
    made = set_up(job(), go(), code=code)
    made.all_steps()
    assert not posted_green(made)


@pytest.mark.parametrize("verdict", [no_go(), VERDICTS[3], VERDICTS[4]], ids=["1", "3", "4"])
def test_exit_0_is_not_believed_against_the_verdict(job: Make, verdict: dict[str, Any]) -> None:
    made = set_up(job(), verdict, code=0)
    _, check, _ = made.all_steps()
    assert (check.code, posted_green(made)) == (3, False)


def test_exit_0_without_a_verdict_is_not_believed(job: Make) -> None:
    made = set_up(job(), code=0)
    _, check, _ = made.all_steps()
    assert (check.code, status(made)[0]) == (3, "error")


def test_exit_1_without_a_verdict_is_a_check_that_did_not_start(job: Make) -> None:
    made = set_up(job(), code=1, err="ModuleNotFoundError: No module named 'checks'")
    _, check, _ = made.all_steps()
    assert (check.code, status(made)[0]) == (3, "error")


def test_the_go_of_an_older_run_is_not_shown(job: Make) -> None:
    made = set_up(job(), code=0)
    write_run(made.run, go())
    _, check, _ = made.all_steps()
    assert (check.code, posted_green(made)) == (3, False)
    assert parsed(made.outputs.read_text(encoding="utf-8"))["verdict"] == "CANNOT TELL"


def test_a_go_whose_check_was_cut_off_is_not_posted(job: Make) -> None:
    made = set_up(job(), go())
    made.step("begin")
    write_run(made.run, go())
    made.step("publish")
    assert status(made) == ("error", "CANNOT TELL: the check did not come to its end, see the log")


def test_a_check_that_is_killed_cannot_tell(job: Make) -> None:
    made = set_up(job(), go(), signal=signal.SIGKILL)
    _, check, _ = made.all_steps()
    assert (check.code, status(made)[0]) == (3, "error")
    assert "SIGKILL" in check.log


def test_a_check_that_never_began_is_an_error(job: Make) -> None:
    made = set_up(job(), go())
    assert made.step("publish").code == 0
    assert status(made)[0] == "error"


# ----------------------------------------------------------------------------------------------- forks, limits, outages


def test_a_token_without_rights_changes_neither_exit_code_nor_summary(job: Make) -> None:
    made = set_up(job(), no_go())
    made.github.may_write.clear()
    begin, check, publish = made.all_steps()
    assert (begin.code, check.code, publish.code) == (0, 1, 0)
    assert "NO-GO" in made.summary.read_text(encoding="utf-8")
    notices = [one for one in commands(begin.log + publish.log) if one.name == "notice"]
    assert ["Posting is left to the follow-up job." in one.properties["title"] for one in notices] == [True]


def test_a_go_that_nobody_can_be_told_is_no_go(job: Make) -> None:
    made = set_up(job(), go())
    made.step("begin")
    made.step("check")
    made.github.next.extend([Answer(500, {})] * 10)
    publish = made.step("publish")
    assert (publish.code, posted_green(made)) == (3, False)


def test_a_push_whose_token_may_not_post_is_no_go(job: Make) -> None:
    made = set_up(job(event="push"), go())
    made.github.may_write.clear()
    assert made.all_steps()[2].code == 3


def test_a_no_go_that_cannot_be_posted_stays_what_it_is(job: Make) -> None:
    made = set_up(job(), no_go())
    made.step("begin")
    made.step("check")
    made.github.next.extend([Answer(500, {})] * 10)
    assert made.step("publish").code == 0


def test_an_outage_at_the_beginning_does_not_stop_the_check(job: Make) -> None:
    made = set_up(job(), go())
    made.github.next.extend([Answer(500, {})] * 4)
    assert [step.code for step in made.all_steps()] == [0, 0, 0]
    assert status(made)[0] == "success"


def test_a_comment_that_cannot_be_posted_is_a_warning(job: Make) -> None:
    made = set_up(job(), go())
    made.github.pulls = []
    publish = made.all_steps()[2]
    assert (publish.code, [one.name for one in commands(publish.log)], status(made)[0]) == (0, ["warning"], "success")


def test_a_rate_limit_is_waited_for(job: Make) -> None:
    made = set_up(job(), go())
    made.github.next.append(Answer(403, {"message": "secondary rate limit"}, {"Retry-After": "5"}))
    made.all_steps()
    assert (made.slept, status(made)[0]) == ([5.0], "success")
