"""The three steps of the action, against an API that keeps GitHub's limits: what is posted, and what never is."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from typing import Any

import pytest

from action import comment, outputs
from tests.action.conftest import BASE, HEAD, NUMBER, Job, payload, pull
from tests.action.fake_github import TOKEN, Answer
from tests.action.runner_model import commands
from tests.action.runner_model import outputs as parsed
from tests.action.runs import go, no_go, write_run
from tests.action.stand_in import command, seen

Make = Callable[..., Job]
VERDICTS = {
    0: go(),
    1: no_go(),
    3: go(verdict="CANNOT TELL", exit_code=3, counts={"failed": 2, "measured": 4}),
    4: no_go(exit_code=4, weakened=True, weakenings=[{"said": "a rule is weaker", "file": "gonogo.yaml"}]),
}


def set_up(job: Job, verdict: dict[str, Any] | None = None, **plan: Any) -> Job:
    """Let the command of `job` leave `verdict` and do what `plan` says."""
    if verdict is not None:
        plan.setdefault("leaves", write_run(job.folder / "made", verdict))
        plan.setdefault("code", verdict["exit_code"])
    job.command = command(job.folder, job.run, **plan)
    if not job.github.pulls:
        job.github.pulls = [pull()]
    return job


def status(job: Job) -> tuple[str, str]:
    posted = job.github.last_status(HEAD)
    assert posted is not None
    return posted["state"], posted["description"]


def posted_green(job: Job) -> bool:
    return any(one["state"] == "success" for posted in job.github.statuses.values() for one in posted)


# --------------------------------------------------------------------------------------------------------- what is told


@pytest.mark.parametrize(
    ("code", "state", "line"),
    [
        (0, "success", "GO · 4 pages"),
        (1, "failure", "NO-GO: engineering 4, marketing 1 · 4 pages, 1 not measured"),
        (3, "error", "CANNOT TELL: 2 pages not measured"),
        (4, "failure", "NO-GO: this change weakens its own rules (1)"),
    ],
)
def test_the_exit_code_stands_and_the_status_says_what_happened(job: Make, code: int, state: str, line: str) -> None:
    made = set_up(job(), VERDICTS[code])
    begin, check, publish = made.all_steps()
    assert (begin.code, check.code, publish.code) == (0, code, 0)
    assert [one["state"] for one in made.github.statuses[HEAD]] == ["pending", state]
    assert status(made) == (state, line)
    told = parsed(made.outputs.read_text(encoding="utf-8"))
    assert (set(told), told["exit-code"]) == (set(outputs.KEYS), str(code))
    assert told["verdict"] == VERDICTS[code]["verdict"]


@pytest.mark.parametrize(("code", "verdict"), [(2, "ERROR"), (3, "CANNOT TELL"), (70, "ERROR"), (143, "CANNOT TELL")])
def test_a_check_that_breaks_off_is_an_error_and_has_outputs(job: Make, code: int, verdict: str) -> None:
    made = set_up(job(), code=code, err="gonogo: gonogo.yaml:3: unknown key `sit`\n")
    _, check, publish = made.all_steps()
    assert (check.code, publish.code, status(made)[0]) == (code, 0, "error")
    told = parsed(made.outputs.read_text(encoding="utf-8"))
    assert (told["verdict"], told["exit-code"], told["report"]) == (verdict, str(code), "")
    assert "unknown key" in made.summary.read_text(encoding="utf-8")
    assert "unknown key" in commands(check.log)[0].data


REVIEWED = go(verdict="GO FOR REVIEW", exit_code=5, gate="review")


def test_a_pull_request_that_asks_for_the_review_gate_passes_under_its_name_alone(job: Make) -> None:
    made = set_up(job(inputs={"gate": "review"}), REVIEWED)
    assert [step.code for step in made.all_steps()] == [0, 0, 0]
    assert "--gate review" in " ".join(seen(made.folder)["arguments"])
    posted = [(one["context"], one["state"]) for one in made.github.statuses[HEAD]]
    assert posted == [("gonogo review", "pending"), ("gonogo review", "success")]
    told = parsed(made.outputs.read_text(encoding="utf-8"))
    assert (told["verdict"], told["exit-code"]) == ("GO FOR REVIEW", "5")


def test_a_review_that_nobody_asked_for_passes_nothing(job: Make) -> None:
    made = set_up(job(), REVIEWED)
    _, check, _ = made.all_steps()
    assert (check.code, status(made)[0]) == (5, "error")


def test_the_status_leads_to_the_run(job: Make) -> None:
    made = set_up(job(), go())
    made.all_steps()
    assert {one["target_url"] for one in made.github.statuses[HEAD]} == {
        "https://github.example/bakery/site/actions/runs/4711"
    }


def test_a_run_that_only_advises_posts_no_status_and_comments(job: Make) -> None:
    made = set_up(job(inputs={"advisory": "true"}), no_go(exit_code=0, advisory=True))
    assert [step.code for step in made.all_steps()] == [0, 0, 0]
    assert made.github.statuses == {}
    assert "NO-GO" in made.github.comments[NUMBER][0]["body"]
    assert "--advisory" in seen(made.folder)["arguments"]


def test_two_sites_have_two_statuses_and_two_comments(job: Make) -> None:
    made = set_up(job(), go())
    for config in ("shop/gonogo.yaml", "blog/gonogo.yaml"):
        made.inputs = {"config": config}
        made.all_steps()
    contexts = {one["context"] for one in made.github.statuses[HEAD]}
    assert contexts == {"gonogo / shop", "gonogo / blog"}
    assert len(made.github.comments[NUMBER]) == 2


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


# ----------------------------------------------------------------------------------------------------- who sees a token


def test_the_command_sees_no_token_and_nothing_that_was_not_allowed(job: Make) -> None:
    secret = {
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "s",
        "ACTIONS_RUNTIME_TOKEN": "s",
        "AWS_SECRET_ACCESS_KEY": "s",
        "GH_TOKEN": "s",
        "GITHUB_TOKEN": "s",
        "NETLIFY_AUTH": "s",
        "PYTHONPATH": "/evil",
        "LD_PRELOAD": "/evil.so",
        "NODE_OPTIONS": "--require /evil.js",
        "INPUT_TOKEN": "s",
    }
    made = set_up(job(environment={**secret, "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": "/c", "https_proxy": "p"}), go())
    made.all_steps()
    environment = seen(made.folder)["environment"]
    assert set(environment) <= {"PATH", "LC_ALL", "LC_CTYPE", "XDG_CACHE_HOME", "https_proxy", "GITHUB_SERVER_URL"}
    assert environment["https_proxy"] == "p"


def test_with_a_secret_the_command_keeps_what_it_measures(job: Make) -> None:
    made = set_up(job(environment={"GONOGO_CACHE_KEY": "s" * 32}), go())
    made.all_steps()
    told = seen(made.folder)
    assert told["environment"]["GONOGO_CACHE_KEY"] == "s" * 32
    assert told["arguments"][told["arguments"].index("--cache") + 1] == str(made.folder / "gonogo-pages")


def test_without_a_secret_as_in_a_fork_nothing_is_kept(job: Make) -> None:
    made = set_up(job(environment={"GONOGO_CACHE_KEY": ""}), go())
    made.all_steps()
    told = seen(made.folder)
    assert ("GONOGO_CACHE_KEY" in told["environment"], "--cache" in told["arguments"]) == (False, False)


def test_the_command_sees_what_opens_a_preview(job: Make) -> None:
    made = set_up(job(environment={"GONOGO_PREVIEW_KEY": "k", "PREVIEW_KEY": "k"}), go())
    made.all_steps()
    environment = seen(made.folder)["environment"]
    assert environment["GONOGO_PREVIEW_KEY"] == "k"
    assert "PREVIEW_KEY" not in environment


def test_a_preview_that_is_a_url_is_handed_to_the_command(job: Make) -> None:
    made = set_up(job(environment={"GONOGO_INPUT_PREVIEW": "https://deploy-preview-7--a.netlify.app"}), go())
    made.all_steps()
    assert seen(made.folder)["arguments"][:2] == ["check", "https://deploy-preview-7--a.netlify.app"]


def test_the_step_that_renders_pages_refuses_a_token(job: Make) -> None:
    made = set_up(job(environment={"GONOGO_TOKEN": TOKEN}), go())
    made.step("begin")
    check = made.step("check")
    assert (check.code, TOKEN in check.log) == (2, False)


def test_no_step_prints_the_token(job: Make) -> None:
    made = set_up(job(), go())
    made.github.next.extend([Answer(401, {"message": "Bad credentials"})])
    assert all(TOKEN not in step.log for step in made.all_steps())


def test_without_a_token_nothing_begins(job: Make) -> None:
    begin = set_up(job(environment={"GONOGO_TOKEN": ""}), go()).step("begin")
    assert (begin.code, "input `token`" in begin.log) == (2, True)


# -------------------------------------------------------------------------------------------------------- the arguments


def test_inputs_become_arguments_and_the_rules_those_of_the_base(job: Make) -> None:
    inputs = {"preview": "dist", "site": "https://a.example", "set": "strict", "fail-on": "warning", "config": "g.yaml"}
    made = set_up(job(inputs=inputs), go())
    made.all_steps()
    assert seen(made.folder)["arguments"] == [
        *["check", "dist", "--trust-ref", BASE, "--run", str(made.run), "--site", "https://a.example"],
        *["--set", "strict", "--config", "g.yaml", "--fail-on", "warning"],
    ]


def test_a_broken_input_is_told_by_the_first_step_and_nothing_is_posted(job: Make) -> None:
    made = set_up(job(inputs={"set": "loose"}), go())
    begin = made.step("begin")
    (told,) = commands(begin.log)
    assert (begin.code, told.name, "input `set`" in told.data) == (2, "error", True)
    assert made.github.requests == []


def test_an_unknown_step_is_wrong_use(job: Make) -> None:
    assert job().step("deploy").code == 2


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


# --------------------------------------------------------------------------------------------------- the sticky comment


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


@pytest.mark.parametrize(("event", "state"), [("pull_request", "pending"), ("merge_group", "failure")])
def test_a_pull_request_waits_for_signatures_that_are_asked_for_and_the_queue_does_not(
    job: Make, event: str, state: str
) -> None:
    asked = [{"id": "20261120-b1dc51f0", "by": "Ben", "at": "2026-11-20", "findings": 5, "owners": ["marketing"]}]
    made = set_up(job(event=event), no_go(waiting=True, requests=asked))
    assert made.all_steps()[1].code == 1
    assert status(made) == (state, "NO-GO: waiting for the sign-off of marketing · 4 pages, 1 not measured")


def test_a_push_of_another_branch_is_judged_by_the_rules_of_the_default_branch(job: Make) -> None:
    made = set_up(job(event="push"), go())
    document = {**payload("push"), "ref": "refs/heads/new-bread"}
    (made.folder / "event.json").write_text(json.dumps(document), encoding="utf-8")
    made.all_steps()
    arguments = seen(made.folder)["arguments"]
    assert arguments[arguments.index("--trust-ref") + 1] == "origin/main"
    assert "--since" not in arguments


def test_on_a_push_to_the_default_branch_it_is_asked_what_was_weakened_since(job: Make) -> None:
    made = set_up(job(event="push"), go())
    made.all_steps()
    arguments = seen(made.folder)["arguments"]
    assert arguments[arguments.index("--since") + 1] == payload("push")["before"]


# ---------------------------------------------------------------------------------------------------------- annotations


def test_all_steps_together_stay_within_what_a_step_may_annotate(job: Make) -> None:
    policy = {"policy": "a/b", "title": "T", "owner": "o", "severity": "info", "fix": "Mend it.", "reads": "site"}
    findings = [
        {**policy, "message": f"m {n}", "fingerprint": f"v1:{n:032x}", "cause": f"c1:{n:016x}"} for n in range(500)
    ]
    made = job()
    set_up(made, go(), leaves=write_run(made.folder / "many", go(), findings), code=0)
    made.github.may_write.clear()
    steps = made.all_steps()
    told = commands("".join(step.log for step in steps))
    assert len(told) == 10
    assert "492 more causes" in told[-2].data
