"""The runner that the tests of the action stand on behaves as GitHub's, as far as the action needs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.action.composite import NotThinError, Runner, assignments

NAME, VALUE = "verdict", "GO"


def action(folder: Path, steps: str, outputs: str = "{}") -> Runner:
    """Write a little action with the inputs `word` and `token`, and return a runner for it."""
    (folder / "action").mkdir()
    (folder / "workspace").mkdir()
    (folder / "action" / "action.yml").write_text(
        "inputs: {word: {default: hello}, token: {default: '${{ github.token }}'}}\n"
        f"outputs: {outputs}\nruns:\n  using: composite\n  steps: {steps}\n"
    )
    path = {"PATH": "/usr/bin:/bin"}
    return Runner(folder / "action", folder / "workspace", folder / "temp", token="t0ken", environment=path)


def bash(id_: str, run: str, rest: str = "") -> str:
    return f"{{id: {id_}, shell: bash, run: '{run}', {rest}}}"


ECHO = bash("echo", 'echo "$WORD"', "env: {WORD: '${{ inputs.word }}'}")


def test_an_input_has_its_default(tmp_path: Path) -> None:
    assert action(tmp_path, f"[{ECHO}]").run().log == "hello\n"


def test_an_input_is_what_was_given(tmp_path: Path) -> None:
    assert action(tmp_path, f"[{ECHO}]").run(word="$(bye)").log == "$(bye)\n"


def test_an_input_that_the_action_does_not_have_is_a_mistake_of_the_test(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="wrod"):
        action(tmp_path, f"[{ECHO}]").run(wrod="x")


def test_the_token_is_seen_only_by_the_step_that_asks_for_it(tmp_path: Path) -> None:
    asks = bash("asks", "true", "env: {MINE: '${{ inputs.token }}'}")
    job = action(tmp_path, f"[{asks}, {bash('asks-not', 'true')}]").run()
    assert [[name for name, value in step.environment.items() if value == "t0ken"] for step in job.steps] == [
        ["MINE"],
        [],
    ]


def test_the_outputs_of_a_step_reach_later_steps_and_the_action(tmp_path: Path) -> None:
    first = bash("first", 'echo said=GO >> "$GITHUB_OUTPUT"')
    second = bash("second", 'echo "$SAID"', "env: {SAID: '${{ steps.first.outputs.said }}'}")
    job = action(tmp_path, f"[{first}, {second}]", "{verdict: {value: '${{ steps.first.outputs.said }}'}}").run()
    assert (job.log, job.outputs) == ("GO\n", {"verdict": "GO"})


def test_after_a_failure_only_steps_run_that_always_do(tmp_path: Path) -> None:
    steps = [bash("one", "exit 4"), bash("two", "true"), bash("three", "exit 7", "if: always()")]
    job = action(tmp_path, f"[{', '.join(steps)}]").run()
    assert [(step.id, step.exit_code) for step in job.steps] == [("one", 4), ("two", None), ("three", 7)]


def test_the_first_failure_is_the_one_that_is_told(tmp_path: Path) -> None:
    steps = f"[{bash('one', 'exit 4')}, {bash('two', 'exit 7', 'if: always()')}]"
    assert action(tmp_path, steps).run().exit_code == 4


def test_a_failure_inside_a_pipe_is_a_failure(tmp_path: Path) -> None:
    assert action(tmp_path, f"[{bash('one', 'false | true; echo on')}]").run().log == ""


def test_a_step_with_an_empty_condition_is_skipped(tmp_path: Path) -> None:
    steps = f"[{bash('one', 'true', 'if: inputs.word')}]"
    assert action(tmp_path, steps).run(word="").step("one").exit_code is None


def test_a_stub_stands_in_for_an_action_and_is_told_what_the_action_would_be(tmp_path: Path) -> None:
    runner = action(tmp_path, "[{id: wheels, uses: 'actions/cache@0123 # v5', with: {key: '${{ inputs.word }}'}}]")
    stubbed = Runner(runner.action, runner.workspace, runner.temp, stubs={"actions/cache": lambda _: {"hit": "true"}})
    step = stubbed.run().step("wheels")
    assert (step.environment, step.outputs) == ({"key": "hello"}, {"hit": "true"})


@pytest.mark.parametrize(
    "step",
    [
        bash("one", "echo ${{ inputs.word }}"),
        bash("one", "true", "env: {A: '${{ inputs.word == 1 }}'}"),
        bash("one", "true", "env: {A: '${{ github.event.number }}'}"),
        bash("one", "true", "if: failure()"),
        "{id: one, shell: sh, run: 'true'}",
    ],
    ids=["in a script", "a comparison", "the event", "a function", "another shell"],
)
def test_what_would_make_the_action_thick_is_refused(tmp_path: Path, step: str) -> None:
    with pytest.raises(NotThinError):
        action(tmp_path, f"[{step}]").run()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_stands_between_delimiters_is_the_value(value: str) -> None:
    assert assignments(f"{NAME}<<d3limiter\n{value}\nd3limiter\n") == {NAME: value}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n")))
def test_whatever_follows_the_first_sign_is_the_value(value: str) -> None:
    assert assignments(f"{NAME}={value}\n") == {NAME: value}


@pytest.mark.parametrize("text", [NAME, "=GO", "<<GO\nGO", f"{NAME}<<GO\nno end", f"{NAME}<<\n\n"])
def test_what_the_runner_can_not_read_fails(text: str) -> None:
    with pytest.raises(ValueError, match=r"invalid format|is missing"):
        assignments(text)


def test_the_last_of_two_values_holds() -> None:
    assert assignments("verdict=NO-GO\nverdict=GO\n") == {NAME: VALUE}
