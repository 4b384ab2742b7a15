"""junit.xml: the report as tests, which every CI system can show. One suite a policy, and one for the verdict itself.

In: a `Result`. Out: XML that is valid against the schema that Jenkins' xUnit plugin holds it to (junit-10.xsd). Built
with junit-xml, suite by suite, and corrected before it is written: that library's `disabled` is in no schema, and it
can't write lone surrogates. Findings beyond what a CI system can take (GitLab: 30 MB) are counted and said.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import count as count_up
from typing import TYPE_CHECKING, Final, Literal, TextIO

from junit_xml import TestCase, TestSuite

from checks.report import compared, poll
from checks.report.causes import is_gap, state
from checks.report.escape import web_address, xml, xml_document, xml_lines
from checks.report.location import place_of
from checks.report.sign_offs import ledger, of_finding
from checks.report.words import clip, count, measured_and_limit, opened, place, prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document, Result

CASES_A_POLICY = 1_000
CASES = 20_000
_LONGEST = 500  # characters of one text
Profile = Literal["jenkins", "gitlab"]
JENKINS: Final = "jenkins"
"""Valid by junit-10.xsd, in which a test has no file."""
GITLAB: Final = "gitlab"
"""Each finding names the file in which it can be mended; GitLab links it. Else the same."""
_VERDICTS = {"GO": "passed", "NO-GO": "failure", "CANNOT TELL": "error", "GO FOR REVIEW": "passed"}


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its name within its suite, how it ended (passed, failure, error, skipped), and what is told of it."""

    name: str
    outcome: str
    message: str = ""
    text: str = ""
    file: str | None = None
    """The file in which it can be mended; None where that is not told."""


@dataclass(slots=True)
class _Tally:
    """How many findings of a policy block and how many do not, and those of them that are shown."""

    blocking: int
    others: int
    shown: list[Document]


def write(
    result: Result,
    out: TextIO,
    *,
    cases_a_policy: int = CASES_A_POLICY,
    cases: int = CASES,
    profile: Profile = JENKINS,
) -> None:
    """Write the report to `out`, with at most so many findings as cases for each policy, and in all."""
    tallies = _kept(result, cases_a_policy, cases)
    outcomes = [case.outcome for _policy, found in _suites(result, tallies, profile) for case in found]
    failures, errors = outcomes.count("failure"), outcomes.count("error")
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f'<testsuites name="gonogo" tests="{len(outcomes)}" failures="{failures}" errors="{errors}">\n')
    for policy, found in _suites(result, tallies, profile):
        element = _element(policy, found, str(result.run.get("started") or ""))
        ET.indent(element, level=1)
        out.write(f"  {xml_document(ET.tostring(element, encoding='unicode'))}\n")
    out.write("</testsuites>\n")


