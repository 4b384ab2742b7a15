"""Whatever stands on a page, the runner of GitHub Actions reads the commands that were meant and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from action.annotations import command, lines
from checks.report.escape import visible
from checks.report.result import Result

AT_ONCE = 10
MARKS = [
    "::", "::error::", "::stop-commands::x", "##[", "##[add-mask]a", "##vso[x]", "%", "%0A", "%25", ",", ":", "=", ";",
    "]", "\r", "\n", "\r\n", "\u2028", "\x1b[0m", "\ud800", " ", "file=a",
]  # fmt: skip
TOKENS = MARKS + [chr(code) for code in range(256 - len(MARKS))]
texts = st.binary(min_size=3 * AT_ONCE, max_size=12 * AT_ONCE).map(
    lambda octets: ["".join(TOKENS[octet] for octet in octets[start::AT_ONCE]) for start in range(AT_ONCE)]
)


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str]
    data: str


def runner(log: str) -> Iterator[Command]:
    """The commands that the runner finds in a log, by both grammars: `::name k=v::data` and `##[name k=v]data`."""
    for line in re.split(r"\r\n|\r|\n", log):
        new = re.match(r"\s*::([^ :]+)(?: (.*?))?::(.*)$", line)
        old = re.search(r"##\[([^ \]]+)(?: (.*?))?\](.*)$", line)
        if new:
            pairs = (pair.partition("=") for pair in (new[2] or "").split(",") if pair)
            yield Command(new[1], {key.strip(): _read(value, "%3A%2C") for key, _, value in pairs}, _read(new[3], ""))
        elif old:
            yield Command(old[1], {}, old[3])


def _read(text: str, more: str) -> str:
    for code in [*re.findall("%..", f"%0D%0A{more}"), "%25"]:
        text = text.replace(code, chr(int(code[1:], 16)))
    return text


def one(policy: str, page: str, message: str, **more: Any) -> dict[str, Any]:
    found = {"policy": policy, "page": page, "message": message, "title": "T", "severity": "error", "fix": "Mend it."}
    return {**found, "blocking": True, "fingerprint": "v1:" + "0" * 32, "cause": message, "state": "new", **more}


def result(*findings: dict[str, Any]) -> Result:
    return Result({}, {}, lambda: iter(findings), lambda: iter(()))


@settings(max_examples=10_000 // AT_ONCE, deadline=None)
@given(texts)
def test_any_text_is_the_title_and_the_message_of_one_command(texts: list[str]) -> None:
    for text in texts:
        (read,) = runner(command("error", text, text))
        assert (read.name, set(read.properties)) == ("error", {"title"})
        plain = re.sub("[: #]", "", visible(text))
        assert re.sub("[: #]", "", read.properties["title"]) == plain
        assert re.sub("[: #]", "", read.data) == plain


@given(texts)
def test_hostile_findings_make_as_many_commands_as_lines(texts: list[str]) -> None:
    made = lines(result(*(one(text, text, text, fix=text, title=text) for text in texts)))
    assert [read.name for read in runner("\n".join(made))] == ["error"] * len(made)


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
