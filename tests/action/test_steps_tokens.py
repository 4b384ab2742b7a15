"""Who sees a token or a secret, and who must not."""

from __future__ import annotations

from tests.action.fake_github import TOKEN, Answer
from tests.action.runs import go
from tests.action.stand_in import seen
from tests.action.stepping import Make, set_up


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
