"""Whatever stands on a page or in a file, the log of the action holds the commands that it meant, and no others."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from action.annotations import command as command_of
from action.annotations import lines as annotated
from action.surroundings import Surroundings
from checks.report import text as text_report
from tests.action.conftest import Job, pull
from tests.action.fake_github import Answer
from tests.action.hostile import ALL, many, texts
from tests.action.runner_model import commands, outputs
from tests.action.runs import no_go, write_run
from tests.action.stand_in import command
from tests.report.made_run import LINK, made_result, make_finding

Make = Callable[..., Job]


def said(*parts: str) -> str:
    out = io.StringIO()
    surroundings = Surroundings({}, out)
    for part in parts:
        surroundings.say(part)
    return out.getvalue()


@many
@given(texts)
def test_no_text_in_the_log_is_a_command(hostile: list[str]) -> None:
    log = said(*hostile, "".join(hostile))
    assert commands(log) == []
    assert "\x1b" not in log
    log.encode("utf-8")


def test_the_model_of_the_runner_finds_what_is_printed_raw() -> None:
    raw = "page title: ##[add-mask]a\na\r::notice::b\n  ::error file=x::c"
    assert [one.name for one in commands(raw)] == ["add-mask", "notice", "error"]


def test_the_columns_of_a_table_stay_where_they_are() -> None:
    assert said("  marketing    NO-GO  1 blocking\n\nend") == "  marketing    NO-GO  1 blocking\n\nend\n"


def printed(texts: list[str]) -> tuple[str, int]:
    """Return what the action prints of a run, and how many commands it means by it.

    Each text is a title, an address, a header, and what a policy says.
    """
    findings = [
        {
            **make_finding({**LINK, **dict.fromkeys(("policy", "title", "fix", "owner"), text)}, "/", text, "m"),
            "page": f"/{text}",
            "message": f"The title is {text} and the header says {text}",
            "value": {"x-robots-tag": text},
            "cause": f"c1:{number:016x}",
        }
        for number, text in enumerate(texts)
    ]
    verdict = no_go(reasons=list(texts), notes=list(texts), owners={text: {"verdict": text} for text in texts})
    lines = [{"path": f"/{text}", "state": "failed", "why": text, "owner": text} for text in texts]
    result = made_result(verdict=verdict, findings=lambda: iter(findings), coverage=lambda: iter(lines))
    report, out = io.StringIO(), io.StringIO()
    text_report.write(result, report)
    surroundings = Surroundings({}, out)
    surroundings.say(report.getvalue())
    meant = [*annotated(result), *(command_of("error", "gonogo", text) for text in texts)]
    surroundings.tell(meant)
    return out.getvalue(), len(meant)


def test_ten_thousand_hostile_strings_on_pages_and_in_policies_print_no_command_but_ours() -> None:
    strings = 0

    @many
    @given(texts)
    def holds(hostile: list[str]) -> None:
        nonlocal strings
        strings += len(hostile)
        log, meant = printed(hostile)
        read = commands(log)
        assert [one.name for one in read] == ["error"] * meant
        assert all(set(one.properties) == {"title"} for one in read)
        log.encode("utf-8")

    holds()
    assert strings >= 10_000


def run_with(job: Job, text: str) -> str:
    """Return the log of a job in which `text` stands wherever somebody else can write."""
    written = {"message": text, "title": text, "fix": text, "owner": text, "what": text, "policy": text, "page": text}
    finding = {**make_finding(LINK, "/", "x", "m"), **written}
    verdict = no_go(
        reasons=[text], notes=[text], owners={text: {"verdict": text, "blocking": 1}}, weakenings=[{"said": text}]
    )
    made = write_run(job.folder / "made", verdict, [finding])
    job.command = command(job.folder, job.run, leaves=made, code=1, out=text, err=f"\n{text}")
    job.github.pulls = [pull()]
    return "".join(step.log for step in job.all_steps())


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(texts)
def test_a_hostile_run_prints_its_annotations_and_no_other_command(job: Make, hostile: list[str]) -> None:
    found = commands(run_with(job(), "".join(hostile)))
    assert [one.name for one in found] == ["error", "error"]
    assert all(set(one.properties) == {"title"} for one in found)


def test_all_marks_at_once_print_no_command_and_forge_no_output(job: Make) -> None:
    made = job()
    assert [one.name for one in commands(run_with(made, ALL))] == ["error", "error"]
    assert outputs(made.outputs.read_text(encoding="utf-8"))["verdict"] == "NO-GO"
    assert {file.name for file in made.folder.iterdir()} & {"GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE"} == set()


@pytest.mark.parametrize("name", ["GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE"])
def test_what_every_later_step_believes_is_never_written(job: Make, tmp_path: Path, name: str) -> None:
    run_with(job(environment={name: str(tmp_path / name)}), ALL)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["preview", "site", "config", "set", "fail-on", "advisory", "facts", "run"])
def test_a_hostile_input_is_told_in_one_command(job: Make, name: str) -> None:
    (told,) = commands(job(inputs={name: f"x{ALL}"}).step("begin").log)
    assert (told.name, f"input `{name}`" in told.data) == ("error", True)


def test_a_hostile_event_is_told_in_one_command(job: Make) -> None:
    made = job()
    (made.folder / "event.json").write_text('{"pull_request": {"head": {"sha": "::add-mask::a"}}}', encoding="utf-8")
    assert [one.name for one in commands(made.step("begin").log)] == ["error"]


def test_a_hostile_answer_of_the_api_is_told_in_one_command(job: Make) -> None:
    made = job()
    run_with(made, "x")
    made.github.next.append(Answer(422, {"message": ALL}))
    assert [one.name for one in commands(made.step("publish").log)] == ["error"]


def test_a_fault_of_ours_is_told_in_one_command_and_posts_an_error(job: Make) -> None:
    made = job()
    run_with(made, "x")
    made.step("begin")
    made.command = ["/does/not/exist"]
    check = made.step("check")
    made.step("publish")
    assert (check.code, [one.name for one in commands(check.log)]) == (70, ["error", "error"])
    posted = made.github.last_status("1" * 40)
    assert posted is not None
    assert posted["state"] == "error"
    assert outputs(made.outputs.read_text(encoding="utf-8"))["verdict"] == "ERROR"