def _kept(result: Result, cases_a_policy: int, cases: int) -> dict[str, _Tally]:
    """Return what is shown of each policy's findings: those that block before those that do not."""
    tallies: dict[str, _Tally] = {}
    for finding in result.findings():
        tally = tallies.setdefault(str(finding.get("policy")), _Tally(0, 0, []))
        if finding.get("blocking"):
            tally.blocking += 1
        else:
            tally.others += 1
    most = max(1, min(cases_a_policy, cases // max(1, len(tallies))))
    room = {policy: [max(0, most - tally.blocking), most] for policy, tally in tallies.items()}
    for finding in result.findings():
        policy, blocks = str(finding.get("policy")), bool(finding.get("blocking"))
        if room[policy][blocks]:
            room[policy][blocks] -= 1
            tallies[policy].shown.append(finding)
    return tallies


def _suites(result: Result, tallies: dict[str, _Tally], profile: Profile) -> Iterator[tuple[Document, list[Case]]]:
    """Yield each suite: what is known of its policy, and its cases."""
    verdict = str(result.verdict.get("verdict", ""))
    sentences = poll.sentences(result.verdict)
    told = [
        *sentences,
        *(one for _title, told in [*compared.sections(result), *ledger(result.verdict)] for one in told),
    ]
    yield {"id": "verdict"}, [Case("verdict", _VERDICTS.get(verdict, "error"), sentences[0], "\n".join(told))]
    judged = [str(policy.get("id")) for policy in result.verdict.get("policies", ())]
    for policy in result.verdict.get("policies", ()):
        tally = tallies.get(str(policy.get("id")))
        yield policy, [*(_found(tally, result, profile) if tally else ()), *_others(policy)]
    for name in sorted(tallies.keys() - set(judged)):  # `coverage`: findings that no policy made
        yield {"id": name}, list(_found(tallies[name], result, profile))


def _found(tally: _Tally, result: Result, profile: Profile) -> Iterator[Case]:
    names: set[str] = set()
    for finding in tally.shown:
        name = _unique(finding, names)
        file = place_of(finding, result)[0] if profile == GITLAB else None
        yield Case(name, _outcome(finding), _message(finding), _told(finding), file)
    left_out = tally.blocking + tally.others - len(tally.shown)
    if left_out:
        blocking = tally.blocking - sum(1 for finding in tally.shown if finding.get("blocking"))
        message = f"{count(left_out, 'finding')} left out here, {blocking:,} of them blocking; findings.jsonl has all."
        yield Case("findings left out", "failure" if blocking else "passed", message, message)


def _unique(finding: Document, names: set[str]) -> str:
    """Return a name that is not in `names`, and add it; GitLab keeps only the first of two tests with one name.

    Names are compared as they are written, for two may differ only in what can't be seen.
    """
    plain = name = xml(f"{place(finding)} {clip(str(finding.get('what', '')), 200)}")
    told = prefix(str(finding.get("fingerprint", "")))
    for number in count_up(1):
        if name not in names:
            break
        name = f"{plain} [{xml(told)}]" if number == 1 else f"{plain} [{xml(told)} {number}]"
    names.add(name)
    return name


def _outcome(finding: Document) -> str:
    if state(finding) == "signed-off":
        return "skipped"
    if is_gap(finding):
        return "error"
    return "failure" if finding.get("blocking") else "passed"


def _message(finding: Document) -> str:
    """Return what is wrong; of what is skipped, why it is, for readers show nothing else of a skipped test."""
    said = of_finding(finding) if state(finding) == "signed-off" else ""
    return clip(said or str(finding.get("message", "")), _LONGEST)


def _told(finding: Document) -> str:
    aside = [str(finding.get("severity", "")), state(finding), str(finding.get("owner", ""))]
    lines = [
        ", ".join([*aside, "proposed"] if finding.get("proposed") else aside),
        clip(str(finding.get("message", "")), _LONGEST),
        measured_and_limit(finding),
        opened(finding.get("since"), error=finding.get("severity") == "error"),
        clip(of_finding(finding), _LONGEST),
        f"fix: {clip(str(finding['fix']), _LONGEST)}" if finding.get("fix") else "",
        *(f"see {address}" for one in finding.get("reference", ())[:3] if (address := web_address(str(one)))),
        f"gonogo explain {prefix(str(finding.get('fingerprint', '')))}",
    ]
    return "\n".join(line for line in lines if line)


def _others(policy: Document) -> Iterator[Case]:
    """The documents of a policy that are no findings. The names do not change from run to run; the numbers do."""
    if policy.get("passed"):
        yield Case("documents that pass", "passed", text=count(policy["passed"], "document"))
    if policy.get("cannot_tell"):
        said = (
            f"cannot tell about {count(policy['cannot_tell'], 'document')}: {policy.get('why') or 'facts are missing'}"
        )
        # What is not an error is only listed when it can't be judged; so says the verdict too.
        yield Case("documents that lack facts", "error" if policy.get("severity") == "error" else "skipped", said, said)
    elif not policy.get("applied"):
        said = f"applied to nothing: {policy.get('why') or 'no document is of its kind'}"
        yield Case("documents it applies to", "skipped", said, said)


def _element(policy: Document, found: list[Case], started: str) -> ET.Element:
    name = xml(str(policy.get("id", "")))
    told = {key: policy[key] for key in ("title", "severity", "owner") if policy.get(key)}
    suite = TestSuite(
        name,
        [_test_case(name, case) for case in found],
        timestamp=xml(started.removesuffix("Z").removesuffix("+00:00")),
        properties={key: xml(str(value)) for key, value in told.items()},
    )
    element: ET.Element = suite.build_xml_doc()
    del element.attrib["disabled"]
    return element


def _test_case(policy: str, case: Case) -> TestCase:
    message, text = xml(case.message), xml_lines(case.text)
    stdout = text if case.outcome == "passed" else None
    test = TestCase(xml(case.name), classname=f"gonogo.{policy}", stdout=stdout, file=case.file and xml(case.file))
    if case.outcome == "failure":
        test.add_failure_info(message, text)
    elif case.outcome == "error":
        test.add_error_info(message, text)
    elif case.outcome == "skipped":
        test.add_skipped_info(message, text)
    return test
