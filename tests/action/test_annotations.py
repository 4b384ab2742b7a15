"""Whatever stands on a page, the runner of GitHub Actions reads the commands that were meant and no others."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given

from action.annotations import command, lines
from checks.report.escape import visible
from checks.report.result import Result
from tests.action.hostile import ALL, many, some, texts
from tests.action.runner_model import commands


def one(policy: str, page: str, message: str, **more: Any) -> dict[str, Any]:
    found = {"policy": policy, "page": page, "message": message, "title": "T", "severity": "error", "fix": "Mend it."}
    return {**found, "blocking": True, "fingerprint": "v1:" + "0" * 32, "cause": message, "state": "new", **more}


def result(*findings: dict[str, Any], verdict: dict[str, Any] | None = None, **more: Any) -> Result:
    return Result(verdict or {}, {}, lambda: iter(findings), lambda: iter(()), **more)


@many
@given(texts)
def test_any_text_is_the_title_and_the_message_of_one_command(texts: list[str]) -> None:
    for text in texts:
        (read,) = commands(command("error", text, text))
        assert (read.name, set(read.properties)) == ("error", {"title"})
        plain = re.sub("[: #]", "", visible(text))
        assert re.sub("[: #]", "", read.properties["title"]) == plain
        assert re.sub("[: #]", "", read.data) == plain


@some
@given(texts)
def test_hostile_findings_make_as_many_commands_as_lines(texts: list[str]) -> None:
    made = lines(result(*(one(text, text, text, fix=text, title=text) for text in texts)))
    assert [read.name for read in commands("\n".join(made))] == ["error"] * len(made)


def test_a_cause_reads_as_written_out() -> None:
    findings = [one("links/broken", f"/{n}/", "Leads to nothing: 100 %", owner="engineering") for n in range(5)]
    assert "\n".join(lines(result(*findings))) == (
        "::error title=links/broken%3A T::Leads to nothing: 100 %25 On /0/, /1/, /2/ and 2 more. Fix: Mend it. "
        "gonogo explain 0000000000"
    )


def test_more_causes_than_a_step_may_show_are_counted() -> None:
    made = lines(result(*(one("a/b", "/", f"message {n}") for n in range(30))))
    assert len(made) == 10
    assert made[-1] == "::error title=gonogo::21 more causes, 21 of them blocking: see the summary of this job."


def test_what_does_not_block_is_no_error() -> None:
    mild = [one("a/b", "/", kind, severity=kind, blocking=False) for kind in ("error", "warning", "info")]
    assert [line.split(" ")[0] for line in lines(result(*mild))] == ["::warning", "::warning", "::notice"]


def test_an_address_that_was_not_measured_is_an_error() -> None:
    gap = one("coverage", "/hang/", "was not measured", blocking=False, reads="coverage")
    assert lines(result(gap))[0].startswith("::error ")


def test_five_hundred_findings_make_ten_annotations_the_worst_first_and_one_says_how_many_more() -> None:
    severities = ("info", "warning", "error")
    findings = [
        one("a/b", f"/{n}", f"message {n}", severity=severities[n % 3], blocking=n % 3 == 2 and n > 490)
        for n in range(500)
    ]
    read = commands("\n".join(lines(result(*findings))))
    assert [each.name for each in read] == ["error"] * 3 + ["warning"] * 6 + ["notice"]
    assert read[-1].data == "491 more causes: see the summary of this job."


def test_an_annotation_stands_in_the_source_where_it_is_known() -> None:
    made = lines(result(one("a/b", "/", "m"), sources=lambda _: {"file": "content/a,b:c.md", "line": 12}))
    (read,) = commands("\n".join(made))
    assert (read.properties["file"], read.properties["line"]) == ("content/a,b:c.md", "12")


def test_a_source_without_a_line_names_the_file_only() -> None:
    (read,) = commands(lines(result(one("a/b", "/", "m"), sources=lambda _: {"file": "gonogo.yaml"}))[0])
    assert set(read.properties) == {"title", "file"}


def test_a_hostile_source_makes_no_property_of_its_own() -> None:
    (read,) = commands(lines(result(one("a/b", "/", "m"), sources=lambda _: {"file": ALL, "line": ALL}))[0])
    assert set(read.properties) == {"title", "file"}


def test_what_a_change_weakens_is_told_before_anything_else() -> None:
    weakenings = [{"said": f"rule {n} is weaker {ALL}", "file": "gonogo.yaml"} for n in range(5)]
    made = lines(result(*(one("a/b", "/", f"m {n}") for n in range(30)), verdict={"weakenings": weakenings}))
    read = commands("\n".join(made))
    assert (len(read), {each.name for each in read}) == (10, {"error"})
    assert [each.properties["title"] for each in read[:4]] == ["This change weakens its own rules"] * 3 + ["a/b: T"]
    assert read[-1].data.startswith("2 more weakened rules, 24 more causes")


def test_an_altered_workflow_is_a_warning_on_its_file_and_one_line() -> None:
    files = [{"file": f".github/workflows/{name}.yml", "said": f"Look {ALL}"} for name in "abc"]
    made = lines(result(*(one("a/b", "/", f"m {n}") for n in range(30)), verdict={"workflows": files}))
    read = commands("\n".join(made))
    assert [each.name for each in read] == ["warning"] + ["error"] * 9
    assert read[0].properties == {"title": "This change alters how it is checked itself", "file": files[0]["file"]}
    assert read[0].data.endswith("So do 2 more.")
