"""The three steps of the action, against an API that keeps GitHub's limits: what is told, and by which rules."""

from __future__ import annotations

import json

import pytest

from action import outputs
from tests.action.conftest import BASE, HEAD, NUMBER, payload
from tests.action.runner_model import commands
from tests.action.runner_model import outputs as parsed
from tests.action.runs import go, no_go, write_run
from tests.action.stand_in import seen
from tests.action.stepping import VERDICTS, Make, set_up, status

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


def test_a_preview_that_is_a_url_is_handed_to_the_command(job: Make) -> None:
    made = set_up(job(environment={"GONOGO_INPUT_PREVIEW": "https://deploy-preview-7--a.netlify.app"}), go())
    made.all_steps()
    assert seen(made.folder)["arguments"][:2] == ["check", "https://deploy-preview-7--a.netlify.app"]


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
